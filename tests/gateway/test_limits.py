"""How much one client may ask for; who asks for more is told when to come back."""

import asyncio
from collections import Counter
from pathlib import Path

import aiohttp

from sundial_local.gateway import LOOSE, Limits
from sundial_local.layout import Service
from tests.gateway.stage import Gateway, ask, gateway

STRICT = Limits("1r/m", 4, 50, "1r/m", 1, "1r/m", 1)


async def statuses(http: aiohttp.ClientSession, url: str, count: int, method: str = "GET") -> Counter[int]:
    """How often which status was answered to so many requests at once."""
    replies = await asyncio.gather(*(ask(http, method, url) for _ in range(count)))
    return Counter(status for status, _, _ in replies)


async def test_too_many_requests_are_refused_with_a_time_to_come_back(gateways: Path, http: aiohttp.ClientSession):
    async with gateway(gateways / "strict", limits=STRICT) as strict:
        assert await statuses(http, f"{strict.url}/api/services", 8) == {200: 5, 429: 3}
        status, headers, body = await ask(http, "GET", f"{strict.url}/api/services")
        assert (status, headers["Retry-After"], body["code"]) == (429, "1", "TooManyRequests")
        assert len(strict.reached(Service.AVAILABILITY)) == 5


async def test_signing_up_and_signing_in_have_limits_of_their_own(gateways: Path, http: aiohttp.ClientSession):
    limits = Limits("100r/s", 100, 50, "1r/m", 1, "1r/m", 1)
    async with gateway(gateways / "sign-up", limits=limits) as strict:
        assert await statuses(http, f"{strict.url}/api/auth/sign-up", 4, "POST") == {200: 2, 429: 2}
        assert await statuses(http, f"{strict.url}/api/auth/sign-in", 4, "POST") == {200: 2, 429: 2}
        assert await statuses(http, f"{strict.url}/api/auth/me", 20) == {200: 20}


async def test_300_at_once_and_2000_in_a_minute_are_fine_on_one_machine(shared: Gateway, http: aiohttp.ClientSession):
    assert LOOSE.connections >= 300
    for _ in range(7):
        assert await statuses(http, f"{shared.url}/api/appointments", 300) == {200: 300}


async def test_200_sign_ups_at_once_are_fine_on_one_machine(shared: Gateway, http: aiohttp.ClientSession):
    assert await statuses(http, f"{shared.url}/api/auth/sign-up", 200, "POST") == {200: 200}
