"""Loading the demo business through the public API, as an owner would, so that it is subject to every rule."""

import asyncio
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import aiohttp
from rich.console import Console
from rich.progress import Progress

from plumbing.clock import utc_now
from sundial import demo_plan as plan

AT_ONCE = 4
_CONFLICT = 409


class DemoFailed(Exception):
    """The product did not accept a part of the demo."""


@dataclass(frozen=True, slots=True)
class Api:
    """The owner's API, signed in."""

    session: aiohttp.ClientSession
    url: str
    token: str = ""

    async def call(
        self, method: str, path: str, body: dict[str, Any] | None = None, *, key: str | None = None, accept: int = 0
    ) -> dict[str, Any]:
        """One request; `accept` is a status besides 2xx that is fine too. Raises DemoFailed for any other."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if key:
            headers["Idempotency-Key"] = key
        async with self.session.request(method, self.url + path, json=body, headers=headers) as response:
            answer = await response.json(content_type=None)
            if response.status >= 400 and response.status != accept:
                raise DemoFailed(f"{method} {path}: {response.status} {answer}")
            return answer


async def load(url: str, console: Console | None) -> str:
    """Fill in what is missing; a summary in words."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        api = await _signed_in(Api(session, url.rstrip("/")))
        people = await _ensure(api, "/api/staff", [_person(person) for person in plan.PEOPLE])
        await _ensure_hours(api, people)
        services = await _ensure(api, "/api/services", [_service(sold, people) for sold in plan.SERVICES])
        await _ensure_page(api)
        made = await _book(api, people, services, console)
    return (
        f"{plan.BUSINESS}: {len(people)} staff members, {len(services)} services, {made} new appointments.\n"
        f"Guests book at /booking/{plan.SLUG}.\n"
        f"Sign in as {plan.EMAIL} with the password {plan.PASSWORD}"
    )


async def _signed_in(api: Api) -> Api:
    body = {
        "email": plan.EMAIL,
        "password": plan.PASSWORD,
        "name": plan.OWNER,
        "business": {"name": plan.BUSINESS, "timezone": str(plan.ZONE), "currency": plan.CURRENCY, "locale": "en"},
    }
    answer = await api.call("POST", "/api/auth/sign-up", body, accept=_CONFLICT)
    if "accessToken" not in answer:
        answer = await api.call("POST", "/api/auth/sign-in", {"email": plan.EMAIL, "password": plan.PASSWORD})
    return Api(api.session, api.url, answer["accessToken"])


async def _ensure(api: Api, path: str, wanted: Sequence[dict[str, Any]]) -> list[str]:
    """The ids of the wanted things, in their order; those that are missing by name are created."""
    listed = await api.call("GET", f"{path}?limit=200")
    ids = {item["name"]: item["id"] for item in listed["items"]}
    for body in wanted:
        if body["name"] not in ids:
            ids[body["name"]] = (await api.call("POST", path, body))["id"]
    return [ids[body["name"]] for body in wanted]


async def _ensure_hours(api: Api, people: Sequence[str]) -> None:
    for staff_id, person in zip(people, plan.PEOPLE, strict=True):
        path = f"/api/staff/{staff_id}/hours"
        if not (await api.call("GET", path))["blocks"]:
            blocks = [{"dayOfWeek": day, "start": a, "end": b} for day in person.days for a, b in person.hours]
            await api.call("PUT", path, {"blocks": blocks})


async def _ensure_page(api: Api) -> None:
    """The booking page, and what it says of the business; the conflict is that there is one already."""
    await api.call("PUT", "/api/business", dict(plan.CONTACT))
    await api.call("POST", "/api/booking-pages", dict(plan.PAGE), accept=_CONFLICT)


async def _book(api: Api, people: Sequence[str], services: Sequence[str], console: Console | None) -> int:
    """Book the plan; a time that is taken, because the plan was booked before, is left as it is."""
    wanted = list(plan.visits(_last_monday(utc_now())))
    waiting, made = iter(wanted), 0
    with Progress(console=console, transient=True) if console else nullcontext() as progress:
        task = progress.add_task("Booking appointments", total=len(wanted)) if progress else None

        async def work() -> None:
            nonlocal made
            for visit in waiting:
                booked = await _book_one(api, visit, people, services)
                made += booked  # in two lines: others add to it while this one waits
                if progress and task is not None:
                    progress.advance(task)

        await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return made


async def _book_one(api: Api, visit: plan.Visit, people: Sequence[str], services: Sequence[str]) -> bool:
    number = plan.CUSTOMERS.index(visit.customer)
    body = {
        "serviceId": services[visit.service],
        "staffId": people[visit.person],
        "start": visit.start.isoformat(),
        "status": visit.status,
        "customer": {"name": visit.customer, "email": f"customer{number}@example.com"},
    }
    answer = await api.call("POST", "/api/appointments", body, accept=_CONFLICT)
    return "id" in answer


def _last_monday(now: datetime) -> date:
    """The Monday of last week, in the business's zone: one week behind, this one, and one ahead."""
    today = now.astimezone(plan.ZONE).date()
    return today - timedelta(days=today.weekday() + 7)


def _person(person: plan.Person) -> dict[str, Any]:
    return {"name": person.name, "title": person.title, "color": person.color, "specializations": [person.title]}


def _service(sold: plan.Sold, people: Sequence[str]) -> dict[str, Any]:
    return {
        "name": sold.name,
        "category": sold.category,
        "color": sold.color,
        "durationMinutes": sold.minutes,
        "bufferBeforeMinutes": sold.before,
        "bufferAfterMinutes": sold.after,
        "price": {"amount": sold.price, "currency": plan.CURRENCY},
        "staffIds": [people[index] for index in sold.by],
        **({"deposit": sold.deposit} if sold.deposit else {}),
    }
