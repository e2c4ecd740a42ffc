"""What the tests of appointments are arranged with: a catalogue in memory, and a business that calls the API."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
from fastapi import FastAPI

from appointments.clients import known, offer_in
from appointments.settings import Settings
from contracts.alternatives import Alternative, AlternativesAnswer, AlternativesQuestion, Extent
from contracts.appointments import AppointmentDetails, Source, Status
from contracts.ids import AppointmentId, BusinessId, ResourceId, ServiceId, StaffId, uuid7
from contracts.money import Money
from contracts.offers import (
    Candidate,
    ConflictDetails,
    Offer,
    OfferAnswer,
    OfferRequest,
    ResourceChoice,
)
from plumbing.auth import Role
from plumbing.problems import ServiceUnavailable
from plumbing.testing import TestKeys

MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)
"""Where the appointments of the tests are, unless a test says otherwise."""


def at(hour: float, *, day: int = 0) -> datetime:
    """An hour of that Monday, or of a day after it."""
    return MONDAY.replace(hour=0) + timedelta(days=day, hours=hour)


def iso(instant: datetime) -> str:
    """As JSON has it."""
    return instant.isoformat().replace("+00:00", "Z")


@dataclass(slots=True)
class Sold:
    """A service, as availability would offer it."""

    business_id: BusinessId
    staff_ids: list[StaffId]
    minutes: int = 60
    before: int = 0
    after: int = 0
    name: str = "Cut"
    zone: str = "Asia/Dubai"
    price: int = 15000
    capacity: int = 1
    needs: list[ResourceChoice] = field(default_factory=list)
    id: ServiceId = field(default_factory=lambda: ServiceId(uuid7()))

    def offer(self, question: OfferRequest, staff_ids: Sequence[StaffId]) -> Offer:
        """The offer of this service at the start that is asked for."""
        return Offer(
            business_id=self.business_id,
            service_id=self.id,
            service_name=self.name,
            timezone=self.zone,
            start=question.start,
            end=question.end or question.start + timedelta(minutes=self.minutes),
            buffer_before_minutes=self.before,
            buffer_after_minutes=self.after,
            price=Money(amount=self.price, currency="AED"),
            deposit=None,
            capacity=self.capacity,
            candidates=[Candidate(staff_id=one, staff_name=f"Staff {str(one)[-4:]}") for one in staff_ids],
            resources=self.needs,
        )


class Catalogue:
    """Offers answered from memory: everybody works round the clock, unless a start is closed."""

    def __init__(self) -> None:
        self.services: dict[ServiceId, Sold] = {}
        self.closed: dict[datetime, list[ConflictDetails]] = {}
        self.is_down = False

    async def ask(self, question: OfferRequest) -> Offer:
        """As availability would answer."""
        if self.is_down:
            raise ServiceUnavailable
        return offer_in(self._answer(question))

    async def ask_all(self, questions: Sequence[OfferRequest]) -> list[OfferAnswer]:
        """As availability would answer all of them."""
        return [known(self._answer(question)) for question in questions]

    async def ask_each(self, questions: Sequence[OfferRequest]) -> list[OfferAnswer | None]:
        """As availability would answer each of them."""
        if self.is_down:
            raise ServiceUnavailable
        return [self._answer(question) for question in questions]

    async def nearest(self, question: AlternativesQuestion) -> AlternativesAnswer:
        """Every half hour around, whatever is taken, as if no claim had arrived at availability yet."""
        service = self.services[question.service_id]
        extent = Extent(
            minutes=question.extent.minutes or service.minutes,
            buffer_before_minutes=_or(question.extent.buffer_before_minutes, service.before),
            buffer_after_minutes=_or(question.extent.buffer_after_minutes, service.after),
        )
        steps = sorted(range(-question.most, question.most + 1), key=lambda step: (abs(step), step))
        starts = [question.start + timedelta(minutes=30 * step) for step in steps]
        staff = service.staff_ids if question.staff_id is None else [question.staff_id]
        length = timedelta(minutes=extent.minutes)
        return AlternativesAnswer(
            alternatives=[
                Alternative(start=start, end=start + length, staff_ids=staff)
                for start in starts
                if start not in self.closed
            ][: question.most],
            extent=extent,
            resources=service.needs,
        )

    def _answer(self, question: OfferRequest) -> OfferAnswer:
        service = self.services.get(question.service_id)
        if service is None or service.business_id != question.business_id:
            return OfferAnswer(unknown=["serviceId"])
        if question.staff_id is not None and question.staff_id not in service.staff_ids:
            return OfferAnswer(unknown=["staffId"])
        if conflicts := self.closed.get(question.start):
            return OfferAnswer(conflicts=conflicts, timezone=service.zone)
        wanted = service.staff_ids if question.staff_id is None else [question.staff_id]
        return OfferAnswer(offer=service.offer(question, wanted))


def _or(wanted: int | None, usual: int) -> int:
    return usual if wanted is None else wanted


class Studio:
    """A business with staff and services, and somebody of it who calls the API."""

    def __init__(self, app: FastAPI, catalogue: Catalogue, keys: TestKeys, *, staff: int = 3) -> None:
        self.id = BusinessId(uuid4())
        self.staff = [StaffId(uuid7()) for _ in range(staff)]
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")
        self._catalogue = catalogue
        self._keys = keys
        self.act_as(Role.OWNER)
        self.service = self.sells()

    def act_as(self, role: Role, staff_id: UUID | None = None) -> None:
        """From now on the calls are those of a member with this role."""
        claims = {"staffId": str(staff_id)} if staff_id else {}
        token = self._keys.access_token(self.id, role=role, **claims)
        self.client.headers["Authorization"] = f"Bearer {token}"

    def sells(self, *, units: Sequence[UUID] = (), **details: Any) -> Sold:
        """A service that all of the staff offer; `units` of a machine are to be had, one is needed."""
        needs = [ResourceChoice(kind="machine", quantity=1, resource_ids=list(map(ResourceId, units)))] if units else []
        service = Sold(self.id, self.staff, needs=needs, **details)
        self._catalogue.services[service.id] = service
        return service

    def body(self, start: datetime, *, staff: int | None = 0, service: Sold | None = None, **fields: Any) -> Any:
        """What POST /api/appointments is sent; `staff` counts from 0, None means any."""
        chosen = {} if staff is None else {"staffId": str(self.staff[staff])}
        return {"serviceId": str((service or self.service).id), "start": iso(start), **chosen, **fields}

    async def book(self, start: datetime, *, key: str | None = None, **fields: Any) -> httpx.Response:
        """POST /api/appointments."""
        headers = {"Idempotency-Key": key} if key else {}
        return await self.client.post("/api/appointments", json=self.body(start, **fields), headers=headers)

    async def booked(self, start: datetime, **fields: Any) -> Any:
        """The body of a booking that has to succeed."""
        answer = await self.book(start, **fields)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def change(self, made: Any, **fields: Any) -> httpx.Response:
        """PUT /api/appointments/{id}."""
        return await self.client.put(path(made), json=fields)

    async def set_status(self, made: Any, status: str, **fields: Any) -> httpx.Response:
        """PUT /api/appointments/{id}/status."""
        return await self.client.put(f"{path(made)}/status", json={"status": status, **fields})

    async def read(self, made: Any) -> Any:
        """GET /api/appointments/{id}, which has to be there."""
        answer = await self.client.get(path(made))
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def listed(self, start: datetime, end: datetime, **query: Any) -> httpx.Response:
        """GET /api/appointments of a range."""
        params = {"rangeStart": iso(start), "rangeEnd": iso(end), **query}
        return await self.client.get("/api/appointments", params=params)

    async def history(self, made: Any) -> Any:
        """GET /api/appointments/{id}/activity."""
        return (await self.client.get(f"{path(made)}/activity")).json()["items"]


def path(made: Any) -> str:
    """Where an appointment is."""
    return f"/api/appointments/{made['id']}"


def settings(database_url: str, keys: TestKeys) -> Settings:
    """Settings of a process that talks to this database and to nobody else."""
    return Settings.model_validate(
        {
            "env": "test",
            "port": 1,
            "database_url": database_url,
            "amqp_url": "amqp://127.0.0.1:1",
            "jwks_url": "http://127.0.0.1:1",
            "public_origins": "http://test",
            "availability_url": "http://127.0.0.1:1",
            "accounts_url": "http://127.0.0.1:1",
            "service_private_key": keys.private_json,
            "trusted_service_keys": keys.public_json,
        }
    )


def an_appointment(**changed: Any) -> AppointmentDetails:
    """An appointment of an hour, confirmed, without buffers; any field can be changed."""
    fields: dict[str, Any] = {
        "id": AppointmentId(uuid7()),
        "business_id": BusinessId(uuid4()),
        "staff_id": StaffId(uuid7()),
        "service_id": ServiceId(uuid7()),
        "customer_id": None,
        "start": at(9),
        "end": at(10),
        "timezone": "Asia/Dubai",
        "status": Status.CONFIRMED,
        "notes": "",
        "source": Source.INTERNAL,
        "service_name": "Cut",
        "staff_name": "Amira",
        "customer": None,
        "price": Money(amount=15000, currency="AED"),
        "buffer_before_minutes": 0,
        "buffer_after_minutes": 0,
        "created_at": at(8),
        "updated_at": at(8),
        "revision": 1,
    }
    return AppointmentDetails(**{**fields, **changed})
