"""Who is still signed in, as other services ask that let people stay for longer than their tokens last."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from plumbing.auth import Member, Role, TokenVerifier
from plumbing.clock import utc_now
from plumbing.service_tokens import ServiceToken
from plumbing.testing import TestKeys

from ..make import Browser

NewBrowser = Callable[[], Browser]


class Peer:
    """Another service, that asks."""

    def __init__(self, caller: TestKeys, keys: TestKeys, browser: Browser) -> None:
        self._token = ServiceToken(caller.private_json, audience="accounts")
        self._verifier = TokenVerifier(keys)
        self._browser = browser

    async def answer(self, *members: Member) -> dict[str, Any]:
        """What is said of the sessions of these."""
        return await self.said(*((str(each.business_id), str(each.session_id)) for each in members))

    async def said(self, *sessions: tuple[str, str]) -> dict[str, Any]:
        """The same, by business and session."""
        asked = [{"businessId": business, "sessionId": session} for business, session in sessions]
        answer = await self._browser.client.post(
            "/internal/sessions",
            json={"sessions": asked},
            headers={"Authorization": f"Bearer {self._token.current()}"},
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def member(self, who: Browser) -> Member:
        """Whom somebody's token stands for."""
        return await self._verifier.verify(who.token)


@pytest.fixture
def peer(caller: TestKeys, keys: TestKeys, browser: Browser) -> Peer:
    return Peer(caller, keys, browser)


async def _path(owner: Browser, who: Browser) -> str:
    return f"/api/members/{(await owner.members())[who.email]['id']}"


async def test_an_open_session_is_told_with_its_member_as_they_are_now(
    browser: Browser, new_browser: NewBrowser, peer: Peer
):
    await browser.signed_up()
    other = new_browser()
    await other.joins(browser, Role.MANAGER)
    then = await peer.member(other)
    await browser.call("PUT", await _path(browser, other), {"role": "staff"})
    assert await peer.answer(then) == {
        "sessions": [
            {
                "sessionId": str(then.session_id),
                "businessId": str(then.business_id),
                "userId": str(then.user_id),
                "role": "staff",
                "staffId": None,
                "revision": then.revision + 1,
            }
        ],
        "removed": [],
    }


async def test_a_session_that_was_signed_out_goes_on_no_more(browser: Browser, peer: Peer):
    await browser.signed_up()
    who = await peer.member(browser)
    await browser.post("/api/auth/sign-out")
    assert await peer.answer(who) == {"sessions": [], "removed": []}


async def test_a_session_that_nobody_used_for_too_long_goes_on_no_more(browser: Browser, peer: Peer):
    await browser.signed_up()
    who = await peer.member(browser)
    with time_machine.travel(utc_now() + timedelta(hours=12, minutes=1)):
        assert await peer.answer(who) == {"sessions": [], "removed": []}


async def test_sessions_of_a_removed_member_are_told_as_such(browser: Browser, new_browser: NewBrowser, peer: Peer):
    await browser.signed_up()
    other = new_browser()
    await other.joins(browser)
    gone, here = await peer.member(other), await peer.member(browser)
    await browser.call("DELETE", await _path(browser, other))
    answer = await peer.answer(gone, here)
    assert answer["removed"] == [str(gone.session_id)]
    assert [each["sessionId"] for each in answer["sessions"]] == [str(here.session_id)]


async def test_a_session_is_found_in_its_own_business_only(browser: Browser, new_browser: NewBrowser, peer: Peer):
    await browser.signed_up()
    other = new_browser()
    await other.signed_up()
    mine, theirs = await peer.member(browser), await peer.member(other)
    assert await peer.said((str(mine.business_id), str(theirs.session_id))) == {"sessions": [], "removed": []}


async def test_only_a_trusted_service_may_ask(browser: Browser):
    await browser.signed_up()
    for headers in ({}, browser.bearer()):
        answer = await browser.client.post("/internal/sessions", json={"sessions": []}, headers=headers)
        assert answer.status_code == 401
