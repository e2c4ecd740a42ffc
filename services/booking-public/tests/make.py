"""What the tests of booking-public are arranged with: other services in memory, and a business that calls the API."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
from fastapi import FastAPI

from booking_public.settings import Settings
from contracts.availability import Deposit, ServiceDetails, StaffDetails
from contracts.catalogue import ServiceSnapshot, SnapshotsAnswer, StaffSnapshot
from contracts.ids import BusinessId, ServiceId, StaffId, uuid7
from contracts.money import Money
from contracts.offers import BusinessAnswer
from plumbing.auth import Role
from plumbing.problems import ServiceUnavailable
from plumbing.testing import TestKeys


def a_service(*staff_ids: StaffId, **changed: Any) -> ServiceDetails:
    """A service as availability tells it; any field can be changed."""
    fields: dict[str, Any] = {
        "id": ServiceId(uuid7()),
        "name": "Pilates",
        "description": "",
        "category": None,
        "color": "#2f855a",
        "duration_minutes": 60,
        "buffer_before_minutes": 0,
        "buffer_after_minutes": 0,
        "slot_interval_minutes": 15,
        "price": Money(amount=15_000, currency="AED"),
        "deposit": Deposit(),
        "min_notice_minutes": 0,
        "max_advance_days": 60,
        "capacity": 1,
        "resource_needs": [],
        "staff_ids": list(staff_ids),
        "active": True,
        "archived": False,
    }
    return ServiceDetails(**{**fields, **changed})


def a_staff_member(**changed: Any) -> StaffDetails:
    """A staff member as availability tells them; any field can be changed."""
    fields: dict[str, Any] = {
        "id": StaffId(uuid7()),
        "name": "Amira",
        "email": "amira@example.com",
        "phone": "+971501234567",
        "color": "#2f855a",
        "title": None,
        "specializations": [],
        "active": True,
        "archived": False,
    }
    return StaffDetails(**{**fields, **changed})


@dataclass(slots=True)
class Accounts:
    """Businesses from memory, as accounts would answer."""

    known: dict[BusinessId, BusinessAnswer] = field(default_factory=dict)

    def sign_up(self, **changed: Any) -> BusinessId:
        """A new business in Dubai, of which nobody else has heard."""
        business_id = BusinessId(uuid4())
        fields = {"name": "Studio", "timezone": "Asia/Dubai", "currency": "AED", "locale": "en", **changed}
        self.known[business_id] = BusinessAnswer(business_id=business_id, revision=1, **fields)
        return business_id

    async def ask(self, business_id: BusinessId) -> BusinessAnswer:
        """As accounts would answer."""
        if business_id not in self.known:
            raise ServiceUnavailable
        return self.known[business_id]


@dataclass(slots=True)
class Sold:
    """Catalogues from memory, as availability would answer."""

    services: dict[BusinessId, list[ServiceDetails]] = field(default_factory=dict)
    staff: dict[BusinessId, list[StaffDetails]] = field(default_factory=dict)
    is_down: bool = False

    async def snapshots(self, business_id: BusinessId) -> SnapshotsAnswer:
        """As availability would answer."""
        if self.is_down:
            raise ServiceUnavailable
        return SnapshotsAnswer(
            services=[ServiceSnapshot(revision=1, service=one) for one in self.services.get(business_id, [])],
            staff=[StaffSnapshot(revision=1, staff=one) for one in self.staff.get(business_id, [])],
        )


class Studio:
    """A business with a staff member and a service, and somebody of it who calls the API."""

    def __init__(self, app: FastAPI, accounts: Accounts, sold: Sold, keys: TestKeys, **details: Any) -> None:
        self.id = accounts.sign_up(**details)
        self.amira = a_staff_member()
        self.pilates = a_service(self.amira.id)
        sold.staff[self.id], sold.services[self.id] = [self.amira], [self.pilates]
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")
        self._keys = keys
        self.act_as(Role.OWNER)

    def act_as(self, role: Role) -> None:
        """From now on the calls are those of a member with this role."""
        self.client.headers["Authorization"] = f"Bearer {self._keys.access_token(self.id, role=role)}"

    async def call(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """One request, whatever is answered."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.request(method, path, json=body, headers=sent)

    async def must(self, method: str, path: str, body: Any = None) -> Any:
        """One request that has to succeed; its body."""
        answer = await self.call(method, path, body)
        assert answer.status_code < 300, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    async def page(self, **changed: Any) -> Any:
        """A new booking page."""
        return await self.must("POST", "/api/booking-pages", a_page(**changed))


def a_slug() -> str:
    """One that nobody has."""
    return f"studio-{uuid4().hex[:12]}"


def a_page(**changed: Any) -> dict[str, Any]:
    """What POST /api/booking-pages needs at least; any field can be changed."""
    return {"slug": a_slug(), **changed}


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
            "availability_url": nowhere,
            "appointments_url": nowhere,
            "service_private_key": keys.private_json,
            "trusted_service_keys": keys.public_json,
            **changed,
        }
    )
