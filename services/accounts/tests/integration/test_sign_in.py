"""Signing in: who may, who may not, and what a stranger can learn from the difference."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import asyncpg
import pytest
import time_machine
from pwdlib.hashers.argon2 import Argon2Hasher

from plumbing.clock import utc_now

from ..make import PASSWORD, Browser, an_email


async def test_the_right_password_signs_in(browser: Browser):
    made = await browser.signed_up()
    answer = await browser.sign_in()
    assert answer.status_code == 200
    assert answer.json()["business"] == made["business"]
    browser.keep(answer)
    assert (await browser.me()).status_code == 200


async def test_an_address_is_found_however_it_is_written(browser: Browser):
    await browser.signed_up()
    assert (await browser.sign_in(email=browser.email.upper())).status_code == 200


async def test_unknown_addresses_and_wrong_passwords_are_answered_alike(browser: Browser):
    await browser.signed_up()
    wrong = await browser.sign_in("wrong password")
    unknown = await browser.sign_in(email=an_email())
    assert wrong.status_code == unknown.status_code == 401
    assert {**wrong.json(), "traceId": ""} == {**unknown.json(), "traceId": ""}
    assert wrong.json()["code"] == "InvalidCredentials"
    assert set(wrong.headers) == set(unknown.headers)


async def test_whoever_is_in_several_businesses_says_which(browser: Browser, sql: asyncpg.Connection):
    made = await browser.signed_up()
    second = await _also_in(sql, made["user"]["id"], role="staff")
    oldest = (await browser.sign_in()).json()
    chosen = (await browser.sign_in(businessId=str(second))).json()
    assert oldest["business"]["id"] == made["business"]["id"]
    assert (chosen["business"]["id"], chosen["user"]["role"]) == (str(second), "staff")


async def test_a_business_of_somebody_else_is_answered_like_a_wrong_password(new_browser: Callable[[], Browser]):
    browser, other = new_browser(), new_browser()
    await browser.signed_up()
    theirs = (await other.signed_up())["business"]["id"]
    answers = [await browser.sign_in(businessId=business) for business in (theirs, str(uuid4()))]
    assert [answer.json()["code"] for answer in answers] == ["InvalidCredentials"] * 2


async def test_after_ten_wrong_passwords_even_the_right_one_has_to_wait(browser: Browser):
    await browser.signed_up()
    for _ in range(10):
        assert (await browser.sign_in("wrong password")).status_code == 401
    answer = await browser.sign_in()
    assert (answer.status_code, answer.json()["code"]) == (429, "TooManyRequests")
    assert 890 <= int(answer.headers["retry-after"]) <= 900
    with time_machine.travel(utc_now() + timedelta(minutes=15, seconds=1)):
        assert (await browser.sign_in()).status_code == 200


async def test_unknown_addresses_are_throttled_alike(browser: Browser):
    statuses = [(await browser.sign_in("wrong password")).status_code for _ in range(11)]
    assert statuses == [401] * 10 + [429]


async def test_a_right_password_forgives_the_wrong_ones(browser: Browser):
    await browser.signed_up()
    for _ in range(2):
        for _ in range(9):
            assert (await browser.sign_in("wrong password")).status_code == 401
        assert (await browser.sign_in()).status_code == 200


async def test_guesses_made_at_once_learn_no_more_than_ten_answers(browser: Browser):
    await browser.signed_up()
    answers = await asyncio.gather(*(browser.sign_in(f"wrong password {number}") for number in range(25)))
    statuses = [answer.status_code for answer in answers]
    assert (statuses.count(401), statuses.count(429)) == (10, 15)


async def test_right_passwords_are_never_throttled(browser: Browser):
    await browser.signed_up()
    answers = await asyncio.gather(*(browser.sign_in() for _ in range(25)))
    assert {answer.status_code for answer in answers} == {200}


async def test_a_password_is_hashed_anew_when_the_settings_have_changed(browser: Browser, sql: asyncpg.Connection):
    await browser.signed_up()
    await sql.execute("UPDATE users SET password_hash = $1 WHERE email = $2", _hashed_with_16_kib(), browser.email)
    assert (await browser.sign_in()).status_code == 200
    stored = await sql.fetchval("SELECT password_hash FROM users WHERE email = $1", browser.email)
    assert "$m=8,t=1,p=1$" in stored
    assert (await browser.sign_in()).status_code == 200


@pytest.mark.parametrize("path", ["/api/auth/sign-in", "/api/auth/sign-up"])
@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"origin": "null"}])
async def test_another_site_cannot_sign_a_browser_in(browser: Browser, path: str, headers: dict[str, str]):
    await browser.signed_up()
    browser.client.headers.update(headers)
    answer = await browser.client.post(path, json={"email": browser.email, "password": PASSWORD})
    assert (answer.status_code, answer.json()["code"]) == (403, "CrossSiteRequest")


async def test_a_program_says_nothing_about_sites(browser: Browser):
    await browser.signed_up()
    answer = await browser.client.post("/api/auth/sign-in", json={"email": browser.email, "password": PASSWORD})
    assert answer.status_code == 200


def _hashed_with_16_kib() -> str:
    return Argon2Hasher(time_cost=1, memory_cost=16, parallelism=1).hash(PASSWORD)


async def _also_in(sql: asyncpg.Connection, user_id: str, *, role: str) -> object:
    business = uuid4()
    await sql.execute(
        "INSERT INTO businesses VALUES ($1, 'Second', 'UTC', 'EUR', 'en', NULL, NULL, NULL, now(), now(), 1)", business
    )
    await sql.execute(
        "INSERT INTO members VALUES ($1, $2, $3, $4, NULL, now(), now(), 1)", business, uuid4(), user_id, role
    )
    return business
