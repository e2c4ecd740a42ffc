"""The rules of sessions, refresh tokens and guessing."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.domain import (
    CURRENCIES,
    IDLE,
    LONGEST_SESSION,
    Session,
    SignInLimit,
    email_hash,
    new_nonce,
    new_token,
    successor,
    token_hash,
)
from contracts.ids import BusinessId, SessionId, UserId
from contracts.money import exponent

from ..make import NOW, a_business

SESSION = Session(
    SessionId(uuid4()), BusinessId(uuid4()), UserId(uuid4()), used_at=NOW, expires_at=NOW + LONGEST_SESSION
)
LIMIT = SignInLimit(failures=3, window=timedelta(minutes=15))
SECOND = timedelta(seconds=1)


def test_a_session_is_over_when_idle_for_too_long():
    assert SESSION.is_live(NOW + IDLE - SECOND)
    assert not SESSION.is_live(NOW + IDLE)


def test_a_session_is_over_in_the_end_however_busy():
    busy = replace(SESSION, used_at=SESSION.expires_at - SECOND)
    assert busy.is_live(SESSION.expires_at - SECOND)
    assert not busy.is_live(SESSION.expires_at)


def test_an_ended_session_is_over_at_once():
    assert not replace(SESSION, ended_at=NOW).is_live(NOW)


def test_a_refresh_token_has_256_bits():
    token = new_token()
    assert len(token) == len(successor(token, new_nonce())) == 43


def test_the_successor_of_a_token_is_always_the_same_one():
    assert successor("token", b"nonce") == successor("token", b"nonce")


def test_the_successor_needs_both_the_token_and_the_nonce():
    assert len({successor(token, nonce) for token in "ab" for nonce in (b"1", b"2")}) == 4


def test_tokens_and_addresses_are_stored_as_hashes():
    assert b"token" not in token_hash("token")
    assert b"amira" not in email_hash("amira@example.com")


@pytest.mark.parametrize(
    ("minutes_ago", "wait"),
    [
        ([], 0),
        ([1, 2], 0),
        ([1, 2, 15], 0),  # one that is as old as the window does not count
        ([1, 2, 14], 60),
        ([14, 2, 1], 60),
        ([0, 0, 0], 900),
        ([1, 2, 3, 14], 720),  # two of the four must stop counting first
    ],
)
def test_another_password_may_be_tried_when_few_enough_failures_count(minutes_ago: list[int], wait: int):
    failed_at = [NOW - timedelta(minutes=minutes) for minutes in minutes_ago]
    assert LIMIT.wait(failed_at, NOW) == wait


def test_the_wait_is_at_least_a_second():
    failed_at = [NOW - LIMIT.window + timedelta(milliseconds=1)] * 3
    assert LIMIT.wait(failed_at, NOW) == 1


@pytest.mark.parametrize("code", ["AED", "KWD", "BHD", "JPY", "EUR", "USD"])
def test_what_people_pay_in_is_a_currency(code: str):
    assert code in CURRENCIES


@pytest.mark.parametrize("code", ["XXX", "XTS", "XAU", "CLF", "DEM", "HRK", "ABC"])
def test_metals_funds_and_former_codes_are_not(code: str):
    assert code not in CURRENCIES


def test_every_currency_has_a_plausible_minor_unit():
    assert {exponent(code) for code in CURRENCIES} == {0, 2, 3}


def test_every_service_may_know_the_contact_and_not_the_dates():
    details = a_business(contact_email="hi@example.com").details
    assert details.contact_email == "hi@example.com"
    assert not hasattr(details, "created_at")
