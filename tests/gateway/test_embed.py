"""The scripts that show a booking page on other people's sites, and what a page itself says to browsers."""

import re
from pathlib import Path

import aiohttp
import pytest

from sundial_local.layout import embed_files
from tests.gateway.stage import Gateway
from tests.gateway.upstream import HAS_A_POLICY, POLICY

MOST_BYTES = 5_000


async def test_the_script_for_other_sites_is_small_and_may_be_loaded_by_them(
    shared: Gateway, http: aiohttp.ClientSession
):
    async with http.get(f"{shared.url}/embed.js", headers={"Accept-Encoding": "identity"}) as response:
        body, headers = await response.read(), response.headers
    assert (response.status, response.content_type) == (200, "text/javascript")
    assert len(body) <= MOST_BYTES
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert re.search(r"max-age=\d{4}\b", headers["Cache-Control"])
    assert "Set-Cookie" not in headers
    async with http.get(f"{shared.url}/embed.js", headers={"If-None-Match": headers["ETag"]}) as again:
        assert again.status == 304


async def test_what_runs_in_the_page_is_for_our_own_pages_only(shared: Gateway, http: aiohttp.ClientSession):
    async with http.get(f"{shared.url}/embed/frame.js") as response:
        assert (response.status, response.content_type) == (200, "text/javascript")
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("script", sorted(embed_files().glob("*.js")), ids=lambda path: path.name)
def test_no_script_reads_or_sets_a_cookie_or_keeps_anything(script: Path):
    text = script.read_text(encoding="utf-8")
    assert not re.search(
        r"cookie|localStorage|sessionStorage|indexedDB|innerHTML|eval\(|postMessage\([^)]*\"\*\"", text
    )


async def test_a_page_says_itself_who_may_show_it(shared: Gateway, http: aiohttp.ClientSession):
    async with http.get(f"{shared.url}/booking{HAS_A_POLICY}") as response:
        assert response.headers.getall("Content-Security-Policy") == [POLICY]
        assert "X-Frame-Options" not in response.headers
    async with http.get(f"{shared.url}/booking/studio") as silent:
        assert "frame-ancestors 'none'" in silent.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "tag"),
    {
        "/api/services": "noindex",
        "/api/public/bookings/secret": "noindex",
        "/booking/manage/secret": "noindex",
        "/booking/waiting-list/secret": "noindex",
        "/booking/studio": None,
        "/sitemap.xml": None,
    }.items(),
)
async def test_nothing_with_a_secret_in_its_address_is_indexed_or_referred_to(
    shared: Gateway, http: aiohttp.ClientSession, path: str, tag: str | None
):
    async with http.get(shared.url + path) as response:
        assert response.headers.get("X-Robots-Tag") == tag
        assert response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/booking/manage/", "/booking/waiting-list/"])
async def test_a_guest_s_link_is_in_no_problem_and_so_in_no_log(
    shared: Gateway, http: aiohttp.ClientSession, path: str
):
    async with http.get(f"{shared.url}{path}secret/more") as response:
        assert (await response.json(content_type=None))["instance"] == f"{path}…"
