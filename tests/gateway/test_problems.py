"""The gateway's own errors look like everybody's: RFC 9457, with the codes and words of the services."""

import re
from io import BytesIO
from typing import Any

import aiohttp
import pytest

from plumbing.problems import (
    InternalError,
    MethodNotAllowed,
    NotFound,
    PayloadTooLarge,
    Problem,
    ServiceUnavailable,
    TooManyRequests,
)
from sundial_local.layout import Service, gateway_files
from tests.gateway.stage import Gateway, ask
from tests.gateway.upstream import IS_BUSY

TRACE_ID = "0af7651916cd43dd8448eb211c80319c"


def is_problem(body: dict[str, Any], kind: type[Problem], instance: str) -> bool:
    expected = {"title": kind.title(), "status": kind.status, "code": kind.code(), "instance": instance}
    return expected.items() <= body.items() and re.fullmatch("[0-9a-f]{32}", body["traceId"]) is not None


async def test_a_path_that_is_nowhere(shared: Gateway, http: aiohttp.ClientSession):
    status, headers, body = await ask(http, "GET", f"{shared.url}/api/nothing?secret=1")
    assert (status, headers["Content-Type"]) == (404, "application/problem+json")
    assert is_problem(body, NotFound, "/api/nothing")


@pytest.mark.parametrize("path", ["/api/nothing.json", "/api/docs/nothing.html"])
async def test_a_problem_is_one_whatever_the_path_ends_with(shared: Gateway, http: aiohttp.ClientSession, path: str):
    _, headers, body = await ask(http, "GET", shared.url + path)
    assert headers["Content-Type"] == "application/problem+json"
    assert is_problem(body, NotFound, path)


@pytest.mark.parametrize("method", ["PATCH", "OPTIONS", "PROPFIND", "TRACE"])
async def test_a_method_that_nothing_here_has(shared: Gateway, http: aiohttp.ClientSession, method: str):
    status, headers, body = await ask(http, method, f"{shared.url}/api/services")
    assert (status, headers["Allow"]) == (405, "GET, HEAD, POST, PUT, DELETE")
    assert is_problem(body, MethodNotAllowed, "/api/services")


async def test_a_body_of_more_than_64_kilobytes(shared: Gateway, http: aiohttp.ClientSession):
    status, _, body = await ask(http, "POST", f"{shared.url}/api/services", data=b"x" * (64 * 1024 + 1))
    assert status == 413
    assert is_problem(body, PayloadTooLarge, "/api/services")
    status, _, _ = await ask(http, "POST", f"{shared.url}/api/services", data=b"x" * (64 * 1024))
    assert status == 200


async def test_a_file_to_be_imported_may_have_five_megabytes(shared: Gateway, http: aiohttp.ClientSession):
    for size, expected in ((5_200_000, 200), (5_400_000, 413)):
        status, _, _ = await ask(http, "POST", f"{shared.url}/api/imports", data=BytesIO(b"x" * size))
        assert status == expected


async def test_a_problem_does_not_repeat_the_secret_of_an_address(shared: Gateway, http: aiohttp.ClientSession):
    _, _, body = await ask(http, "PATCH", f"{shared.url}/api/feeds/secret.ics")
    assert is_problem(body, MethodNotAllowed, "/api/feeds/…")  # as does the log


async def test_a_service_that_does_not_run(shared: Gateway, http: aiohttp.ClientSession):
    [accounts] = shared.upstreams[Service.ACCOUNTS]
    await accounts.stop()
    status, headers, body = await ask(http, "POST", f"{shared.url}/api/auth/sign-in")
    await accounts.start()
    assert (status, headers["Retry-After"]) == (503, "2")
    assert is_problem(body, ServiceUnavailable, "/api/auth/sign-in")


async def test_what_a_service_answered_is_not_replaced(shared: Gateway, http: aiohttp.ClientSession):
    status, headers, body = await ask(http, "GET", f"{shared.url}/api/services{IS_BUSY}")
    assert (status, headers.getall("Retry-After"), body) == (503, ["7"], {"code": "Busy"})


async def test_a_problem_carries_the_trace_of_the_client(shared: Gateway, http: aiohttp.ClientSession):
    traced = {"traceparent": f"00-{TRACE_ID}-b7ad6b7169203331-01"}
    _, _, body = await ask(http, "GET", f"{shared.url}/nowhere", headers=traced)
    assert body["traceId"] == TRACE_ID


async def test_a_path_cannot_break_out_of_the_document(shared: Gateway, http: aiohttp.ClientSession):
    _, _, body = await ask(http, "GET", f"{shared.url}/nowhere/%22,%22x%22:%22%0A")
    assert body["instance"].startswith("/nowhere/%22")
    assert "x" not in body


@pytest.mark.parametrize("kind", [TooManyRequests, InternalError, ServiceUnavailable, NotFound, PayloadTooLarge])
def test_the_words_are_those_of_the_services(kind: type[Problem]):
    text = (gateway_files() / "problems.conf.template").read_text()
    assert f'"title":"{kind.title()}","status":{int(kind.status)},' in text
