"""While hCaptcha is silent a guest proves by a code that an address is theirs; else their time is free again."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from booking_public.clients.captcha import HCaptcha
from booking_public.domain.codes import MOST_TRIES
from booking_public.jobs.codes import CodeWork
from contracts.appointments import Status
from contracts.money import Money
from plumbing.failpoints import FailpointReached

from ...desk import Booked, Cards, Stranger
from .conftest import Verifier

START = datetime(2027, 3, 4, 9, tzinfo=UTC)
LINK = "/api/public/bookings/"

type NewApp = Callable[..., FastAPI]
type StrangerOf = Callable[..., Awaitable[Stranger]]


@dataclass(slots=True)
class Unproven:
    """A guest who booked while nobody could say who is a person."""

    stranger: Stranger
    sql: asyncpg.Connection
    told: Any

    @classmethod
    async def books(cls, stranger: Stranger, sql: asyncpg.Connection, **changed: Any) -> "Unproven":
        """Somebody's time at nine."""
        answer = await stranger.book(START, captchaToken="unsure", **changed)
        assert answer.status_code == 201, answer.text
        return cls(stranger, sql, answer.json())

    @property
    def appointment_id(self) -> UUID:
        """What was booked."""
        return UUID(self.told["appointment"]["id"])

    async def events(self) -> list[Any]:
        """What was told to whoever sends the code."""
        rows = await self.sql.fetch("SELECT body FROM outbox WHERE routing_key LIKE 'booking.code_requested.%'")
        bodies = [json.loads(row["body"])["data"] for row in rows]
        return [body for body in bodies if body["appointmentId"] == self.told["appointment"]["id"]]

    async def code(self) -> str:
        """The one in the mail."""
        [event] = await self.events()
        return event["code"]

    async def wrong(self) -> str:
        """Another one."""
        return f"{(int(await self.code()) + 1) % 10**6:06d}"

    async def sends(self, code: str) -> httpx.Response:
        """POST …/verify."""
        return await self.stranger.client.post(f"{LINK}{self.told['manageToken']}/verify", json={"code": code})

    async def looks(self) -> Any:
        """GET of the link."""
        return (await self.stranger.client.get(LINK + self.told["manageToken"])).json()

    async def row(self) -> Any:
        """The attempt."""
        return await self.sql.fetchrow("SELECT * FROM bookings WHERE appointment_id = $1", self.appointment_id)


@pytest.fixture
async def app(new_app: NewApp, captcha: HCaptcha, verifier: Verifier) -> FastAPI:
    """A process whose captcha nobody verifies."""
    verifier.status = 500
    return new_app(captcha=captcha, payments=Cards())


@pytest.fixture
async def stranger(app: FastAPI, stranger_of: StrangerOf) -> Stranger:
    """A guest of an automatic page."""
    return await stranger_of(app)


@pytest.fixture
async def unproven(stranger: Stranger, sql: asyncpg.Connection) -> Unproven:
    """Sara, who booked."""
    return await Unproven.books(stranger, sql, customer={"name": "Sara", "email": "sara@example.com"}, locale="ar")


async def test_a_booking_waits_for_its_code(unproven: Unproven):
    told = unproven.told
    assert (told["appointment"]["status"], told["payment"]) == ("PENDING", None)
    until = told["appointment"]["expiresAt"]
    assert told["verification"] == {"channel": "email", "expiresAt": until}
    [event] = await unproven.events()
    assert (event["email"], event["name"], event["locale"], event["expiresAt"]) == (
        "sara@example.com",
        "Sara",
        "ar",
        until,
    )
    assert len(event["code"]) == 6
    assert (await unproven.looks())["verification"]["expiresAt"] == until


async def test_the_right_code_ends_it_as_the_page_promises(unproven: Unproven, booked: Booked):
    answers = [await unproven.sends(await unproven.code()) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    seen = answers[0].json()
    assert (seen["appointment"]["status"], seen["appointment"]["expiresAt"]) == ("CONFIRMED", None)
    assert seen["verification"] is None
    booked.expire()
    assert (await unproven.looks())["appointment"]["status"] == "CONFIRMED"
    assert (await unproven.row())["state"] == "confirmed"


async def test_on_a_manual_page_it_goes_to_the_owner(app: FastAPI, stranger_of: StrangerOf, sql: asyncpg.Connection):
    unproven = await Unproven.books(await stranger_of(app, confirmation="manual"), sql)
    seen = (await unproven.sends(await unproven.code())).json()
    assert (seen["appointment"]["status"], seen["appointment"]["expiresAt"]) == ("PENDING", None)


async def test_a_wrong_code_says_how_many_are_left_and_the_last_frees_the_time(
    unproven: Unproven, booked: Booked, stranger: Stranger
):
    wrong = await unproven.wrong()
    answers = [await unproven.sends(wrong) for _ in range(MOST_TRIES)]
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(409, "WrongCode")}
    assert [answer.json()["triesLeft"] for answer in answers] == [4, 3, 2, 1, 0]
    assert booked.appointments[unproven.appointment_id].status is Status.CANCELLED
    late = await unproven.sends(await unproven.code())
    assert (late.status_code, late.json()["code"]) == (409, "AlreadyOver")
    assert (await unproven.row())["state"] == "failed"


async def test_guesses_at_the_same_moment_are_all_counted(unproven: Unproven, booked: Booked):
    wrong = await unproven.wrong()
    answers = await asyncio.gather(*(unproven.sends(wrong) for _ in range(12)))
    left = [answer.json()["triesLeft"] for answer in answers if answer.json()["code"] == "WrongCode"]
    assert sorted(left, reverse=True) == [4, 3, 2, 1, 0]
    assert booked.appointments[unproven.appointment_id].status is Status.CANCELLED


async def test_without_the_code_the_time_is_free_again(
    app: FastAPI, unproven: Unproven, booked: Booked, stranger: Stranger, sql: asyncpg.Connection
):
    code = await unproven.code()
    own = unproven.appointment_id
    await CodeWork(app.state.guest_desk.flow).end(app.state.uow)
    assert (await unproven.row())["state"] == "awaitingCode"
    booked.expire()
    past = "expires_at = now() - interval '1 second'"
    await sql.execute(f"UPDATE bookings SET {past} WHERE appointment_id = $1", own)
    await sql.execute(
        f"UPDATE booking_codes SET {past} WHERE booking_id = (SELECT id FROM bookings WHERE appointment_id = $1)", own
    )
    late = await unproven.sends(code)
    assert (late.status_code, late.json()["code"]) == (409, "AlreadyOver")
    await CodeWork(app.state.guest_desk.flow).end(app.state.uow)
    row = await unproven.row()
    assert (row["state"], row["contacts"]) == ("failed", [])
    assert await sql.fetchval("SELECT count(*) FROM booking_codes WHERE booking_id = $1", row["id"]) == 0
    assert (await stranger.book(START, captchaToken="unsure")).status_code == 201


async def test_a_timer_ends_what_nobody_comes_back_for(
    app: FastAPI, unproven: Unproven, booked: Booked, sql: asyncpg.Connection
):
    await sql.execute(
        "UPDATE bookings SET expires_at = now() - interval '1 second' WHERE appointment_id = $1",
        unproven.appointment_id,
    )
    booked.expire()
    await CodeWork(app.state.guest_desk.flow).end(app.state.uow)
    assert (await unproven.row())["state"] == "failed"


async def test_what_the_owner_has_confirmed_needs_no_code(
    app: FastAPI, unproven: Unproven, booked: Booked, sql: asyncpg.Connection
):
    booked.change(unproven.appointment_id, status=Status.CONFIRMED, expires_at=None)
    wrong = await unproven.wrong()
    answers = [await unproven.sends(wrong) for _ in range(MOST_TRIES)]
    assert answers[-1].json()["code"] == "NothingToVerify"
    assert booked.appointments[unproven.appointment_id].status is Status.CONFIRMED
    assert (await unproven.row())["state"] == "confirmed"


async def test_whoever_pays_a_deposit_needs_no_code(stranger: Stranger, booked: Booked, sql: asyncpg.Connection):
    booked.deposit = Money(amount=5_000, currency="AED")
    unproven = await Unproven.books(stranger, sql)
    assert (unproven.told["payment"]["amount"], unproven.told["verification"]) == (5_000, None)
    assert await unproven.events() == []
    answer = await unproven.sends("123456")
    assert (answer.status_code, answer.json()["code"]) == (409, "NothingToVerify")


async def test_whoever_has_proven_needs_none(stranger: Stranger, verifier: Verifier):
    verifier.status = 200
    told = (await stranger.book(START, captchaToken="proven")).json()
    assert (told["appointment"]["status"], told["verification"]) == ("CONFIRMED", None)


@pytest.mark.parametrize(
    "code", ["", "12345", "1234567", "12345a", "\u0661\u0662\u0663\u0664\u0665\u0666", 123456, None]
)
async def test_what_is_no_code_costs_no_try(unproven: Unproven, sql: asyncpg.Connection, code: Any):
    answer = await unproven.sends(code)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/code")
    row = await unproven.row()
    assert await sql.fetchval("SELECT tries FROM booking_codes WHERE booking_id = $1", row["id"]) == 0


async def test_the_code_is_kept_as_a_hash_alone(unproven: Unproven, sql: asyncpg.Connection):
    code = await unproven.code()
    row = await unproven.row()
    kept = await sql.fetchrow("SELECT * FROM booking_codes WHERE booking_id = $1", row["id"])
    assert code.encode() not in kept["code_hash"]
    assert code not in json.dumps({name: str(value) for name, value in row.items() if name != "salt"})


async def test_the_time_counts_as_held_until_the_code_comes(stranger: Stranger, sql: asyncpg.Connection):
    sara = {"name": "Sara", "email": "sara@example.com"}
    unproven = await Unproven.books(stranger, sql, customer=sara)
    again = await stranger.book(START.replace(hour=12), captchaToken="unsure", customer=sara)
    assert (again.status_code, again.json()["code"]) == (503, "CaptchaUnavailable")
    await unproven.sends(await unproven.code())
    assert (await stranger.book(START.replace(hour=12), captchaToken="unsure", customer=sara)).status_code == 201


@pytest.mark.parametrize("step", ["hold", "held", "book", "booked"])
async def test_one_code_is_sent_however_often_the_attempt_begins_again(
    stranger: Stranger, sql: asyncpg.Connection, failing: Callable[[str], None], step: str
):
    body = {**stranger.order(START), "captchaToken": "unsure"}
    failing(f"booking_public.after_{step}")
    with pytest.raises(FailpointReached):
        await stranger.send("/book", body, key="one")
    failing("")
    answers = [await stranger.send("/book", body, key="one") for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert len(await Unproven(stranger, sql, answers[0].json()).events()) == 1


async def test_a_code_that_was_right_is_right_again_when_nobody_could_be_told(
    unproven: Unproven, failing: Callable[[str], None]
):
    failing("booking_public.after_verified")
    with pytest.raises(FailpointReached):
        await unproven.sends(await unproven.code())
    failing("")
    assert (await unproven.sends(await unproven.code())).json()["appointment"]["status"] == "CONFIRMED"
