"""Slots of booking pages are kept until their second is over, and nothing else is."""

from itertools import count

import aiohttp
import pytest

from plumbing.testing import eventually
from sundial_local.layout import Service
from tests.gateway.stage import Gateway
from tests.gateway.upstream import COUNTS

NUMBERS = count()
SECONDS = 3
"""In which so many quick questions are certainly asked."""


@pytest.fixture
def page(shared: Gateway) -> str:
    """The address of slots that nobody has asked for."""
    return f"{shared.url}/api/public/booking{COUNTS}{next(NUMBERS)}/availability?days=7"


def asked(shared: Gateway, page: str) -> int:
    """How often the service was asked for it."""
    return shared.reached(Service.AVAILABILITY).count(f"GET {page.removeprefix(shared.url)}")


async def read(http: aiohttp.ClientSession, page: str, **headers: str) -> str:
    """What a client reads."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    async with http.get(page, headers=sent) as response:
        return await response.text()


async def test_a_rush_reaches_the_service_once_a_second(shared: Gateway, http: aiohttp.ClientSession, page: str):
    answers = [await read(http, page) for _ in range(100)]
    assert asked(shared, page) <= SECONDS
    assert len(set(answers)) == asked(shared, page)


async def test_an_answer_is_gone_when_its_second_is_over(http: aiohttp.ClientSession, page: str):
    first = await read(http, page)

    async def now() -> str:
        return await read(http, page)

    await eventually(now, until=lambda text: text != first, seconds=2)


async def test_who_wants_the_present_answer_has_it_and_leaves_it_to_others(
    shared: Gateway, http: aiohttp.ClientSession, page: str
):
    answers = {await read(http, page, Cache_Control="no-cache") for _ in range(10)}
    assert (len(answers), asked(shared, page)) == (10, 10)


async def test_a_client_reads_only_the_coding_that_it_takes(http: aiohttp.ClientSession, page: str):
    for taken, sent in (
        ("gzip, deflate, br", "gzip"),
        ("br;q=1, GZIP ; q=0.5", "gzip"),
        ("gzip;q=0", None),
        ("gzip;q=0.0, identity", None),
        ("identity", None),
    ):
        async with http.get(page, headers={"Accept-Encoding": taken}) as response:
            assert response.headers.get("Content-Encoding") == sent, taken
            assert (await response.text()).startswith("asked")


async def test_who_has_the_answer_is_told_so_by_the_gateway(http: aiohttp.ClientSession, page: str):
    async def known() -> bool:
        async with http.get(page) as response:
            tag = response.headers["ETag"]
        async with http.get(page, headers={"If-None-Match": tag}) as again:
            return again.status == 304

    assert await eventually(known, seconds=3)  # the two may fall into different seconds


async def test_what_is_asked_otherwise_or_is_no_answer_is_not_kept(
    shared: Gateway, http: aiohttp.ClientSession, page: str
):
    assert await read(http, page) != await read(http, f"{page}&staffId=1")
    unknown = page.replace(COUNTS, f"{COUNTS}404-")
    assert await read(http, unknown) != await read(http, unknown)
    async with http.post(page) as response:
        assert response.status == 200
    assert f"POST {page.removeprefix(shared.url)}" in shared.reached(Service.AVAILABILITY)
