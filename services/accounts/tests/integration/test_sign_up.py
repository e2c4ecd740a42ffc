"""Signing up: a person, a business, its owner and a session, all of them or none."""

import asyncio
from collections.abc import Callable
from uuid import uuid4

import asyncpg
import pytest

from ..make import PASSWORD, Browser, set_cookies


async def test_whoever_signs_up_owns_the_business_and_is_signed_in(browser: Browser):
    made = await browser.signed_up(business={"name": "Studio", "currency": "KWD"})
    assert set(made) == {"user", "business", "accessToken", "expiresAt"}
    assert (made["user"]["email"], made["user"]["role"]) == (browser.email, "owner")
    assert (made["business"]["timezone"], made["business"]["currency"]) == ("Asia/Dubai", "KWD")
    me = await browser.me()
    assert me.json() == {"user": made["user"], "business": made["business"]}
    assert me.headers["cache-control"] == "no-store"


async def test_a_business_just_signed_up_is_told(browser: Browser, sql: asyncpg.Connection):
    made = await browser.signed_up()
    told = await sql.fetchval("SELECT body FROM outbox WHERE routing_key = $1", _told(made))
    assert '"timezone":"Asia/Dubai"' in told


async def test_a_cookie_signs_in_too(browser: Browser):
    answer = await browser.sign_up()
    cookies = set_cookies(answer)
    assert set(cookies) == {"__Host-session", "__Secure-refresh"}
    assert cookies["__Host-session"].value == answer.json()["accessToken"]
    browser.keep(answer)
    with_cookie = await browser.client.get(
        "/api/business", headers={"Cookie": f"__Host-session={browser.cookies['__Host-session']}"}
    )
    assert with_cookie.status_code == 200


async def test_of_concurrent_sign_ups_with_one_address_one_succeeds(browser: Browser, sql: asyncpg.Connection):
    answers = await asyncio.gather(*(browser.sign_up(name=f"Rival {number}") for number in range(12)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 11
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"EmailTaken"}
    assert await sql.fetchval("SELECT count(*) FROM users WHERE email = $1", browser.email) == 1


async def test_a_refused_sign_up_leaves_nothing(browser: Browser, sql: asyncpg.Connection):
    await browser.signed_up()
    name = f"Studio {uuid4()}"
    answer = await browser.sign_up(email=browser.email.upper(), business={"name": name})
    assert answer.status_code == 409
    assert not set_cookies(answer)
    assert await sql.fetchval("SELECT count(*) FROM businesses WHERE name = $1", name) == 0


async def test_a_sign_up_that_is_sent_again_is_answered_again(browser: Browser, sql: asyncpg.Connection):
    key = str(uuid4())
    first, again = await browser.sign_up(key=key), await browser.sign_up(key=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert await sql.fetchval("SELECT count(*) FROM users WHERE email = $1", browser.email) == 1


async def test_a_repeated_answer_has_cookies_of_a_session_of_its_own(browser: Browser):
    key = str(uuid4())
    first, again = await browser.sign_up(key=key), await browser.sign_up(key=key)
    assert set_cookies(first)["__Secure-refresh"].value != set_cookies(again)["__Secure-refresh"].value
    browser.keep(again)
    assert (await browser.refresh()).status_code == 200


async def test_concurrent_sign_ups_with_one_key_have_one_effect(browser: Browser, sql: asyncpg.Connection):
    key = str(uuid4())
    answers = await asyncio.gather(*(browser.sign_up(key=key) for _ in range(6)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["business"]["id"] for answer in answers}) == 1
    assert await sql.fetchval("SELECT count(*) FROM users WHERE email = $1", browser.email) == 1


async def test_one_key_does_not_serve_two_people(new_browser: Callable[[], Browser]):
    key = str(uuid4())
    await new_browser().sign_up(key=key)
    answer = await new_browser().sign_up(key=key)
    assert (answer.status_code, answer.json()["code"]) == (422, "IdempotencyKeyReused")


async def test_half_a_character_is_refused(browser: Browser):
    body = (
        b'{"email": "amira@example.com", "password": "xxxxxxxxxx", "name": "\\ud800", "business": {"name": "Studio"}}'
    )
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
    answer = await browser.client.post("/api/auth/sign-up", content=body, headers=headers)
    assert answer.status_code == 422


async def test_no_secret_is_stored(browser: Browser, sql: asyncpg.Connection):
    answer = await browser.sign_up(key=str(uuid4()))
    refresh = set_cookies(answer)["__Secure-refresh"].value
    for table in ("users", "sessions", "refresh_tokens", "idempotency_keys", "outbox", "sign_in_failures"):
        for row in await sql.fetch(f"SELECT * FROM {table}"):
            stored = " ".join(_text(value) for value in row.values())
            assert refresh not in stored
            assert PASSWORD not in stored


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"email": "nobody"}, "/email"),
        ({"password": "short"}, "/password"),
        ({"business": {"name": "Studio", "timezone": "Mars/Base"}}, "/business/timezone"),
        ({"business": {"name": "Studio", "currency": "XXX"}}, "/business/currency"),
        ({"business": {}}, "/business/name"),
        ({"plan": "gold"}, "/plan"),
    ],
)
async def test_a_field_that_cannot_be_accepted_is_named(browser: Browser, changed: dict[str, object], pointer: str):
    answer = await browser.sign_up(**changed)
    assert (answer.status_code, answer.json()["code"]) == (422, "Invalid")
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert "short" not in answer.text


def _told(made: dict[str, dict[str, str]]) -> str:
    return f"business.changed.{made['business']['id']}"


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
