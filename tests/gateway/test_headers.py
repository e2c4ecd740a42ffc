"""What travels to the services is only what the gateway vouches for; what travels back makes browsers careful."""

import re

import aiohttp
import pytest

from tests.gateway.stage import Gateway, ask
from tests.gateway.upstream import IS_LONG

ID = re.compile("[0-9a-f]{32}")
TRACEPARENT = re.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-01")


async def received(gateway: Gateway, http: aiohttp.ClientSession, headers: dict[str, str]) -> dict[str, str]:
    """The headers that reached a service when a client sent these."""
    _, _, body = await ask(http, "GET", f"{gateway.url}/api/services", headers=headers)
    return body["headers"]


async def test_a_request_gets_an_id_that_no_client_chose(shared: Gateway, http: aiohttp.ClientSession):
    _, headers, body = await ask(http, "GET", f"{shared.url}/api/services", headers={"X-Request-ID": "mine"})
    assert ID.fullmatch(headers["X-Request-ID"])
    assert body["headers"]["x-request-id"] == headers["X-Request-ID"]


async def test_forwarded_addresses_are_the_gateways_word(shared: Gateway, http: aiohttp.ClientSession):
    sent = dict.fromkeys(("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded"), "evil")
    seen = await received(shared, http, sent)
    assert (seen["x-forwarded-for"], seen["x-real-ip"], seen["x-forwarded-proto"]) == ("127.0.0.1", "127.0.0.1", "http")
    assert "evil" not in seen.values()


@pytest.mark.parametrize("name", ["X-User-Id", "X-Business-Id", "X-Business-Role", "X_Forwarded_For", "X-Anything"])
async def test_nobody_can_claim_to_be_somebody(shared: Gateway, http: aiohttp.ClientSession, name: str):
    assert name.lower() not in await received(shared, http, {name: "me"})


@pytest.mark.parametrize(
    "name",
    "Authorization Cookie Idempotency-Key If-Match If-None-Match Origin Sec-Fetch-Site Content-Type Accept".split(),
)
async def test_what_a_service_needs_arrives(shared: Gateway, http: aiohttp.ClientSession, name: str):
    assert (await received(shared, http, {name: "as-sent"}))[name.lower()] == "as-sent"


async def test_a_trace_of_the_client_goes_on(shared: Gateway, http: aiohttp.ClientSession):
    traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    assert (await received(shared, http, {"traceparent": traceparent}))["traceparent"] == traceparent


@pytest.mark.parametrize(
    "invalid",
    [
        "",
        "nonsense",
        f"00-{'0' * 32}-b7ad6b7169203331-01",
        f"00-{'a' * 32}-{'0' * 16}-01",
        f"ff-{'A' * 32}-{'b' * 16}-01",
    ],
)
async def test_a_broken_trace_is_replaced(shared: Gateway, http: aiohttp.ClientSession, invalid: str):
    seen = (await received(shared, http, {"traceparent": invalid}))["traceparent"]
    assert TRACEPARENT.fullmatch(seen)
    assert seen != invalid


@pytest.mark.parametrize("path", ["/api/services", "/nowhere.txt", "/api/docs"])
async def test_every_answer_makes_browsers_careful(shared: Gateway, http: aiohttp.ClientSession, path: str):
    async with http.get(shared.url + path) as response:
        headers = response.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["Server"] == "nginx"
    assert "Strict-Transport-Security" not in headers  # on plain http it would be a lie


@pytest.mark.parametrize("encoding", ["gzip", "br"])
async def test_a_revision_survives_compression(shared: Gateway, http: aiohttp.ClientSession, encoding: str):
    asked = {"Accept-Encoding": encoding}
    async with http.get(f"{shared.url}/api/services{IS_LONG}", headers=asked, auto_decompress=False) as response:
        etag, used = response.headers["ETag"], response.headers["Content-Encoding"]
    assert (used, etag) == (encoding, 'W/"3"')
    seen = await received(shared, http, {"If-Match": etag, "If-None-Match": etag})
    assert (seen["if-match"], seen["if-none-match"]) == ('"3"', '"3"')
