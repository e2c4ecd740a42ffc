"""What a business and its guests do with their own things and with another's: the steps of the probe of scoping."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
from fastapi import FastAPI

from booking_public import jobs
from booking_public.clients.captcha import NoCaptcha, Proof
from booking_public.consumers import give_back_for_cancelled, keep_service, keep_staff_member, let_go_of_customer
from booking_public.jobs.bookings import BookingWork
from booking_public.jobs.codes import CodeWork
from booking_public.jobs.payments import PaymentWork
from contracts.appointments import AppointmentUpdated, Change, CustomerErased, Status
from contracts.availability import ServiceChanged, StaffChanged
from contracts.ids import CustomerId, uuid7
from contracts.money import Money
from plumbing.clock import utc_now
from plumbing.db import Tx, UnitOfWork
from plumbing.service_tokens import ServiceToken
from plumbing.testing import TestKeys
from tests.walls.probe import Foreign, Step

from .bank import Bank
from .desk import Booked, Stranger
from .line import InLine
from .make import Studio, a_service

START = datetime(2027, 3, 3, 9, tzinfo=UTC)
DAY = {"from": "2027-03-05T00:00:00Z", "to": "2027-03-06T00:00:00Z"}
DEPOSIT = Money(amount=2_500, currency="AED")

type Ids = Mapping[str, str]
type Request = tuple[str, str, Any]


class Doubtful(NoCaptcha):
    """hCaptcha, which can say nothing about those who ask it."""

    is_on = True

    async def verify(self, token: str) -> Proof:
        """Given, unless it is asked for doubts."""
        return Proof.UNSURE if token.startswith("unsure") else Proof.GIVEN


@dataclass(slots=True)
class Elsewhere:
    """All that is not in the database: put back before each step."""

    booked: Booked = field(default_factory=Booked)
    bank: Bank = field(default_factory=Bank)
    line: InLine = field(init=False)
    _kept: Any = None

    def __post_init__(self) -> None:
        self.line = InLine(self.booked)

    def keep(self) -> None:
        """As it is now."""
        self._kept = deepcopy(self._now())

    def put_back(self) -> None:
        """As it was when it was kept."""
        if self._kept is None:
            return
        for part, was in zip(self._now(), deepcopy(self._kept), strict=True):
            part.clear()
            part.update(was)

    def _now(self) -> tuple[Any, ...]:
        return (
            *(self.booked.holds, self.booked.appointments, self.bank.known, self.bank.returned),
            *(self.line.wanted, self.line.offers, self.line.left),
        )


@dataclass(slots=True)
class Tenant:
    """A business, a guest of its page, and what both have: ids, and what gives access."""

    studio: Studio
    stranger: Stranger
    ids: dict[str, str]


async def fill(studio: Studio, app: FastAPI, elsewhere: Elsewhere, keys: TestKeys, first: datetime) -> Tenant:
    """One of everything, from that day on."""
    booked, bank = elsewhere.booked, elsewhere.bank
    page = await studio.page(intakeQuestions=[{"label": "Size?"}], confirmation="automatic")
    slug = f"{page['slug']}-new"
    await studio.must("PUT", f"/api/booking-pages/{page['id']}", {"slug": slug})
    stranger = Stranger(app, slug, studio.pilates.id)
    ids = {"page": page["id"], "slug": slug, "alias": page["slug"], "service": str(studio.pilates.id)}

    async def made(name: str, hour: int, *, due: bool = False, **more: Any) -> Any:
        booked.deposit, booked.customer_id = DEPOSIT if due else None, CustomerId(uuid7())
        sent = {"captchaToken": uuid4().hex, **more}
        answer = await stranger.book(first + timedelta(hours=hour), address=f"198.51.{hour}.1", **sent)
        assert answer.status_code == 201, answer.text
        told = answer.json()
        ids[name], ids[f"{name}_id"] = told["manageToken"], told["appointment"]["id"]
        ids[f"{name}_customer"] = str(booked.customer_id)
        return told

    hold = await stranger.hold(first + timedelta(hours=9), address="198.51.90.1")
    ids["hold"] = hold.json()["holdToken"]
    await made("free", 0)
    await made("doubtful", 1, captchaToken=f"unsure-{slug}", notes="Please")
    await made("waiting", 2, due=True)
    paid = await made("paid", 3, due=True)
    bank.pay(paid["payment"]["clientSecret"].partition("_secret")[0])
    work = PaymentWork(bank, BookingWork(app.state.guest_desk.flow).on_payment_state)
    await work.compare(app.state.uow)
    wish = {"serviceId": ids["service"], "customer": {"name": "Sara", "email": f"{slug}@example.com"}, **DAY}
    joined = await stranger.send("/waiting-list", {**wish, "captchaToken": uuid4().hex}, address="198.51.91.1")
    ids["wish"] = joined.json()["manageToken"]
    elsewhere.line.offer(first + timedelta(days=2))
    for name in ("free", "paid"):
        body = {"businessId": str(studio.id), "appointmentId": ids[f"{name}_id"]}
        link = await stranger.client.post("/internal/manage-links", json=body, headers=bearer(keys))
        ids[f"{name}_link"] = link.json()["url"].rsplit("/", 1)[1]
    found = await studio.must("GET", f"/api/payments?appointmentId={ids['paid_id']}")
    ids["payment"] = next(one["id"] for one in found["items"] if one["kind"] == "captured")
    back = {"amount": {"amount": 500, "currency": "AED"}}
    part = await studio.call("POST", f"/api/payments/{ids['payment']}/refund", back, Idempotency_Key=slug)
    assert part.status_code == 201, part.text
    return Tenant(studio, stranger, ids)


LEFT = """
UPDATE bookings SET updated_at = updated_at - interval '1 hour';
UPDATE deposits SET looked_at = looked_at - interval '1 hour';
UPDATE refunds SET looked_at = looked_at - interval '1 hour';
UPDATE deposits SET expires_at = expires_at + interval '1 day';
UPDATE booking_codes SET expires_at = expires_at + interval '1 day'
"""
"""What runs on a timer looks at what has rested; and nothing ends while the probe lasts."""


def poisoned() -> Mapping[str, Sequence[Mapping[str, str]]]:
    """What the twin has otherwise, so that it is seen where it counts; secrets are unique in the world."""
    return {
        "booking_pages": ({"revision": "revision + 5"}, {"id": "md5(id::text)::uuid"}),
        "page_slugs": ({"slug": "slug || '-2'"},),
        "bookings": ({"manage_hash": "sha256(manage_hash)"},),
        "guest_holds": ({"token_hash": "sha256(token_hash)"},),
        "guest_waits": ({"token_hash": "sha256(token_hash)"},),
        "guest_links": ({"token_hash": "sha256(token_hash)"},),
        "captcha_proofs": ({"token_hash": "sha256(token_hash)"},),
        "booking_codes": ({"code_hash": "sha256(code_hash)", "tries": "4"},),
        "deposits": ({"provider_id": "provider_id || '_2'", "amount": "amount + 500"},),
        "payments": ({"amount": "amount + 500"}, {"id": "md5(id::text)::uuid", "provider_id": "provider_id || '_2'"}),
        "refunds": ({"provider_id": "provider_id || '_2'"},),
    }


def of_owner(ids: Ids) -> Iterator[Request]:
    """Every request of the owner about one thing."""
    page = f"/api/booking-pages/{ids['page']}"
    yield "GET", page, None
    yield "PUT", page, {"title": "Changed"}
    yield "PUT", page, {"slug": f"{ids['slug']}-again"}
    yield "DELETE", page, None
    yield "POST", f"/api/payments/{ids['payment']}/refund", {"amount": {"amount": 100, "currency": "AED"}}


def of_links(ids: Ids) -> Iterator[Request]:
    """What guests do with their links."""
    for name in ("free", "waiting", "paid", "doubtful", "paid_link"):
        link = f"/api/public/bookings/{ids[name]}"
        yield "GET", link, None
        yield "POST", f"{link}/cancel", None
        yield "POST", f"{link}/pay", None
        yield "POST", f"{link}/reschedule", {"start": (START + timedelta(hours=12)).isoformat()}
    yield "POST", f"/api/public/bookings/{ids['doubtful']}/verify", {"code": "000000"}
    yield "GET", f"/api/public/bookings/{ids['free']}/calendar.ics", None
    wish = f"/api/public/waiting-list/{ids['wish']}"
    yield "GET", wish, None
    yield "POST", f"{wish}/accept", None
    yield "POST", f"{wish}/leave", None


def on_the_page(ids: Ids) -> Iterator[Request]:
    """What strangers do on the page."""
    page = f"/api/public/booking/{ids['slug']}"
    yield "GET", page, None
    yield "GET", f"/api/public/booking/{ids['alias']}", None
    yield "GET", f"{page}/services", None
    yield "GET", f"/booking/{ids['slug']}", None
    yield "DELETE", f"{page}/hold/{ids['hold']}", None
    sara = {"name": "Sara", "email": "sara@example.com"}
    wish = {"serviceId": ids["service"], "start": (START + timedelta(hours=14)).isoformat()}
    yield "POST", f"{page}/hold", wish
    for token in ("given", "unsure"):
        yield "POST", f"{page}/book", {**wish, "customer": sara, "captchaToken": token}
    held = {**wish, "start": (START + timedelta(hours=9)).isoformat(), "holdToken": ids["hold"]}
    yield "POST", f"{page}/book", {**held, "customer": sara, "captchaToken": "given"}
    yield (
        "POST",
        f"{page}/waiting-list",
        {"serviceId": ids["service"], "customer": sara, "captchaToken": "given", **DAY},
    )


def lists(ids: Ids) -> Iterator[Request]:
    """Lists, and what is made without naming anything."""
    start, end = (f"{utc_now() + timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}" for days in (-30, 30))
    days = f"rangeStart={start}&rangeEnd={end}"
    for path in ("booking-pages", "payments", f"payments?appointmentId={ids['paid_id']}", f"payments/report?{days}"):
        yield "GET", f"/api/{path}", None
    yield "POST", "/api/booking-pages", {"slug": f"{ids['slug']}-other", "serviceIds": [ids["service"]]}


def steps(mine: Tenant, theirs: Tenant, app: FastAPI, elsewhere: Elsewhere, keys: TestKeys) -> list[Step]:
    """All of them."""

    async def call(client: httpx.AsyncClient, request: Request) -> httpx.Response:
        method, path, body = request
        sent = {"Idempotency-Key": "a-key", "X-Real-IP": "203.0.113.9"}
        if path.startswith("/internal"):
            sent |= bearer(keys)
        return await client.request(method, path, json=body, headers=sent)

    def step(name: str, client: httpx.AsyncClient, request: Request, foreign: Foreign | None = None) -> Step:
        method, path, body = request
        return Step(f"{name}: {method} {path} {body or ''}", partial(call, client, request), foreign)

    owner, guest = mine.studio.client, mine.stranger.client
    asked = {"businessId": str(mine.studio.id), "appointmentId": mine.ids["free_id"]}
    foreign = {**asked, "appointmentId": theirs.ids["free_id"]}
    return [
        *(step("owner", owner, one) for one in (*of_owner(mine.ids), *lists(mine.ids))),
        *(step("another's", owner, one, "refused") for one in of_owner(theirs.ids)),
        *(step("guest", guest, one) for one in (*of_links(mine.ids), *on_the_page(mine.ids))),
        step("internal", guest, ("POST", "/internal/manage-links", asked)),
        step("internal", guest, ("POST", "/internal/manage-links", foreign)),
        *_heard(mine, app.state.uow, elsewhere),
        *_on_timers(app, elsewhere.bank),
    ]


def _heard(mine: Tenant, uow: UnitOfWork, elsewhere: Elsewhere) -> Iterator[Step]:
    """What is heard of other services."""

    async def told(hear: Callable[[Tx, Any], Awaitable[None]], event: Any) -> None:
        async with uow.across_businesses() as tx:
            await hear(tx, event)

    async def cancelled() -> None:
        [seen] = [one for one in elsewhere.booked.appointments.values() if str(one.id) == mine.ids["paid_id"]]
        gone = seen.model_copy(update={"status": Status.CANCELLED})
        about = {"business_id": mine.studio.id, "revision": 9, "appointment": gone}
        await told(give_back_for_cancelled, AppointmentUpdated(**about, change=Change.CANCELLED, before={}))

    business = {"business_id": mine.studio.id, "revision": 9}
    changed = a_service(mine.studio.amira.id, id=mine.studio.pilates.id, name="Yoga")
    yield Step("cancelled", cancelled)
    for name in ("free", "doubtful", "paid"):
        erased = CustomerErased(**business, customer_id=CustomerId(mine.ids[f"{name}_customer"]))
        yield Step(f"forget {name}", partial(told, let_go_of_customer, erased))
    yield Step("a service", partial(told, keep_service, ServiceChanged(**business, service=changed)))
    yield Step("staff", partial(told, keep_staff_member, StaffChanged(**business, staff=mine.studio.amira)))


def _on_timers(app: FastAPI, bank: Bank) -> Iterator[Step]:
    """What is done for all businesses."""
    flow, uow = app.state.guest_desk.flow, app.state.uow
    bookings = BookingWork(flow)
    payments = PaymentWork(bank, bookings.on_payment_state)
    for work in (bookings.go_on, bookings.forget, payments.events, payments.reconcile, payments.compare):
        yield Step(f"job {work.__name__}", partial(work, uow), of_everybody=True)
    for job in (CodeWork(flow).end, jobs.purge, jobs.republish):
        yield Step(f"job {job.__name__}", partial(job, uow), of_everybody=True)


def bearer(keys: TestKeys) -> dict[str, str]:
    """How notifications says who it is; good for a minute."""
    return {"Authorization": f"Bearer {ServiceToken(keys.private_json, audience='booking-public').current()}"}


async def let_rest(admin: asyncpg.Connection) -> None:
    """So that what runs on a timer finds something."""
    await admin.execute(LEFT)
