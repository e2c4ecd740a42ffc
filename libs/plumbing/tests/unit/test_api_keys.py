"""API keys: who holds one, what it may do, and how long an answer about it counts."""

import asyncio
import re
from datetime import timedelta

import pytest
from starlette.requests import Request
from starlette.types import Scope

from plumbing.api_keys import KEPT, ApiKeys, new_key
from plumbing.auth import Actor, Role, TokenVerifier, member_of
from plumbing.problems import NotAllowed, NotSignedIn, ServiceUnavailable
from plumbing.testing import TestKeys, eventually

from .known import BUSINESS, Known

keys = TestKeys()


@pytest.fixture
def known() -> Known:
    return Known()


def _request(verifier: TokenVerifier, key: str, method: str = "GET") -> Request:
    class App:
        class state:  # noqa: N801  # as the framework calls it
            tokens = verifier
            public_origins = frozenset[str]()

    headers = [(b"authorization", f"Bearer {key}".encode())]
    scope: Scope = {"type": "http", "method": method, "path": "/", "headers": headers, "app": App}
    return Request(scope)


def _verifier(known: Known) -> TokenVerifier:
    return TokenVerifier(keys, api_keys=ApiKeys(known))


def test_a_key_has_256_random_bits_behind_a_prefix_that_scanners_know():
    made = {new_key() for _ in range(50)}
    assert len(made) == 50
    assert all(re.fullmatch(r"sk_sundial_[A-Za-z0-9_-]{43}", key) for key in made)


async def test_a_key_stands_for_a_manager_of_its_business(known: Known):
    key = known.add_key("read", "write")
    member = await member_of(_request(_verifier(known), key, "POST"))
    assert (member.business_id, member.role, member.staff_id) == (BUSINESS, Role.MANAGER, None)
    assert member.actor == Actor("apiKey", known.key_id(key), "Robot")


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
async def test_a_key_that_may_read_may_use_every_safe_method(known: Known, method: str):
    assert await member_of(_request(_verifier(known), known.add_key("read"), method))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
async def test_a_key_that_may_only_read_may_use_no_other(known: Known, method: str):
    with pytest.raises(NotAllowed):
        await member_of(_request(_verifier(known), known.add_key("read"), method))


async def test_a_key_that_may_write_may_read_too(known: Known):
    assert await member_of(_request(_verifier(known), known.add_key("write")))


async def test_an_answer_counts_for_a_moment_and_no_longer(known: Known):
    assert timedelta(seconds=4) > KEPT
    found = ApiKeys(known, kept=timedelta(milliseconds=300))
    key = known.add_key("read")
    for _ in range(5):
        await found.holder(key)
    assert known.asked == 1
    known.delete(key)

    async def is_refused() -> bool:
        try:
            await found.holder(key)
        except NotSignedIn:
            return True
        return False

    await eventually(is_refused, seconds=2)


async def test_many_who_show_a_key_at_once_ask_once(known: Known):
    found, key = ApiKeys(known), known.add_key("read")
    await asyncio.gather(*(found.holder(key) for _ in range(20)))
    assert known.asked == 1


async def test_without_keeping_anything_every_request_asks(known: Known):
    found, key = ApiKeys(known, kept=timedelta()), known.add_key("read")
    for _ in range(3):
        await found.holder(key)
    assert known.asked == 3


async def test_a_key_that_cannot_be_checked_is_not_refused_but_put_off(known: Known):
    found, key = ApiKeys(known), known.add_key("read")
    known.is_down = True
    for _ in range(2):
        with pytest.raises(ServiceUnavailable):
            await found.holder(key)
    known.is_down = False
    assert await found.holder(key)


@pytest.mark.parametrize("key", ["sk_sundial_", "sk_sundial_short", "sk_sundial_" + "A" * 44, "sk_sundial_" + "ü" * 43])
async def test_what_has_not_the_form_of_a_key_is_refused_without_asking(known: Known, key: str):
    with pytest.raises(NotSignedIn):
        await ApiKeys(known).holder(key)
    assert known.asked == 0


async def test_an_unknown_key_is_refused(known: Known):
    with pytest.raises(NotSignedIn):
        await ApiKeys(known).holder(new_key())


async def test_where_there_are_no_keys_a_key_is_no_token():
    with pytest.raises(NotSignedIn):
        await TokenVerifier(keys).bearer(new_key())
