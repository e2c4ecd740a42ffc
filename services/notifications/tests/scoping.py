"""What a business does with its own things and with another's: the steps of the probe of scoping."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import asyncpg
import httpx
from fastapi import FastAPI

from contracts.accounts import BusinessChanged, BusinessDetails, InvitationCreated
from contracts.appointments import (
    AppointmentDetails,
    Change,
    CustomerDetails,
    CustomerErased,
    Status,
    WaitingListOffered,
)
from contracts.availability import StaffChanged, StaffDetails
from contracts.booking import (
    BookingCodeRequested,
    PaymentDetails,
    PaymentFailed,
    PaymentRefunded,
    PaymentSucceeded,
)
from contracts.envelope import Event
from contracts.ids import BookingId, CustomerId, DepositId, InvitationId, MessageId, RefundId, uuid7
from contracts.money import Money
from contracts.notifications import FailedMessage, MessageFailed
from notifications import jobs
from notifications.clients.channels import Breaker, Leaves, Outgoing, Way
from notifications.domain import Channel
from notifications.domain.deliveries import Receipt
from notifications.use_cases.departures import Departures
from notifications.use_cases.send import Sender
from plumbing.auth import Role
from plumbing.clock import utc_now
from plumbing.testing import TestKeys
from tests.walls.probe import Foreign, Step

from .belongings import Letterbox, Tenant, kept
from .make import Studio, an_appointment, created, deleted, updated

FIFTY = Money(amount=5_000, currency="AED")
BOOKED = "/api/templates/booked/email/en"

type Request = tuple[str, str, Any]


class Closing(Letterbox):
    """A provider by which nothing leaves, as the process ends just before."""

    def __init__(self, departures: Departures) -> None:
        super().__init__()
        self._departures = departures

    async def send(self, message: Outgoing, leaves: Leaves) -> Receipt:
        """Raises HeldBack."""
        self._departures.end()
        return await super().send(message, leaves)


def with_ids(ids: dict[str, str]) -> Iterator[Request]:
    """Every request about one thing."""
    hook = f"/api/webhook-endpoints/{ids['endpoint']}"
    for path in (f"/api/messages/{ids['waiting']}", hook, f"{hook}/deliveries", f"{hook}/deliveries?state=failed"):
        yield "GET", path, None
    yield "POST", f"/api/messages/{ids['failed']}/retry", None
    yield "PUT", hook, {"description": "Changed", "url": "https://example.com/hooks"}
    yield "PUT", hook, {"enabled": False}
    yield "POST", f"{hook}/rotate-secret", None
    yield "POST", f"{hook}/test", None
    yield "POST", f"{hook}/replay", {"since": "2026-01-01T00:00:00Z"}
    for name in ("delivered", "undelivered"):
        yield "POST", f"{hook}/deliveries/{ids[name]}/replay", None
    yield "DELETE", hook, None


def without_ids() -> Iterator[Request]:
    """Every list, and what is changed or made without naming anything."""
    for path in ("messages", "messages?status=failed", "notification-settings", "templates", "webhook-endpoints"):
        yield "GET", f"/api/{path}", None
    yield "GET", BOOKED, None
    yield "PUT", "/api/notification-settings", {"senderName": "Changed"}
    yield "PUT", "/api/notification-settings", {"reminderOffsetsMinutes": [60, 600]}
    yield "PUT", BOOKED, {"subject": "Changed"}
    yield "PUT", "/api/templates/booked/sms/en", {"text": "Changed"}
    yield "POST", f"{BOOKED}/preview", {"subject": "For {{ business_name }}"}
    yield "DELETE", BOOKED, None
    yield "POST", "/api/webhook-endpoints", {"url": "https://example.com/hooks"}


def heard(mine: Tenant) -> Iterator[tuple[str, Event]]:
    """What is heard of other services."""
    known, business = mine.known, {"business_id": mine.studio.id, "revision": 9}
    booked, lina = known["booked"], known["lina"]
    details = BusinessDetails(name="Studio", timezone="Asia/Dubai", currency="AED", locale="ar")
    yield "business", BusinessChanged(**business, business=details)
    yield "staff", StaffChanged(**business, staff=_staff(booked, archived=True))
    yield "booked", created(an_appointment(mine.studio.id, customer=_customer(lina), staff_id=lina.staff_id))
    for change, status in _CHANGES:
        after = booked.model_copy(update={"revision": 9, "status": status})
        yield change.value, updated(after, change, {"start": "2026-01-01T09:00:00Z"})
    yield "deleted", deleted(booked.model_copy(update={"revision": 9}))
    yield "imported, and deleted", deleted(known["imported"].model_copy(update={"revision": 9}))
    until = utc_now() + timedelta(hours=1)
    waits = {"waiting_id": uuid7(), "expires_at": until}
    yield "offered", WaitingListOffered(**business, appointment=lina, **waits)
    paid = {**business, "payment": _payment(booked)}
    yield "paid", PaymentSucceeded(**paid)
    yield "not paid", PaymentFailed(**paid, reason="declined")
    yield "paid back", PaymentRefunded(**paid, refund_id=RefundId(uuid7()), refund=FIFTY)
    invited = {"invitation_id": InvitationId(uuid7()), "email": "sara@example.com", "role": "staff"}
    yield "invited", InvitationCreated(**business, **invited, accept_url="https://example.com/", expires_at=until)
    guest = {"booking_id": BookingId(uuid7()), "name": "Noor", "email": "noor@example.com", "locale": "en"}
    code = {"appointment_id": booked.id, "code": "482913", "expires_at": until}
    yield "asked for a code", BookingCodeRequested(**business, **guest, **code)
    yield "erased", CustomerErased(**business, customer_id=CustomerId(_customer(booked).id))
    yield "not told", MessageFailed(**business, message=_failed(booked))


_CHANGES = (
    (Change.RESCHEDULED, Status.CONFIRMED),
    (Change.CONFIRMED, Status.CONFIRMED),
    (Change.CANCELLED, Status.CANCELLED),
    (Change.DETAILS, Status.CONFIRMED),
)


def steps(mine: Tenant, theirs: Tenant, app: FastAPI, admin: asyncpg.Connection, keys: TestKeys) -> list[Step]:
    """All of them."""
    staff = Studio(app, keys, mine.studio.id)
    staff.act_as(Role.STAFF, staffId=str(mine.known["booked"].staff_id))

    async def call(client: httpx.AsyncClient, method: str, path: str, body: Any) -> httpx.Response:
        return await client.request(method, path, json=body, headers={"Idempotency-Key": "a-key"})

    def step(name: str, studio: Studio, request: Request, foreign: Foreign | None = None) -> Step:
        method, path, body = request
        return Step(f"{name}: {method} {path} {body or ''}", partial(call, studio.client, *request), foreign)

    async def hear(event: Event) -> Any:
        await mine.studio.hear(event)
        return await kept(admin, mine.studio)

    of_lina = f"/api/messages?appointmentId={mine.known['lina'].id}"
    of_theirs = f"/api/messages?appointmentId={theirs.known['lina'].id}"
    reads = ("/api/messages", of_lina, f"/api/messages/{mine.ids['staffs']}")
    return [
        *(step("own", mine.studio, one) for one in (*with_ids(mine.ids), *without_ids(), ("GET", of_lina, None))),
        *(step("staff", staff, ("GET", path, None)) for path in reads),
        *(step("another's", mine.studio, one, "refused") for one in with_ids(theirs.ids)),
        *(step("another's to staff", staff, ("GET", f"/api/messages/{theirs.ids['staffs']}", None), "refused"),),
        step("another's", mine.studio, ("GET", of_theirs, None), "empty"),
        *(Step(f"heard: {name}", partial(hear, event)) for name, event in heard(mine)),
        *in_background(mine, app, admin),
    ]


def in_background(mine: Tenant, app: FastAPI, admin: asyncpg.Connection) -> Iterator[Step]:
    """What runs on timers."""
    sender: Sender = app.state.sender

    async def run(job: Callable[[], Awaitable[Any]]) -> Any:
        await job()
        return await kept(admin, mine.studio)

    async def send(with_: Sender) -> Any:
        [way] = with_.ways
        box = way.provider
        assert isinstance(box, Letterbox)
        box.taken.clear()
        way.breaker.answered()
        await with_.send_due(at=utc_now())
        return {"taken": sorted(box.taken, key=str), "kept": await kept(admin, mine.studio)}

    async def end() -> Any:
        departures = Departures()
        way = Way(Channel.SMS, Closing(departures), Breaker())
        return await send(replace(sender, departures=departures, ways=[way]))

    async def post(status: int) -> Any:
        mine.receiver.status = status
        mine.receiver.got.clear()
        await app.state.poster.start_due(at=utc_now())
        await app.state.poster.settled()
        return {"got": sorted(mine.receiver.got, key=str), "kept": await kept(admin, mine.studio)}

    yield Step("job: remind", partial(run, partial(jobs.make_reminders, app.state.uow)))
    yield Step("job: purge", partial(run, partial(jobs.purge, app.state.uow)))
    for status in (204, 500, 410):
        yield Step(f"job: post, answered with {status}", partial(post, status), skips_locked=True)
    yield Step("job: end while sending", end)
    for channel in (Channel.SMS, Channel.EMAIL):
        way = Way(channel, Letterbox(), Breaker())
        yield Step(f"job: send by {channel}", partial(send, replace(sender, ways=[way])))


def _customer(appointment: AppointmentDetails) -> CustomerDetails:
    assert appointment.customer is not None
    return appointment.customer


def _staff(appointment: AppointmentDetails, *, archived: bool) -> StaffDetails:
    about: dict[str, Any] = dict.fromkeys(("phone", "title"))
    return StaffDetails(
        id=appointment.staff_id,
        name="Amira",
        email="amira@example.com",
        color="#2f855a",
        specializations=[],
        active=not archived,
        archived=archived,
        **about,
    )


def _payment(appointment: AppointmentDetails) -> PaymentDetails:
    amounts = {"amount": FIFTY, "captured": FIFTY, "refunded": Money(amount=0, currency="AED")}
    ids = {"id": DepositId(uuid7()), "booking_id": BookingId(uuid7()), "appointment_id": appointment.id}
    return PaymentDetails(state="captured", **ids, **amounts)


def _failed(appointment: AppointmentDetails) -> FailedMessage:
    return FailedMessage(
        id=MessageId(UUID(int=1)),
        appointment_id=appointment.id,
        kind="booked",
        channel="email",
        audience="guest",
        reason="refused",
        attempts=1,
    )
