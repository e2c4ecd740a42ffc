"""hCaptcha: neither open nor closed for everybody when nobody can say who is a person."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from fastapi import FastAPI

from booking_public.clients.captcha import REST_AFTER, TRIES, HCaptcha, Proof

from ...desk import Stranger
from .conftest import Verifier

START = datetime(2027, 3, 2, 9, tzinfo=UTC)

type NewApp = Callable[..., FastAPI]
type StrangerOf = Callable[..., Awaitable[Stranger]]


@pytest.fixture
async def stranger(new_app: NewApp, stranger_of: StrangerOf, captcha: HCaptcha) -> Stranger:
    """A guest where a captcha is asked for."""
    return await stranger_of(new_app(captcha=captcha))


async def test_who_proves_to_be_a_person_books(stranger: Stranger, verifier: Verifier):
    answer = await stranger.book(START, captchaToken="token-1")
    assert (answer.status_code, answer.json()["appointment"]["status"]) == (201, "CONFIRMED")
    assert verifier.asked == [{"secret": "0xsecret", "response": "token-1", "sitekey": "site"}]


async def test_without_a_token_nothing_is_booked(stranger: Stranger, verifier: Verifier):
    answer = await stranger.book(START)
    assert (answer.status_code, answer.json()["code"]) == (400, "CaptchaFailed")
    assert verifier.asked == []


@pytest.mark.parametrize(
    "verdict",
    [
        {"success": False, "error-codes": ["invalid-or-already-seen-response"]},
        {"success": False, "hostname": "book.example.com"},
        {"success": True, "hostname": "evil.example.com"},
        {"success": True},
    ],
)
async def test_what_hcaptcha_refuses_is_closed(stranger: Stranger, verifier: Verifier, verdict: dict[str, object]):
    verifier.answer = verdict
    answer = await stranger.book(START, captchaToken="token-2")
    assert (answer.status_code, answer.json()["code"]) == (400, "CaptchaFailed")


async def test_a_token_proves_one_attempt(stranger: Stranger):
    assert (await stranger.book(START, captchaToken="token-3")).status_code == 201
    again = await stranger.book(START + timedelta(hours=2), captchaToken="token-3")
    assert (again.status_code, again.json()["code"]) == (400, "CaptchaFailed")


async def test_the_same_attempt_may_prove_itself_anew(stranger: Stranger):
    body = stranger.order(START)
    first = await stranger.send("/book", {**body, "captchaToken": "token-4"}, key="one")
    again = await stranger.send("/book", {**body, "captchaToken": "token-5"}, key="one")
    assert (again.status_code, again.json()) == (201, first.json())


async def test_when_nobody_can_say_the_owner_decides_and_less_is_allowed(
    new_app: NewApp, stranger_of: StrangerOf, captcha: HCaptcha, verifier: Verifier
):
    verifier.status = 500
    stranger = await stranger_of(new_app(captcha=captcha, guest_attempts_per_page=6))
    answers = [await stranger.book(START + timedelta(hours=hour), captchaToken="token-6") for hour in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 503]
    assert answers[0].json()["appointment"]["status"] == "PENDING"
    assert answers[2].json()["code"] == "CaptchaUnavailable"
    assert "Retry-After" in answers[2].headers


async def test_who_does_not_answer_is_asked_twice_and_then_left_in_peace(captcha: HCaptcha, verifier: Verifier):
    verifier.status = 500
    assert [await captcha.verify("token") for _ in range(REST_AFTER + 2)] == [Proof.UNSURE] * (REST_AFTER + 2)
    assert len(verifier.asked) == REST_AFTER * TRIES


async def test_what_is_no_verdict_is_none(captcha: HCaptcha, verifier: Verifier):
    verifier.answer = {"ok": True}
    assert await captcha.verify("token") is Proof.UNSURE
