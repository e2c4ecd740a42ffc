"""Whatever is sent, the answer is one that the contract knows."""

from base64 import urlsafe_b64encode
from typing import Any
from uuid import uuid4

import orjson
import pytest

from ..make import Studio, at, iso

INSTANTS = [
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "1999-12-31T23:59:59Z",
    "2200-01-01T00:00:00Z",
    "2027-02-30T00:00:00Z",
    "2027-03-01T24:00:00Z",
    "2027-03-01T09:00:60Z",
    "2027-03-01T09:00:00+25:00",
    "2027-03-01T09:00:00Z\x00",
    "٢٠٢٧-03-01T09:00:00Z",
    "",
    0,
    10**400,
    None,
    [],
    {"$ne": 1},
    True,
]

BODIES = [
    b"",
    b"null",
    b"[]",
    b'"x"',
    b"1e999",
    b"NaN",
    b"[" * 5_000,
    b'{"a":' * 2_000,
    b'{"\\ud800": 1}',
    b'{"notes": "\\ud800"}',
    b'{"notes": "\\u0000"}',
    b'{"notes": "\xff\xfe"}',
    b"9" * 5_000,
    b'{"start": ' + b"9" * 5_000 + b"}",
    b'{"serviceId": "x", "serviceId": "y"}',
    b'{"a/b~c": 1}',
]


def understood(status: int) -> bool:
    """Refused, in words."""
    return 400 <= status < 500


@pytest.mark.parametrize("instant", INSTANTS, ids=repr)
@pytest.mark.parametrize("field", ["start", "end"])
async def test_a_time_that_cannot_be_is_refused(studio: Studio, field: str, instant: Any):
    body = {**studio.body(at(9)), field: instant}
    content = orjson.dumps(body) if instant != 10**400 else str(body).replace("'", '"').encode()
    answer = await studio.client.post(
        "/api/appointments", content=content, headers={"Content-Type": "application/json"}
    )
    assert understood(answer.status_code) or (field == "end" and instant is None), answer.text


@pytest.mark.parametrize("content", BODIES, ids=lambda body: repr(body[:24]))
async def test_a_body_that_cannot_be_read_is_refused(studio: Studio, content: bytes):
    made = await studio.booked(at(9))
    for method, where in (
        ("POST", "/api/appointments"),
        ("PUT", f"/api/appointments/{made['id']}"),
        ("PUT", f"/api/appointments/{made['id']}/status"),
    ):
        answer = await studio.client.request(
            method, where, content=content, headers={"Content-Type": "application/json"}
        )
        assert understood(answer.status_code), answer.text
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "name",
    ["", " ", "x" * 201, "\x00", "\ud800", 5, ["Lina"]],
    ids=repr,
)
async def test_a_name_that_is_none_is_refused(studio: Studio, name: Any):
    content = str(orjson.dumps(studio.body(at(9))), "utf-8")[:-1] + ', "customer": {"name": %s}}'
    written = '"\\ud800"' if name == "\ud800" else orjson.dumps(name).decode()
    answer = await studio.client.post(
        "/api/appointments", content=content % written, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 422, answer.text


@pytest.mark.parametrize(
    "contact",
    [
        {"email": "a@b"},
        {"email": "a\x00@example.com"},
        {"email": "a@example.com\r\nBcc: x@example.com"},
        {"email": "x" * 400 + "@example.com"},
        {"phone": "+1"},
        {"phone": "+97150\x001234567"},
        {"phone": "+" + "9" * 39},
        {"phone": "tel:+971501234567;ext=5"},
        {"phone": "٠٥٠١٢٣٤٥٦٧"},
    ],
    ids=repr,
)
async def test_a_contact_that_reaches_nobody_does_no_harm(studio: Studio, contact: dict[str, str]):
    answer = await studio.book(at(9), customer={"name": "Lina", **contact})
    assert answer.status_code in {201, 422}, answer.text


@pytest.mark.parametrize("start", ["2000-01-01T00:00:00Z", "2199-12-31T23:59:59.999999Z"])
async def test_the_first_and_the_last_moment_can_be_booked_moved_and_listed(studio: Studio, start: str):
    padded = studio.sells(before=480, after=480, minutes=1440)
    made = await studio.booked(at(9), service=padded)
    moved = await studio.change(made, start=start)
    assert (moved.status_code, moved.json()["start"]) == (200, start)
    assert (await studio.client.get(f"/api/appointments/{made['id']}")).json() == moved.json()


QUERIES = [
    {"rangeStart": "2000-01-01T00:00:00Z", "rangeEnd": "2000-01-02T00:00:00Z"},
    {"rangeStart": "2199-12-31T00:00:00Z", "rangeEnd": "2199-12-31T23:00:00Z"},
    {"rangeStart": ["x", iso(at(0))]},
    {"rangeStart": "0001-01-01T00:00:00+14:00"},
    {"rangeEnd": "9999-12-31T23:59:59-14:00"},
    {"staffId": "x"},
    {"staffId": ["0190a0b1-0000-7000-8000-000000000001"] * 201},
    {"customerId": ["x", "0190a0b1-0000-7000-8000-000000000001"]},
    {"status": "confirmed"},
    {"status": ["CONFIRMED"] * 11},
    {"limit": "9" * 400},
    {"limit": "-1"},
    {"limit": ["1", "2"]},
    {"limit": "1.5"},
    {"cursor": "x" * 501},
    {"cursor": ["x", "y"]},
    {"unknown": "\x00"},
]


@pytest.mark.parametrize("query", QUERIES, ids=repr)
async def test_a_query_is_answered_or_refused(studio: Studio, query: dict[str, Any]):
    answer = await studio.listed(at(0), at(24), **query)
    assert answer.status_code in {200, 422}, answer.text


@pytest.mark.parametrize(
    "start", ["2027-03-01T09:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2027-W09"]
)
async def test_a_forged_cursor_is_refused(studio: Studio, start: str):
    cursor = urlsafe_b64encode(orjson.dumps([start, str(uuid4())])).decode()
    assert (await studio.listed(at(0), at(24), cursor=cursor)).status_code == 422


@pytest.mark.parametrize("identity", ["x", "%00", "..", "é", "0" * 5_000, "00000000-0000-0000-0000-000000000000"])
async def test_an_id_that_is_none_is_not_found(studio: Studio, identity: str):
    for tail in ("", "/activity"):
        assert (await studio.client.get(f"/api/appointments/{identity}{tail}")).status_code == 404


@pytest.mark.parametrize("header", ['""', 'W/"1"', "1", '"' + "9" * 30 + '"', '"-1"', "\xff", '"1", "2"'])
async def test_a_revision_that_is_none_of_ours_is_stale(studio: Studio, header: str):
    made = await studio.booked(at(9))
    answer = await studio.client.put(
        f"/api/appointments/{made['id']}", json={"notes": "x"}, headers={b"If-Match": header.encode("latin-1")}
    )
    assert answer.status_code == 412
