"""Whatever is sent about customers is kept, or refused by what is wrong with it; never an error of ours."""

from base64 import urlsafe_b64encode

import orjson
import pytest

from ..make import Studio

PATH = "/api/customers"
SOME_ID = "01890000-0000-7000-8000-000000000000"
BODIES = (
    b"null",
    b"[]",
    b"{",
    b'"x"',
    b"\xff\xfe",
    b'{"name": {"a": 1}}',
    b'{"name": "\\u0000"}',
    b'{"name": "\\ud800"}',
    b'{"name": "   "}',
    b'{"name": "' + b"x" * 201 + b'"}',
    b'{"name": "x", "email": "a@b"}',
    b'{"name": "x", "phone": "+971"}',
    b'{"name": "x", "phone": "+999999999999999999"}',
    b'{"name": "x", "locale": ""}',
    b'{"name": "x", "marketingConsent": []}',
    b'{"name": "x", "revision": 9}',
    b'{"name": "x", "id": "' + SOME_ID.encode() + b'"}',
    b'{"intoId": "x"}',
    b'{"intoId": null}',
)


def cursor(*parts: str) -> str:
    """A cursor that somebody made up."""
    return urlsafe_b64encode(orjson.dumps(parts)).decode()


@pytest.mark.parametrize("body", BODIES)
async def test_no_body_is_an_error_of_ours(studio: Studio, body: bytes):
    made = (await studio.client.post(PATH, json={"name": "Lina"})).json()
    path = f"{PATH}/{made['id']}"
    for method, where in (("POST", PATH), ("PUT", path), ("POST", f"{path}/merge")):
        headers = {"Content-Type": "application/json"}
        answer = await studio.client.request(method, where, content=body, headers=headers)
        assert answer.status_code in {400, 422}, (method, where, answer.text)
    assert (await studio.client.get(path)).json()["revision"] == 1


@pytest.mark.parametrize(
    "query",
    [
        {"search": "\x00"},
        {"search": "x" * 201},
        {"limit": "0"},
        {"cursor": "\x00"},
        {"cursor": cursor("x")},
        {"cursor": cursor("\x00", SOME_ID)},
        {"search": "a", "cursor": cursor("x", SOME_ID)},
        {"search": "a", "cursor": cursor("nan", "x", SOME_ID)},
        {"search": "a", "cursor": cursor("1e39", "x", SOME_ID)},
        {"search": "a", "cursor": cursor("1", "\x00", SOME_ID)},
    ],
)
async def test_no_query_is_an_error_of_ours(studio: Studio, query: dict[str, str]):
    answer = await studio.client.get(PATH, params=query)
    assert (answer.status_code, answer.json()["code"]) == (422, "Invalid")


async def test_nobody_has_an_id_that_is_none(studio: Studio):
    for unknown in ("x", SOME_ID):
        for method, more in (("GET", ""), ("GET", "/appointments"), ("GET", "/export"), ("POST", "/erase")):
            answer = await studio.client.request(method, f"{PATH}/{unknown}{more}")
            assert (answer.status_code, answer.json()["code"]) == (404, "NotFound"), (unknown, more)
