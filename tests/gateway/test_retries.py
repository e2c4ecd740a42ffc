"""A process that dies meanwhile: what only reads is asked again elsewhere, what writes never is."""

from pathlib import Path

import aiohttp
import pytest

from sundial_local.layout import Service
from tests.gateway.stage import ask, gateway
from tests.gateway.upstream import CLOSES

TWO = {Service.APPOINTMENTS: 2}
PATH = f"/api/appointments{CLOSES}"


async def test_a_read_is_asked_again_of_another_process(gateways: Path, http: aiohttp.ClientSession):
    async with gateway(gateways / "reads", processes=TWO) as started:
        status, _, _ = await ask(http, "GET", started.url + PATH)
        assert (status, started.reached(Service.APPOINTMENTS)) == (503, [f"GET {PATH}"] * 2)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_a_write_is_never_sent_twice(gateways: Path, http: aiohttp.ClientSession, method: str):
    async with gateway(gateways / "writes", processes=TWO) as started:
        status, headers, body = await ask(http, method, started.url + PATH, data=b"{}")
        assert (status, headers["Retry-After"], body["code"]) == (503, "2", "ServiceUnavailable")
        assert started.reached(Service.APPOINTMENTS) == [f"{method} {PATH}"]


async def test_a_process_that_does_not_run_is_passed_over(gateways: Path, http: aiohttp.ClientSession):
    async with gateway(gateways / "one-of-two", processes=TWO) as started:
        await started.upstreams[Service.APPOINTMENTS][0].stop()
        replies = [await ask(http, method, f"{started.url}/api/appointments") for method in ("GET", "POST") * 4]
        assert [(status, body["upstream"]) for status, _, body in replies] == [(200, "appointments-1")] * 8
