"""What strangers send that nobody should: a problem in words, nothing stored, and never a failure of ours."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from ...desk import Booked, Stranger

START = datetime(2027, 3, 4, 9, tzinfo=UTC)
SARA = {"name": "Sara", "email": "sara@example.com"}

TIMES: list[Any] = [
    "2027-03-04T09:00:00",
    "2027-03-04",
    "tomorrow",
    "",
    None,
    0,
    1803891600,
    "2027-02-30T09:00:00Z",
    "2027-03-04T25:00:00Z",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "2027-03-04T09:00:00+99:00",
    ["2027-03-04T09:00:00Z"],
    {"$gt": ""},
]
IDS: list[Any] = [
    "",
    "1",
    None,
    0,
    -1,
    "../../etc/passwd",
    "' OR 1=1 --",
    "%00",
    "00000000-0000-0000-0000-00000000000g",
    [str(uuid4())],
    {"id": str(uuid4())},
    True,
]
MONEY: list[Any] = [
    1,
    "150.00",
    {"amount": -1, "currency": "AED"},
    {"amount": 1.5, "currency": "AED"},
    {"amount": "15000", "currency": "AED"},
    {"amount": 10**13, "currency": "AED"},
    {"amount": 15000},
    {"currency": "AED"},
    {"amount": 15000, "currency": "aed"},
    {"amount": 15000, "currency": "AEDX"},
    {"amount": True, "currency": "AED"},
    {"amount": 15000, "currency": "AED", "tip": -15000},
]
CUSTOMERS: list[Any] = [
    None,
    "Sara",
    [],
    {},
    {"name": "Sara"},
    {**SARA, "name": ""},
    {**SARA, "name": "x" * 201},
    {**SARA, "name": "\x00"},
    {**SARA, "email": "nobody"},
    {**SARA, "email": "a@b\r\nBcc: all@example.com"},
    {**SARA, "email": "x" * 320 + "@example.com"},
    {**SARA, "phone": "call me"},
    {**SARA, "phone": "0501234567"},
    {**SARA, "role": "owner"},
    {**SARA, "id": str(uuid4())},
    {**SARA, "blocked": False},
    {**SARA, "marketingOptIn": "yes"},
]
TEXTS: list[dict[str, Any]] = [
    {"notes": "x" * 5001},
    {"notes": "\x00"},
    {"notes": ["a"]},
    {"notes": None},
    {"timezone": "Mars/Olympus"},
    {"timezone": "../../../etc/passwd"},
    {"timezone": ""},
    {"timezone": "x" * 100},
    {"locale": "<script>"},
    {"locale": "en\r\nX: y"},
    {"answers": {str(uuid4()): "x"}},
    {"answers": {"__proto__": "x"}},
    {"answers": []},
    {"answers": {str(number): "x" for number in range(60)}},
    {"captchaToken": "x" * 10_001},
    {"captchaToken": "\n"},
]
STATES: list[dict[str, Any]] = [
    {"holdToken": ""},
    {"holdToken": "x" * 101},
    {"holdToken": "a" * 43},
    {"holdToken": "' OR 1=1 --" * 3},
    {"status": "CONFIRMED"},
    {"price": {"amount": 0, "currency": "AED"}},
    {"businessId": str(uuid4())},
    {"role": "owner"},
    {"source": "internal"},
    {"expiresAt": None},
    {"allow": ["outsideHours"]},
    {"deposit": None},
    {"end": "2027-03-04T10:00:00Z"},
    {"customerId": str(uuid4())},
]
RAW = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'"text"',
    b"\xff\xfe",
    b'{"start": NaN}',
    b'{"a":' * 2_000 + b"1" + b"}" * 2_000,
    b'{"start": 1e999}',
    b"<xml/>",
    b"a=b&c=d",
]
KEYS = ["", "é", "x" * 256, "\t", "a\u00a0b"]
BODIES = [
    *({"start": value} for value in TIMES),
    *({"serviceId": value} for value in IDS),
    *({"staffId": value} for value in IDS if value is not None),
    *({"quotedPrice": value} for value in MONEY),
    *({"customer": value} for value in CUSTOMERS),
    *TEXTS,
    *STATES,
]


@pytest.fixture
async def stranger(new_app: Callable[..., FastAPI], stranger_of: Callable[..., Awaitable[Stranger]]) -> Stranger:
    """A guest."""
    return await stranger_of(new_app(guest_attempts_per_page=100_000, guest_attempts_per_business=100_000))


async def stored(sql: asyncpg.Connection) -> int:
    """How much guests have left behind."""
    return await sql.fetchval("SELECT (SELECT count(*) FROM bookings) + (SELECT count(*) FROM guest_holds)")


def is_problem(answer: httpx.Response) -> bool:
    """Whether it says in our own form what is wrong, and that it is the client's."""
    return (
        400 <= answer.status_code < 500
        and answer.headers["content-type"] == "application/problem+json"
        and {"code", "title", "traceId"} <= answer.json().keys()
    )


async def test_no_body_of_a_booking_gets_past_its_shape(stranger: Stranger, booked: Booked, sql: asyncpg.Connection):
    before = await stored(sql)
    for changed in BODIES:
        answer = await stranger.send("/book", {**stranger.order(START), **changed})
        assert is_problem(answer), (changed, answer.status_code, answer.text)
    assert await stored(sql) == before
    assert (booked.appointments, booked.holds) == ({}, {})


async def test_no_body_of_a_hold_gets_past_its_shape(stranger: Stranger, booked: Booked, sql: asyncpg.Connection):
    before, wish = await stored(sql), {"serviceId": stranger.service_id, "start": START.isoformat()}
    for changed in BODIES:
        answer = await stranger.send("/hold", {**wish, **changed})
        assert is_problem(answer), (changed, answer.status_code, answer.text)
    assert await stored(sql) == before
    assert booked.holds == {}


@pytest.mark.parametrize("path", ["/book", "/hold"])
async def test_what_is_no_json_is_refused(stranger: Stranger, sql: asyncpg.Connection, path: str):
    before = await stored(sql)
    for raw in RAW:
        headers = {"Idempotency-Key": str(uuid4()), "Content-Type": "application/json"}
        answer = await stranger.client.post(stranger.page + path, content=raw, headers=headers)
        assert is_problem(answer), (raw[:40], answer.status_code, answer.text)
    assert await stored(sql) == before


async def test_a_key_is_printable_and_not_too_long(stranger: Stranger, sql: asyncpg.Connection):
    before = await stored(sql)
    for key in KEYS:
        headers = {b"Idempotency-Key": key.encode()}
        answer = await stranger.client.post(f"{stranger.page}/book", json=stranger.order(START), headers=headers)
        assert (answer.status_code, is_problem(answer)) == (400, True), repr(key)
    assert await stored(sql) == before


async def test_no_address_but_a_page_s_own_answers(stranger: Stranger):
    for slug in ("x", "UPPER", "no-such-page", "a" * 61, "..%2f..", "%00", "' OR 1=1", "-", "studio%0a", "é"):
        path = f"/api/public/booking/{slug}/book"
        answer = await stranger.client.post(path, json=stranger.order(START), headers={"Idempotency-Key": "k"})
        assert (answer.status_code, is_problem(answer)) == (404, True), slug


async def test_moving_takes_a_time_and_nothing_else(stranger: Stranger, booked: Booked):
    token = (await stranger.book(START)).json()["manageToken"]
    link = f"/api/public/bookings/{token}"
    bodies = [{"start": value} for value in TIMES] + [
        {"start": START.isoformat(), "staffId": value} for value in IDS[:2]
    ]
    smuggled = ("status", "price", "serviceId", "businessId", "end", "allow", "role", "customer", "refund", "id")
    bodies += [{"start": START.isoformat(), name: "x"} for name in smuggled]
    for body in bodies:
        answer = await stranger.client.post(f"{link}/reschedule", json=body)
        assert is_problem(answer), (body, answer.status_code)
    assert [one.revision for one in booked.appointments.values()] == [1]


async def test_a_forged_address_is_no_failure(stranger: Stranger):
    for address in ("", "nonsense", "1.2.3.4, 5.6.7.8", "::ffff:203.0.113.9", "999.1.1.1", "fe80::1%eth0", "\x01"):
        answer = await stranger.book(START, address=address)
        assert answer.status_code in {201, 409}, address
