"""The front end as the gateway sends it: documents that are asked for again, and files that are kept for ever."""

from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest

from tests.gateway.stage import Gateway, gateway

FILES = {
    "index.html": "<!doctype html><p>owner",
    "booking.html": "<!doctype html><p>guest",
    "assets/main-0a1b.js": "run()",
    "assets/main-0a1b.js.gz": "compressed",
    "assets/inter-0a1b.woff2": "font",
}
DOCUMENTS = {
    "/": "owner",
    "/calendar": "owner",
    "/calendar/0190?view=week": "owner",
    "/sign-in": "owner",
}


@pytest.fixture(scope="module")
async def fronted(gateways: Path) -> AsyncGenerator[Gateway]:
    """With a front end."""
    web = gateways / "built"
    (web / "assets").mkdir(parents=True)
    for name, text in FILES.items():
        (web / name).write_text(text)
    async with gateway(gateways / "fronted", web=web) as started:
        yield started


@pytest.mark.parametrize(("path", "whose"), DOCUMENTS.items())
async def test_every_plain_address_shows_a_document(
    fronted: Gateway, http: aiohttp.ClientSession, path: str, whose: str
):
    async with http.get(fronted.url + path) as response:
        body, headers = await response.text(), response.headers
    assert (response.status, response.content_type, whose in body) == (200, "text/html", True)
    assert headers["Cache-Control"] == "no-cache"
    assert "ETag" in headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self'; style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not {"unsafe-inline", "unsafe-eval", "http:", "https:", "data:", "*"} & set(policy.split())


@pytest.mark.parametrize(
    ("name", "kind"), {"main-0a1b.js": "text/javascript", "inter-0a1b.woff2": "font/woff2"}.items()
)
async def test_a_file_with_its_content_in_its_name_is_kept_for_ever(
    fronted: Gateway, http: aiohttp.ClientSession, name: str, kind: str
):
    async with http.get(f"{fronted.url}/assets/{name}", headers={"Accept-Encoding": "identity"}) as response:
        assert (response.status, response.content_type) == (200, kind)
        assert await response.text() == FILES[f"assets/{name}"]
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


async def test_a_compressed_file_is_sent_as_it_was_built(fronted: Gateway):
    async with (
        aiohttp.ClientSession(auto_decompress=False) as http,
        http.get(f"{fronted.url}/assets/main-0a1b.js", headers={"Accept-Encoding": "gzip"}) as response,
    ):
        assert (response.headers["Content-Encoding"], await response.text()) == ("gzip", "compressed")


@pytest.mark.parametrize("path", ["/internal/offers", "/api/nothing", "/booking", "/assets/nothing.js", "/index.html"])
async def test_what_is_no_page_is_still_not_there(fronted: Gateway, http: aiohttp.ClientSession, path: str):
    async with http.get(fronted.url + path) as response:
        assert (response.status, response.content_type) == (404, "application/problem+json")


async def test_a_page_is_only_read(fronted: Gateway, http: aiohttp.ClientSession):
    async with http.post(f"{fronted.url}/calendar") as response:
        assert (response.status, response.content_type) == (405, "application/problem+json")
