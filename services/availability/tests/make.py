"""What the tests of availability are arranged with: accounts in memory, and a business that calls the API."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
from fastapi import FastAPI

from availability.settings import Settings
from contracts.appointments import ClaimDetails, ClaimsChanged, SessionSeats
from contracts.ids import BookableId, BusinessId, OwnerId, ServiceId, StaffId, uuid7
from contracts.offers import BusinessAnswer
from plumbing.auth import Role
from plumbing.problems import ServiceUnavailable
from plumbing.testing import TestKeys
from scheduling.conflicts import Session

MONDAY = datetime(2027, 3, 1, tzinfo=UTC)
"""A Monday to come."""

NINE_TO_FIVE = {"dayOfWeek": 1, "start": "09:00", "end": "17:00", "validFrom": None, "validTo": None}


def at(hour: float, *, day: int = 0) -> datetime:
    """An hour of that Monday, or of a day after it."""
    return MONDAY + timedelta(days=day, hours=hour)


@dataclass(slots=True)
class Accounts:
    """Businesses from memory, as accounts would answer."""

    known: dict[BusinessId, BusinessAnswer] = field(default_factory=dict)
    asked: list[BusinessId] = field(default_factory=list)

    def sign_up(self, **changed: Any) -> BusinessId:
        """A new business in Dubai, of which nobody else has heard."""
        business_id = BusinessId(uuid4())
        self.change(business_id, **{"revision": 1, **changed})
        return business_id

    def change(self, business_id: BusinessId, **changed: Any) -> None:
        """The owner edits the business."""
        fields = {"name": "Studio", "timezone": "Asia/Dubai", "currency": "AED", "locale": "en", **changed}
        self.known[business_id] = BusinessAnswer(business_id=business_id, **fields)

    async def ask(self, business_id: BusinessId) -> BusinessAnswer:
        """As accounts would answer."""
        self.asked.append(business_id)
        if business_id not in self.known:
            raise ServiceUnavailable
        return self.known[business_id]


class Studio:
    """A business, and somebody of it who calls the API."""

    def __init__(self, app: FastAPI, accounts: Accounts, keys: TestKeys, **details: Any) -> None:
        self.id = accounts.sign_up(**details)
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")
        self._keys = keys
        self.act_as(Role.OWNER)

    def act_as(self, role: Role, staff_id: str | None = None) -> None:
        """From now on the calls are those of a member with this role."""
        claims = {"staffId": staff_id} if staff_id else {}
        token = self._keys.access_token(self.id, role=role, **claims)
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

    async def staff(self, name: str = "Amira", **fields: Any) -> Any:
        """A new staff member, without hours."""
        return await self.must("POST", "/api/staff", {"name": name, **fields})

    async def resource(self, kind: str = "reformer", **fields: Any) -> Any:
        """A new unit of a kind."""
        return await self.must("POST", "/api/resources", {"name": "No. 1", "kind": kind, **fields})

    async def service(self, **changed: Any) -> Any:
        """A new service."""
        return await self.must("POST", "/api/services", a_service(**changed))


def a_service(**changed: Any) -> dict[str, Any]:
    """What POST /api/services needs at least; any field can be changed."""
    return {"name": "Pilates", "durationMinutes": 60, "price": {"amount": 15_000, "currency": "AED"}, **changed}


def session_changed(business_id: UUID) -> ClaimsChanged:
    """What appointments tells of a group session at nine on the Monday, with one of its eight seats taken."""
    told = claims_changed(business_id)
    seats = SessionSeats(
        service_id=ServiceId(uuid7()),
        staff_id=StaffId(told.claims[0].bookable_id),
        start=at(9),
        end=at(10),
        capacity=8,
        seats_taken=1,
    )
    return told.model_copy(update={"session": seats})


def claims_changed(
    business_id: UUID, owner_id: UUID | None = None, *, revision: int = 1, bookable: UUID | None = None, count: int = 1
) -> ClaimsChanged:
    """What appointments tells: `count` hours of the Monday are taken by this owner; 0 releases them."""
    bookable_id = BookableId(bookable or uuid7())
    claims = [ClaimDetails(bookable_id=bookable_id, start=at(9 + hour), end=at(10 + hour)) for hour in range(count)]
    owner = OwnerId(owner_id or uuid7())
    return ClaimsChanged(business_id=BusinessId(business_id), revision=revision, owner_id=owner, claims=claims)


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
            "accounts_url": "http://127.0.0.1:1",
            "service_private_key": keys.private_json,
            "trusted_service_keys": keys.public_json,
        }
    )


async def no_sessions(*_: object) -> dict[UUID, list[Session]]:
    """No group session of any service."""
    return {}
