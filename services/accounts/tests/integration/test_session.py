"""A session's life: refreshing, a lost answer, a stolen token, signing out."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
import time_machine

from plumbing.clock import utc_now

from ..make import Browser, set_cookies

REFRESH = "__Secure-refresh"


def _later(**ahead: float) -> Any:
    return time_machine.travel(utc_now() + timedelta(**ahead))


async def test_refreshing_gives_a_new_access_token_and_replaces_the_cookie(browser: Browser):
    made = await browser.signed_up()
    with _later(minutes=4):
        answer = await browser.refresh()
        assert answer.status_code == 200
        assert answer.json()["accessToken"] != made["accessToken"]
        assert answer.json()["user"] == made["user"]
        assert set_cookies(answer)[REFRESH].value != browser.cookies[REFRESH]
        browser.keep(answer)
        assert (await browser.me()).status_code == 200


async def test_refreshing_works_again_and_again(browser: Browser):
    await browser.signed_up()
    for minutes in range(5, 60, 5):
        with _later(minutes=minutes):
            browser.keep(await browser.refresh())


async def test_two_tabs_that_refresh_at_once_both_stay_signed_in(browser: Browser):
    await browser.signed_up()
    answers = await asyncio.gather(*(browser.refresh() for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({set_cookies(answer)[REFRESH].value for answer in answers}) == 1
    browser.keep(answers[0])
    with _later(minutes=5):
        assert (await browser.refresh()).status_code == 200


async def test_a_lost_answer_is_given_again(browser: Browser):
    await browser.signed_up()
    lost = await browser.refresh()
    with _later(seconds=8):
        again = await browser.refresh()
        assert set_cookies(again)[REFRESH].value == set_cookies(lost)[REFRESH].value


async def test_whoever_is_two_answers_behind_gets_the_newest_token(browser: Browser):
    await browser.signed_up()
    newest = await browser.refresh(cookies={REFRESH: set_cookies(await browser.refresh())[REFRESH].value})
    behind = await browser.refresh()
    assert set_cookies(behind)[REFRESH].value == set_cookies(newest)[REFRESH].value


async def test_an_old_token_used_again_ends_the_whole_family(browser: Browser, sql: asyncpg.Connection):
    made = await browser.signed_up()
    old = dict(browser.cookies)
    browser.keep(await browser.refresh())
    with _later(seconds=11):
        stolen = await browser.refresh(cookies=old)
        assert (stolen.status_code, stolen.json()["code"]) == (401, "NotSignedIn")
        assert {cookie.value for cookie in set_cookies(stolen).values()} == {""}
        assert (await browser.refresh()).status_code == 401
        assert (await browser.me()).status_code == 401
    assert await _ended(sql, made) == 1


async def test_the_end_of_a_session_is_told_once(browser: Browser, sql: asyncpg.Connection):
    made = await browser.signed_up()
    for _ in range(3):
        assert (await browser.post("/api/auth/sign-out")).status_code == 204
    assert await _ended(sql, made) == 1


async def test_reuse_ends_no_other_session(browser: Browser):
    await browser.signed_up()
    first = dict(browser.cookies)
    browser.keep(await browser.sign_in())
    await browser.post("/api/auth/sign-out", cookies=first)
    assert (await browser.refresh()).status_code == 200


async def test_a_session_is_over_after_twelve_idle_hours(browser: Browser):
    await browser.signed_up()
    with _later(hours=11, minutes=59):
        assert (await browser.refresh()).status_code == 200
    with _later(hours=24):
        assert (await browser.refresh()).status_code == 401


async def test_a_session_is_over_after_fourteen_days(browser: Browser):
    await browser.signed_up()
    for hours in range(8, 14 * 24, 8):
        with _later(hours=hours):
            answer = browser.keep(await browser.refresh())
    assert int(set_cookies(answer)[REFRESH]["max-age"]) <= 8 * 3600
    with _later(days=14):
        assert (await browser.refresh()).status_code == 401


@pytest.mark.parametrize("token", ["x", "", "A" * 43, "A" * 4000, "\x7f"])
async def test_a_token_that_was_never_given_refreshes_nothing(browser: Browser, token: str):
    assert (await browser.refresh(cookies={REFRESH: token})).status_code == 401


async def test_without_a_cookie_there_is_nothing_to_refresh(browser: Browser):
    await browser.signed_up()
    assert (await browser.refresh(cookies={})).status_code == 401


async def test_another_site_cannot_refresh_or_sign_out(browser: Browser):
    await browser.signed_up()
    for path in ("/api/auth/refresh", "/api/auth/sign-out"):
        for headers in (
            {"origin": "https://evil.example"},
            {"origin": ""},
            {"sec_fetch_site": "cross-site", "origin": ""},
        ):
            answer = await browser.post(path, **headers)
            assert (answer.status_code, answer.json()["code"]) == (403, "CrossSiteRequest")
    assert (await browser.me()).status_code == 200


async def test_the_same_origin_may(browser: Browser):
    await browser.signed_up()
    answer = await browser.post("/api/auth/refresh", sec_fetch_site="same-origin", origin="")
    assert answer.status_code == 200


async def test_signing_out_ends_the_session_at_once_and_clears_the_cookies(browser: Browser):
    await browser.signed_up()
    answer = await browser.post("/api/auth/sign-out")
    assert (answer.status_code, answer.content) == (204, b"")
    assert {name: cookie["max-age"] for name, cookie in set_cookies(answer).items()} == {
        "__Host-session": "0",
        REFRESH: "0",
    }
    assert (await browser.refresh()).status_code == 401
    assert (await browser.me()).status_code == 401
    assert (await browser.business(name="New")).status_code == 401


async def test_signing_out_works_with_an_expired_access_token(browser: Browser):
    await browser.signed_up()
    with _later(minutes=10):
        assert (await browser.me()).status_code == 401
        assert (await browser.post("/api/auth/sign-out")).status_code == 204
        assert (await browser.refresh()).status_code == 401


async def test_a_program_signs_out_with_its_token(browser: Browser):
    await browser.signed_up()
    answer = await browser.client.post("/api/auth/sign-out", headers=browser.bearer())
    assert answer.status_code == 204
    assert (await browser.me()).status_code == 401


async def test_whoever_is_not_signed_in_cannot_sign_out(browser: Browser):
    assert (await browser.post("/api/auth/sign-out")).status_code == 401


async def test_signing_in_elsewhere_ends_nothing(new_browser: Callable[[], Browser]):
    first, second = new_browser(), new_browser()
    await first.signed_up()
    second.email = first.email
    second.keep(await second.sign_in())
    await second.post("/api/auth/sign-out")
    assert (await first.refresh()).status_code == 200


async def _ended(sql: asyncpg.Connection, made: Any) -> int:
    key = f"session.ended.{made['business']['id']}"
    return await sql.fetchval("SELECT count(*) FROM outbox WHERE routing_key = $1", key)
