"""What the tests of notifications are arranged with: events as others tell them, and a business that hears of them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
from fastapi import FastAPI

from contracts.accounts import BusinessChanged, BusinessDetails
from contracts.appointments import (
    AppointmentCreated,
    AppointmentDeleted,
    AppointmentDetails,
    AppointmentUpdated,
    Change,
    CustomerDetails,
    Source,
    Status,
)
from contracts.availability import StaffChanged, StaffDetails
from contracts.envelope import Event
from contracts.ids import AppointmentId, BusinessId, CustomerId, ServiceId, StaffId, uuid7
from contracts.manage_links import ManageLinkAnswer
from contracts.money import Money
from notifications.consumers import consumers
from notifications.settings import Settings
from notifications.use_cases.send import Sender
from plumbing.auth import Role
from plumbing.clock import utc_now
from plumbing.problems import ServiceUnavailable
from plumbing.testing import TestKeys


def next_week(hour: int = 9) -> datetime:
    """A whole hour a week ahead, in UTC."""
    return (utc_now() + timedelta(days=7)).replace(hour=hour, minute=0, second=0, microsecond=0)


def a_customer(**changed: Any) -> CustomerDetails:
    """Somebody whom nobody else is."""
    some = uuid4().int
    fields = {
        "id": CustomerId(uuid7()),
        "name": "Noor",
        "email": f"noor-{some}@example.com",
        "phone": f"+97150{some % 10**7:07}",
    }
    return CustomerDetails(**{**fields, **changed})


def an_appointment(business_id: BusinessId, **changed: Any) -> AppointmentDetails:
    """An appointment as appointments tells it; any field can be changed."""
    start = changed.pop("start", None) or next_week()
    customer = changed.pop("customer", None) or a_customer()
    now = utc_now()
    fields: dict[str, Any] = {
        "id": AppointmentId(uuid7()),
        "business_id": business_id,
        "staff_id": StaffId(uuid7()),
        "service_id": ServiceId(uuid7()),
        "customer_id": customer.id,
        "start": start,
        "end": start + timedelta(hours=1),
        "timezone": "Asia/Dubai",
        "status": Status.CONFIRMED,
        "notes": "",
        "source": Source.INTERNAL,
        "service_name": "Pilates",
        "staff_name": "Amira",
        "customer": customer,
        "price": Money(amount=15_000, currency="AED"),
        "buffer_before_minutes": 0,
        "buffer_after_minutes": 0,
        "created_at": now,
        "updated_at": now,
        "revision": 1,
    }
    return AppointmentDetails(**{**fields, **changed})


@dataclass(slots=True)
class Links:
    """Links from memory, as booking-public would answer."""

    known: dict[AppointmentId, ManageLinkAnswer] = field(default_factory=dict[AppointmentId, ManageLinkAnswer])
    is_down: bool = False

    def tell(self, appointment_id: AppointmentId, url: str, locale: str) -> None:
        """A guest has booked it, in this language."""
        self.known[appointment_id] = ManageLinkAnswer(url=url, locale=locale)

    async def link(self, business_id: BusinessId, appointment_id: AppointmentId) -> ManageLinkAnswer:
        """As booking-public would answer."""
        if self.is_down:
            raise ServiceUnavailable
        return self.known.get(appointment_id, ManageLinkAnswer())


@dataclass(slots=True)
class Studio:
    """A business: what is told of it, what is sent for it, and somebody of it who calls the API."""

    app: FastAPI
    keys: TestKeys
    id: BusinessId = field(default_factory=lambda: BusinessId(uuid4()))
    client: httpx.AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://test")
        self.act_as(Role.OWNER)

    @property
    def sender(self) -> Sender:
        """What sends."""
        return self.app.state.sender

    def act_as(self, role: Role, **claims: str) -> None:
        """From now on the calls are those of a member with this role."""
        token = self.keys.access_token(self.id, role=role, **claims)
        self.client.headers["Authorization"] = f"Bearer {token}"

    async def call(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """One request, whatever is answered."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.request(method, path, json=body, headers=sent)

    async def must(self, method: str, path: str, body: Any = None) -> Any:
        """One request that has to succeed; its body."""
        answer = await self.call(method, path, body)
        assert answer.status_code < 300, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    async def hear(self, *events: Event) -> None:
        """Handle events, one after the other, each in a transaction of its own."""
        for event in events:
            reaction = consumers.reaction_to(event.type)
            assert reaction is not None
            async with self.app.state.uow.across_businesses() as tx:
                await reaction.handle(tx, event)

    async def known(self, *, revision: int = 1, **changed: Any) -> None:
        """Hear of the business itself."""
        fields = {"name": "Studio", "timezone": "Asia/Dubai", "currency": "AED", "locale": "en", **changed}
        await self.hear(BusinessChanged(business_id=self.id, revision=revision, business=BusinessDetails(**fields)))

    async def employs(self, staff_id: StaffId, email: str | None) -> None:
        """Hear of somebody who gives services."""
        member = StaffDetails(
            id=staff_id,
            name="Amira",
            email=email,
            phone=None,
            color="#2f855a",
            title=None,
            specializations=[],
            active=True,
            archived=False,
        )
        await self.hear(StaffChanged(business_id=self.id, revision=1, staff=member))

    async def books(self, **changed: Any) -> AppointmentDetails:
        """Hear of a new appointment."""
        made = an_appointment(self.id, **changed)
        await self.hear(created(made))
        return made

    async def changes(
        self, before: AppointmentDetails, change: Change, *, was: dict[str, Any] | None = None, **changed: Any
    ) -> AppointmentDetails:
        """Hear of a change; the appointment after it."""
        after = before.model_copy(update={"revision": before.revision + 1, **changed})
        await self.hear(updated(after, change, was))
        return after

    async def send(self, *, at: datetime | None = None) -> None:
        """Send all that is due then."""
        while await self.sender.send_due(at=at or utc_now()):
            pass

    async def messages(self, **query: str) -> list[Any]:
        """What the API lists."""
        found = await self.client.get("/api/messages", params={"limit": "200", **query})
        assert found.status_code == 200, found.text
        return found.json()["items"]


def created(appointment: AppointmentDetails) -> AppointmentCreated:
    """The event of a new appointment."""
    return AppointmentCreated(
        business_id=appointment.business_id, revision=appointment.revision, appointment=appointment
    )


def updated(appointment: AppointmentDetails, change: Change, was: dict[str, Any] | None = None) -> AppointmentUpdated:
    """The event of a change."""
    return AppointmentUpdated(
        business_id=appointment.business_id,
        revision=appointment.revision,
        appointment=appointment,
        change=change,
        before=was or {},
    )


def deleted(appointment: AppointmentDetails) -> AppointmentDeleted:
    """The event of an appointment that is deleted."""
    return AppointmentDeleted(
        business_id=appointment.business_id, revision=appointment.revision, appointment=appointment
    )


def settings(database_url: str, keys: TestKeys, **changed: Any) -> Settings:
    """Settings of a process that talks to this database and to nobody else."""
    nowhere = "http://127.0.0.1:1"
    return Settings.model_validate(
        {
            "env": "test",
            "port": 1,
            "database_url": database_url,
            "amqp_url": "amqp://127.0.0.1:1",
            "jwks_url": nowhere,
            "public_origins": "http://test",
            "accounts_url": nowhere,
            "booking_public_url": nowhere,
            "service_private_key": keys.private_json,
            "trusted_service_keys": keys.public_json,
            **changed,
        }
    )


def at(text: str) -> datetime:
    """An instant, such as `2026-11-24T09:00`, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
