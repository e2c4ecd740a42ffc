"""Invitations: accepted once, in time, by whoever has the token, and never a way into somebody's account."""

import asyncio
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
import time_machine
from fastapi import FastAPI

from accounts import jobs
from contracts.ids import uuid7
from plumbing.auth import Role
from plumbing.clock import utc_now

from ..make import ORIGIN, PASSWORD, Browser, an_email

NewBrowser = Callable[[], Browser]


@pytest.fixture
async def owner(browser: Browser) -> Browser:
    await browser.signed_up()
    return browser


async def _open(owner: Browser) -> list[str]:
    return [each["email"] for each in (await owner.call("GET", "/api/invitations")).json()["items"]]


async def test_the_link_is_shown_once(owner: Browser):
    email, staff = an_email(), str(uuid7())
    made = await owner.invited(email.upper(), Role.STAFF, staffId=staff)
    assert (made["email"], made["role"], made["staffId"]) == (email, "staff", staff)
    assert made["acceptUrl"] == f"{ORIGIN}/accept-invitation#token={made['token']}"
    assert len(made["token"]) == 43
    [listed] = (await owner.call("GET", "/api/invitations")).json()["items"]
    assert listed == {name: made[name] for name in listed}
    assert not {"token", "acceptUrl"} & listed.keys()


async def test_no_secret_is_stored(owner: Browser, sql: asyncpg.Connection):
    sent = {"email": an_email(), "role": "staff"}
    made = await owner.call("POST", "/api/invitations", sent, idempotency_key="once")
    found = "SELECT body FROM idempotency_keys WHERE position($1::bytea IN body) > 0"
    kept = await sql.fetchval(found, sent["email"].encode())
    assert made.json()["token"].encode() not in kept
    again = await owner.call("POST", "/api/invitations", sent, idempotency_key="once")
    assert again.headers["idempotency-replayed"] == "true"
    assert again.json() == made.json() | {"token": None, "acceptUrl": None}


async def test_the_link_is_told_with_the_invitation(owner: Browser, sql: asyncpg.Connection):
    made = await owner.invited(an_email(), Role.STAFF)
    told = "SELECT body::jsonb -> 'data' FROM outbox WHERE body::jsonb ->> 'subject' = $1"
    data = json.loads(await sql.fetchval(told, made["id"]))
    assert (data["email"], data["acceptUrl"], data["revision"]) == (made["email"], made["acceptUrl"], 1)


async def test_somebody_new_gets_an_account_and_is_signed_in(owner: Browser, new_browser: NewBrowser):
    guest = new_browser()
    made = await guest.joins(owner, Role.MANAGER)
    assert (made["user"]["email"], made["user"]["role"]) == (guest.email, "manager")
    assert (await guest.me()).json()["user"]["name"] == "Noor"
    assert (await guest.refresh()).status_code == 200
    assert (await guest.sign_in()).status_code == 200
    assert await _open(owner) == []


@pytest.mark.parametrize(("missing", "pointer"), [({"name": None}, "/name"), ({"password": "short"}, "/password")])
async def test_an_account_needs_a_name_and_a_password(
    owner: Browser, new_browser: NewBrowser, missing: dict[str, Any], pointer: str
):
    guest = new_browser()
    invitation = await owner.invited(guest.email)
    answer = await guest.accept(invitation["token"], **missing)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
    assert (await guest.accept(invitation["token"])).status_code == 201


async def test_who_has_an_account_proves_it_and_belongs_to_both(owner: Browser, new_browser: NewBrowser):
    guest = new_browser()
    mine = await guest.signed_up()
    invitation = await owner.invited(guest.email)
    wrong = await guest.accept(invitation["token"], password="another password", name="Thief")
    assert (wrong.status_code, wrong.json()["code"]) == (401, "InvalidCredentials")
    joined = (await guest.accept(invitation["token"], name=None)).json()
    assert (joined["user"]["id"], joined["user"]["name"]) == (mine["user"]["id"], "Amira")
    businesses = (await guest.call("GET", "/api/auth/businesses")).json()["items"]
    assert [(each["id"], each["role"]) for each in businesses] == [
        (mine["business"]["id"], "owner"),
        (joined["business"]["id"], "staff"),
    ]
    chosen = await guest.sign_in(businessId=joined["business"]["id"])
    assert chosen.json()["user"]["role"] == "staff"


async def test_passwords_are_guessed_here_no_more_often_than_elsewhere(owner: Browser, new_browser: NewBrowser):
    guest = new_browser()
    await guest.signed_up()
    invitation = await owner.invited(guest.email)
    tries = [await guest.accept(invitation["token"], password=f"wrong password {number}") for number in range(11)]
    assert [answer.status_code for answer in tries] == [401] * 10 + [429]
    assert (await guest.sign_in()).status_code == 429


async def test_an_invitation_is_accepted_once_also_when_many_try_at_once(owner: Browser, new_browser: NewBrowser):
    guest = new_browser()
    invitation = await owner.invited(guest.email)
    answers = await asyncio.gather(*(guest.accept(invitation["token"]) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers).count(201) == 1
    assert {answer.json()["code"] for answer in answers if answer.status_code != 201} <= {
        "InvitationOver",
        "EmailTaken",
        "InvalidCredentials",
    }
    assert len(await owner.members()) == 2


async def test_a_lost_answer_is_given_again_and_signs_in_again(owner: Browser, new_browser: NewBrowser):
    guest = new_browser()
    invitation = await owner.invited(guest.email)
    first = await guest.accept(invitation["token"], key="accept-1")
    again = await guest.accept(invitation["token"], key="accept-1")
    assert (again.status_code, again.json()) == (201, first.json())
    guest.keep(again)
    assert (await guest.refresh()).status_code == 200


async def test_an_invitation_is_over_after_seven_days_and_forgotten_after_a_month_more(
    app: FastAPI, owner: Browser, new_browser: NewBrowser, sql: asyncpg.Connection
):
    guest = new_browser()
    invitation = await owner.invited(guest.email)
    with time_machine.travel(utc_now() + timedelta(days=7, seconds=1)):
        answer = await guest.accept(invitation["token"])
        assert (answer.status_code, answer.json()["code"]) == (410, "InvitationOver")
    assert await _open(owner) == [guest.email]
    with time_machine.travel(utc_now() + timedelta(days=38)):
        await jobs.purge(app.state.uow)
    assert await sql.fetchval("SELECT count(*) FROM invitations WHERE id = $1", invitation["id"]) == 0


async def test_an_invitation_that_was_taken_back_is_over(owner: Browser, new_browser: NewBrowser):
    guest = new_browser()
    invitation = await owner.invited(guest.email)
    assert (await owner.call("DELETE", f"/api/invitations/{invitation['id']}")).status_code == 204
    assert (await guest.accept(invitation["token"])).status_code == 410
    assert (await owner.call("DELETE", f"/api/invitations/{invitation['id']}")).status_code == 404


async def test_inviting_again_replaces_the_invitation(owner: Browser, new_browser: NewBrowser):
    guest = new_browser()
    first, second = await owner.invited(guest.email), await owner.invited(guest.email, Role.MANAGER)
    assert await _open(owner) == [guest.email]
    assert (await guest.accept(first["token"])).status_code == 410
    assert (await guest.accept(second["token"])).json()["user"]["role"] == "manager"


async def test_an_address_invited_many_times_at_once_has_one_invitation(owner: Browser):
    email = an_email()
    await asyncio.gather(*(owner.invited(email) for _ in range(6)))
    assert await _open(owner) == [email]


async def test_a_member_is_not_invited_and_a_staff_member_is_one_member(owner: Browser, new_browser: NewBrowser):
    guest, staff = new_browser(), str(uuid7())
    await guest.joins(owner, staffId=staff)
    again = await owner.call("POST", "/api/invitations", {"email": guest.email, "role": "owner"})
    assert (again.status_code, again.json()["code"]) == (409, "AlreadyMember")
    taken = await owner.call("POST", "/api/invitations", {"email": an_email(), "role": "staff", "staffId": staff})
    assert (taken.status_code, taken.json()["code"]) == (409, "StaffLinked")


async def test_whoever_comes_second_to_a_staff_member_is_told(owner: Browser, new_browser: NewBrowser):
    first, second, staff = new_browser(), new_browser(), str(uuid7())
    waiting = await owner.invited(second.email, staffId=staff)
    await first.joins(owner, staffId=staff)
    answer = await second.accept(waiting["token"])
    assert (answer.status_code, answer.json()["code"]) == (409, "StaffLinked")
    assert (await second.sign_in()).status_code == 401


@pytest.mark.parametrize("token", ["x", "A" * 43, "A" * 200])
async def test_a_token_that_was_never_given_is_answered_like_one_that_is_over(browser: Browser, token: str):
    answer = await browser.accept(token)
    assert (answer.status_code, answer.json()["code"]) == (410, "InvitationOver")


async def test_another_site_cannot_accept(owner: Browser, new_browser: NewBrowser):
    guest = new_browser()
    invitation = await owner.invited(guest.email)
    body = {"token": invitation["token"], "name": "Noor", "password": PASSWORD}
    answer = await guest.client.post("/api/invitations/accept", json=body, headers={"Origin": "https://evil.example"})
    assert (answer.status_code, answer.json()["code"]) == (403, "CrossSiteRequest")


async def test_a_token_is_unguessable_and_fits_a_link(owner: Browser):
    tokens = {(await owner.invited(an_email()))["token"] for _ in range(5)}
    assert len(tokens) == 5
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in tokens)
