"""A guest waits for what is full: in line once for a key, within limits, with a link that is for this alone."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

from booking_public.clients.captcha import HCaptcha
from booking_public.domain.waiting import MOST_WAITS
from booking_public.jobs import waiting as jobs
from contracts.ids import uuid7
from contracts.waiting import WaitAnswer
from plumbing.failpoints import FailpointReached

from ....desk import Stranger
from ....line import InLine
from ..conftest import Verifier
from .conftest import DAY, LINK, SARA, START, WISH, NewApp, StrangerOf, join, joined


async def test_a_guest_gets_in_line_and_has_a_link_to_leave_again(stranger: Stranger, line: InLine):
    answer = await join(stranger)
    told = answer.json()
    assert (answer.status_code, told["waiting"]["state"], told["waiting"]["from"]) == (201, "waiting", DAY["from"])
    assert told["manageUrl"] == f"http://test/booking/waiting-list/{told['manageToken']}"
    path = WISH + told["manageToken"]
    seen = (await stranger.client.get(path)).json()
    assert (seen["waiting"]["state"], seen["offer"]) == ("waiting", None)
    for _ in range(2):
        assert (await stranger.client.post(f"{path}/leave")).json()["waiting"]["state"] == "withdrawn"
    [wanted] = line.wanted.values()
    assert (wanted.customer.name, wanted.customer.email, wanted.staff_ids) == ("Sara", "sara@example.com", None)


async def test_the_same_key_is_in_line_once(stranger: Stranger, line: InLine):
    answers = [await join(stranger, key="one") for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert answers[1].headers["Idempotency-Replayed"] == "true"
    together = await asyncio.gather(*(join(stranger, key="two") for _ in range(4)))
    assert {answer.status_code for answer in together} <= {201, 409}
    assert len(line.wanted) == 2
    other = await join(stranger, key="one", customer={**SARA, "name": "Lina"})
    assert (other.status_code, other.json()["code"]) == (422, "IdempotencyKeyReused")
    without = await stranger.client.post(f"{stranger.page}/waiting-list", json={})
    assert (without.status_code, without.json()["code"]) in {(400, "IdempotencyKeyMissing"), (422, "Invalid")}


@pytest.mark.parametrize("place", ["booking_public.after_wait"])
async def test_a_wish_goes_on_where_it_ended(
    stranger: Stranger, line: InLine, failing: Callable[[str], None], place: str
):
    failing(place)
    with pytest.raises(FailpointReached):
        await join(stranger, key="one")
    failing("")
    assert (await join(stranger, key="one")).status_code == 201
    assert len(line.wanted) == 1


async def test_without_an_answer_of_appointments_the_key_asks_again(stranger: Stranger, line: InLine):
    line.is_down = True
    assert (await join(stranger, key="one")).status_code == 503
    line.is_down = False
    assert (await join(stranger, key="one")).status_code == 201


@pytest.mark.parametrize(
    ("answer", "status", "code"),
    [
        (WaitAnswer(refused="SeatsLeft"), 409, "SeatsLeft"),
        (WaitAnswer(refused="AlreadyInSession"), 409, "AlreadyInSession"),
        (WaitAnswer(refused="AlreadyWaiting"), 409, "AlreadyWaiting"),
        (WaitAnswer(refused="NotBookable"), 409, "NotBookable"),
        (WaitAnswer(unknown=["serviceId"]), 422, "Invalid"),
    ],
)
async def test_a_refusal_is_kept_with_its_key(
    stranger: Stranger, line: InLine, answer: WaitAnswer, status: int, code: str
):
    line.refusal = answer
    first = await join(stranger, key="one")
    line.refusal = None
    again = await join(stranger, key="one")
    assert (first.status_code, first.json()["code"]) == (again.status_code, again.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"from": None, "to": None}, "/from"),
        ({"to": None}, "/to"),
        ({"to": DAY["from"]}, "/to"),
        ({"to": "2028-03-03T00:00:00Z"}, "/to"),
        ({"from": "2020-03-03T00:00:00Z", "to": "2020-03-04T00:00:00Z"}, "/to"),
        ({"sessionId": str(uuid7())}, "/from"),
        ({"sessionId": str(uuid7()), "staffId": str(uuid7())}, "/sessionId"),
        ({"serviceId": "x"}, "/serviceId"),
        ({"state": "offered"}, "/state"),
        ({"customer": {"name": "Sara"}}, "/customer/email"),
    ],
)
async def test_what_is_no_wish_is_refused(stranger: Stranger, line: InLine, changed: Any, pointer: str):
    answer = await join(stranger, **changed)
    assert answer.status_code == 422, answer.text
    assert pointer in {error["pointer"] for error in answer.json()["errors"]}
    assert not line.wanted


async def test_what_the_page_does_not_offer_is_not_waited_for(app: FastAPI, stranger_of: StrangerOf, line: InLine):
    nobody = await stranger_of(app, staffIds=[])
    answer = await join(nobody, staffId=str(uuid7()))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/staffId")
    assert not line.wanted


async def test_a_link_is_for_one_wish_and_for_nothing_else(stranger: Stranger):
    first = await joined(stranger)
    token = first.removeprefix(WISH)
    for path in (f"{WISH}{'a' * 43}", f"{WISH}{token}x", f"{WISH}{token[:-1]}\u0660", LINK + token):
        assert (await stranger.client.get(path)).status_code == 404
    booking = (await stranger.book(START)).json()["manageToken"]
    assert (await stranger.client.get(WISH + booking)).status_code == 404


async def test_nothing_of_who_waits_is_kept_here(stranger: Stranger, sql: asyncpg.Connection):
    path = await joined(stranger)
    rows = await sql.fetch("SELECT to_jsonb(w) AS row FROM guest_waits w")
    kept = json.dumps([row["row"] for row in rows])
    for secret in ("Sara", "sara@example.com", path.removeprefix(WISH)):
        assert secret not in kept


async def test_a_wish_is_forgotten_when_its_time_is_past(app: FastAPI, stranger: Stranger, sql: asyncpg.Connection):
    path = await joined(stranger)
    await jobs.forget(app.state.uow)
    assert (await stranger.client.get(path)).status_code == 200
    own = "business_id = (SELECT business_id FROM page_slugs WHERE slug = $1)"
    slug = stranger.page.rsplit("/", 1)[1]
    await sql.execute(f"UPDATE guest_waits SET until = now() - interval '1 second' WHERE {own}", slug)
    assert (await stranger.client.get(path)).status_code == 404
    await jobs.forget(app.state.uow)
    assert await sql.fetchval(f"SELECT count(*) FROM guest_waits WHERE {own}", slug) == 0


async def test_one_network_waits_for_so_much_and_no_more(stranger: Stranger):
    guests = [{"name": "Sara", "email": f"sara{number}@example.com"} for number in range(MOST_WAITS + 3)]
    answers = await asyncio.gather(*(join(stranger, customer=guest) for guest in guests))
    assert sorted(answer.status_code for answer in answers) == [201] * MOST_WAITS + [429] * 3
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in answers if answer.status_code == 429)


async def test_a_contact_tries_so_often_and_no_more(new_app: NewApp, stranger_of: StrangerOf):
    stranger = await stranger_of(new_app(guest_attempts_per_contact=2))
    answers = [await join(stranger) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]


async def test_who_waits_proves_to_be_a_person_too(
    new_app: NewApp, stranger_of: StrangerOf, captcha: HCaptcha, verifier: Verifier
):
    stranger = await stranger_of(new_app(captcha=captcha, guest_attempts_per_page=6))
    for body in ({}, {"captchaToken": "no"}):
        verifier.answer = {"success": False}
        refused = await join(stranger, **body)
        assert (refused.status_code, refused.json()["code"]) == (400, "CaptchaFailed")
    verifier.answer = {"success": True, "hostname": "book.example.com"}
    assert (await join(stranger, captchaToken="yes")).status_code == 201
    again = await join(stranger, captchaToken="yes")
    assert (again.status_code, again.json()["code"]) == (400, "CaptchaFailed")
    verifier.status = 500
    answers = [await join(stranger, captchaToken=f"unsure{one}") for one in range(3)]
    assert [answer.status_code for answer in answers][-1] == 503
    assert answers[-1].json()["code"] == "CaptchaUnavailable"
