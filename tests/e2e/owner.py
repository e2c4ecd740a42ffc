"""An owner who works through the gateway: the calls that tests need, by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import aiohttp

from plumbing.testing import eventually

EVERY_DAY = [{"dayOfWeek": day, "start": "00:00", "end": "24:00"} for day in range(1, 8)]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: status, headers, JSON body (None when it is empty, or a file), and the same as text."""

    status: int
    headers: Mapping[str, str]
    body: Any
    text: str = ""

    @property
    def code(self) -> str:
        """The code of a problem."""
        return self.body["code"]


@dataclass(slots=True)
class Owner:
    """Somebody who signed up a business."""

    session: aiohttp.ClientSession
    url: str
    token: str = ""
    business: dict[str, Any] = field(default_factory=dict)
    credentials: dict[str, str] = field(default_factory=dict)

    async def call(
        self, method: str, path: str, body: Any = None, *, headers: Mapping[str, str] | None = None, **query: Any
    ) -> Reply:
        """One request, whatever is answered."""
        sent = {"Authorization": f"Bearer {self.token}", **(headers or {})} if self.token else dict(headers or {})
        params = {name: str(value) for name, value in query.items() if value is not None}
        async with self.session.request(method, self.url + path, json=body, headers=sent, params=params) as response:
            read = await response.read()
            parsed = await response.json(content_type=None) if read and "json" in response.content_type else None
            return Reply(response.status, response.headers, parsed, read.decode())

    async def renew(self) -> None:
        """Sign in again: an access token lasts five minutes."""
        self.token = ""
        self.token = (await self.must("POST", "/api/auth/sign-in", self.credentials))["accessToken"]

    async def must(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """One request that has to succeed; its body."""
        reply = await self.call(method, path, body, **query)
        assert reply.status < 300, f"{method} {path}: {reply.status} {reply.body}"
        return reply.body

    async def staff(self, name: str = "Amira", blocks: list[dict[str, Any]] | None = None) -> str:
        """A new staff member with hours; round the clock unless said otherwise."""
        member = await self.must("POST", "/api/staff", {"name": name})
        await self.must("PUT", f"/api/staff/{member['id']}/hours", {"blocks": blocks or EVERY_DAY})
        return member["id"]

    async def service(self, staff_ids: list[str], **changed: Any) -> str:
        """A new service of 30 minutes without buffers, unless said otherwise."""
        body = {
            "name": "Pilates",
            "durationMinutes": 30,
            "price": {"amount": 15000, "currency": self.business["currency"]},
            "staffIds": staff_ids,
            **changed,
        }
        return (await self.must("POST", "/api/services", body))["id"]

    async def book(
        self,
        service_id: str,
        staff_id: str | None,
        start: datetime,
        *,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> Reply:
        """Ask for an appointment, whatever is answered."""
        body = {"serviceId": service_id, "start": start.isoformat(), **more}
        if staff_id is not None:
            body["staffId"] = staff_id
        return await self.call("POST", "/api/appointments", body, headers=headers)

    async def starts(self, service_id: str, staff_id: str | None, day: date, days: int = 1) -> list[datetime]:
        """The starts that are listed from this local date on."""
        query = {"serviceId": service_id, "staffId": staff_id, "from": day.isoformat(), "days": days}
        answer = await self.must("GET", "/api/availability/slots", **query)
        return [datetime.fromisoformat(slot["start"]) for shown in answer["days"] for slot in shown["slots"]]

    async def until_listed(self, service_id: str, staff_id: str, start: datetime, *, listed: bool) -> None:
        """Wait until a start is, or is no longer, in the list of slots."""

        async def look() -> bool:
            return start in await self.starts(service_id, staff_id, start.date())

        await eventually(look, until=lambda seen: seen is listed, seconds=5)


async def sign_up(session: aiohttp.ClientSession, url: str, **business: Any) -> Owner:
    """A new owner of a new business in UTC."""
    credentials = {"email": f"owner-{uuid4().hex[:12]}@example.com", "password": "correct horse battery"}
    details = {"name": "Studio", "timezone": "UTC", "currency": "AED", **business}
    owner = Owner(session, url, credentials=credentials)
    answer = await owner.must("POST", "/api/auth/sign-up", {**credentials, "name": "Owner", "business": details})
    owner.token, owner.business = answer["accessToken"], answer["business"]
    return owner


def next_week(hour: int = 9, minute: int = 0, *, day: int = 0) -> datetime:
    """A whole minute on a day about a week ahead, in UTC."""
    ahead = datetime.now(UTC) + timedelta(days=7 + day)  # noqa: TID251  # a test's own clock
    return ahead.replace(hour=hour, minute=minute, second=0, microsecond=0)
