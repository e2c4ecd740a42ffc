"""Requests that are hardly any: an answer in our own form, or none; nothing stored, and no failure of ours."""

import asyncio
import json
from urllib.parse import urlsplit

import pytest

from tests.e2e.hostile.calls import Call, public_calls
from tests.e2e.hostile.ids import KEYS
from tests.e2e.hostile.place import Place, all_of
from tests.e2e.hostile.requests import BODIES, ENCODINGS, HEADERS, LINES

PUBLIC = public_calls()
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND")

every = pytest.mark.parametrize("call", PUBLIC, ids=str)
taking = pytest.mark.parametrize("call", [call for call in PUBLIC if call.body], ids=str)
keyed = pytest.mark.parametrize("call", [call for call in PUBLIC if call.needs_key], ids=str)


@taking
async def test_a_body_that_is_none_is_refused(place: Place, call: Call):
    path = place.where(call)
    kinds = [{"Content-Type": kind, "Idempotency-Key": "k"} if kind else {"Idempotency-Key": "k"} for kind, _ in BODIES]
    sent = [place.raw(call.method, path, body, headers=kinds[number]) for number, (_, body) in enumerate(BODIES)]
    for (kind, body), answer in zip(BODIES, await all_of(sent), strict=True):
        assert answer.is_refusal, (kind, body[:60], str(answer))
    assert await place.changed() == []


@taking
async def test_what_a_stranger_packed_is_not_unpacked(place: Place, call: Call):
    path = place.where(call)
    headers = {"Content-Type": "application/json", "Idempotency-Key": "k"}
    sent = [
        place.raw(call.method, path, body, headers={**headers, "Content-Encoding": encoding})
        for encoding, body in ENCODINGS
    ]
    for (encoding, _), answer in zip(ENCODINGS, await all_of(sent), strict=True):
        assert answer.is_refusal, (encoding, str(answer))
    assert await place.changed() == []


@taking
async def test_a_body_that_is_too_large_is_refused(place: Place, call: Call):
    answer = await place.send(call, place.where(call), {"notes": "x" * 65_536})
    assert (answer.status, answer.is_refusal) == (413, True), str(answer)


@keyed
async def test_what_is_no_key_is_refused(place: Place, call: Call):
    path = place.where(call)
    sent = [_by_hand(place, _with_key(call, path, key, place)) for key in KEYS]
    for key, (status, answer) in zip(KEYS, await asyncio.gather(*sent), strict=True):
        assert status == 400, (key[:20], answer[:300])
        assert b"application/problem+json" in answer
    assert await place.changed() == []


@every
async def test_a_method_that_a_call_has_not_does_nothing(place: Place, call: Call):
    path = place.where(call)
    own = {other.method for other in PUBLIC if place.where(other) == path} | {"HEAD"}
    tried = [method for method in METHODS if method not in own and method != "CONNECT"]
    sent = [place.raw(method, path, b"{}", headers={"Content-Type": "application/json"}) for method in tried]
    for method, answer in zip(tried, await all_of(sent), strict=True):
        assert (answer.status, answer.is_refusal) == (405, True), (method, str(answer))
    assert await place.changed() == []


@pytest.mark.parametrize("call", [call for call in PUBLIC if call.method == "GET"], ids=str)
async def test_no_header_changes_what_is_read(place: Place, call: Call):
    path = place.where(call)
    query = {"serviceId": place.guest.service_id, "date": "2027-03-04"} if call.query else None
    plain = await place.send(call, path, query=query)
    sent = [place.send(call, path, query=query, **headers) for headers in HEADERS]
    for headers, answer in zip(HEADERS, await all_of(sent), strict=True):
        assert (answer.status, answer.content) == (plain.status, plain.content), (headers, str(answer))
    assert plain.status == 200
    assert await place.changed() == []


@every
async def test_what_is_sent_by_hand_is_understood_as_we_do_or_not_at_all(place: Place, call: Call):
    path = place.where(call).encode()
    sent = [_by_hand(place, line.replace(b"{path}", path)) for line in LINES]
    for line, (status, answer) in zip(LINES, await asyncio.gather(*sent), strict=True):
        assert status in {0, 200} or b"application/problem+json" in answer, (line[:60], answer[:300])
        assert status < 500, (line[:60], answer[:300])
    assert await place.changed() == []


def _with_key(call: Call, path: str, key: bytes, place: Place) -> bytes:
    """A request that would be right with any key."""
    content = json.dumps(place.valid(call)).encode()
    fields = {b"Host": b"localhost", b"Content-Type": b"application/json", b"Idempotency-Key": key}
    fields |= {b"Content-Length": str(len(content)).encode(), b"Connection": b"close"}
    head = b"".join(name + b": " + value + b"\r\n" for name, value in fields.items())
    return f"{call.method} {path} HTTP/1.1\r\n".encode() + head + b"\r\n" + content


async def _by_hand(place: Place, sent: bytes) -> tuple[int, bytes]:
    """The status (0 for none at all) and the head of the answer to these bytes."""
    where = urlsplit(place.owner.url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    try:
        writer.write(sent)
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), timeout=15)
    except asyncio.IncompleteReadError as error:
        head = error.partial
    finally:
        writer.close()
    return int(head.split(b" ", 2)[1]) if head else 0, head
