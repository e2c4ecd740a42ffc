"""Which access tokens other services are told to refuse: those of ended sessions, and those of changed members."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
import time_machine

from contracts.ids import uuid7
from plumbing.auth import Role, TokenVerifier
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

    async def refused(self) -> dict[str, int | None]:
        """The revision below which tokens of a session are refused, None for all, by session."""
        answer = await self._browser.client.post(
            "/internal/revocations", json={}, headers={"Authorization": f"Bearer {self._token.current()}"}
        )
        assert answer.status_code == 200, answer.text
        return {each["sessionId"]: each["before"] for each in answer.json()["revocations"]}

    async def session(self, who: Browser) -> tuple[str, int]:
        """The session and the revision that somebody's token says."""
        member = await self._verifier.verify(who.token)
        return str(member.session_id), member.revision


@pytest.fixture
def peer(caller: TestKeys, keys: TestKeys, browser: Browser) -> Peer:
    return Peer(caller, keys, browser)


async def _member_id(owner: Browser, who: Browser) -> str:
    return (await owner.members())[who.email]["id"]


async def test_nobody_who_is_signed_in_is_named(browser: Browser, peer: Peer):
    await browser.signed_up()
    assert (await peer.session(browser))[0] not in await peer.refused()


async def test_a_session_that_was_signed_out_is_named_while_its_tokens_live(browser: Browser, peer: Peer):
    await browser.signed_up()
    session, _ = await peer.session(browser)
    await browser.post("/api/auth/sign-out")
    assert (await peer.refused())[session] is None
    with time_machine.travel(utc_now() + timedelta(minutes=5)):
        assert session in await peer.refused()
    with time_machine.travel(utc_now() + timedelta(minutes=7)):
        assert session not in await peer.refused()


@pytest.mark.parametrize("changes", [{"role": "staff"}, {"staffId": str(uuid7())}])
async def test_a_change_of_the_member_takes_back_the_tokens_of_before_and_no_later_ones(
    browser: Browser, new_browser: NewBrowser, peer: Peer, changes: dict[str, Any]
):
    await browser.signed_up()
    other = new_browser()
    await other.joins(browser, Role.MANAGER)
    session, before = await peer.session(other)
    await browser.call("PUT", f"/api/members/{await _member_id(browser, other)}", changes)
    least = (await peer.refused())[session]
    assert least is not None
    assert least > before
    other.keep(await other.refresh())
    assert await peer.session(other) == (session, least)


async def test_every_session_of_a_removed_member_is_named(browser: Browser, new_browser: NewBrowser, peer: Peer):
    await browser.signed_up()
    other = new_browser()
    await other.joins(browser)
    first = await peer.session(other)
    other.keep(await other.sign_in())
    second = await peer.session(other)
    await browser.call("DELETE", f"/api/members/{await _member_id(browser, other)}")
    refused = await peer.refused()
    assert refused[first[0]] is None
    assert refused[second[0]] is None


async def test_a_session_that_was_opened_while_its_member_was_removed_is_named_too(
    browser: Browser, new_browser: NewBrowser, peer: Peer, sql: asyncpg.Connection
):
    await browser.signed_up()
    other = new_browser()
    await other.joins(browser)
    session, _ = await peer.session(other)
    await browser.call("DELETE", f"/api/members/{await _member_id(browser, other)}")
    await sql.execute("UPDATE sessions SET ended_at = NULL WHERE id = $1", session)
    assert (await peer.refused())[session] is None
    assert (await other.me()).status_code == 401
    assert (await other.refresh()).status_code == 401


async def test_only_a_trusted_service_may_ask(browser: Browser):
    await browser.signed_up()
    for headers in ({}, browser.bearer()):
        answer = await browser.client.post("/internal/revocations", json={}, headers=headers)
        assert answer.status_code == 401
