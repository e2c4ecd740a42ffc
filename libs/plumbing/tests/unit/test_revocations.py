"""Access tokens that were taken back are refused from the next reading on, whatever happens to accounts."""

import asyncio
from uuid import UUID, uuid4

import pytest

from plumbing.auth import TokenVerifier
from plumbing.db import UnitOfWork, create_engine
from plumbing.problems import NotSignedIn, ServiceUnavailable
from plumbing.revocations import Revocations
from plumbing.testing import TestKeys

from .known import BUSINESS, Known

keys = TestKeys()
UOW = UnitOfWork(create_engine("postgresql://nobody@127.0.0.1:1/nowhere", name="test"))


@pytest.fixture
def known() -> Known:
    return Known()


@pytest.fixture
def revocations(known: Known) -> Revocations:
    return Revocations(known)


@pytest.fixture
def verifier(revocations: Revocations) -> TokenVerifier:
    return TokenVerifier(keys, revoked=revocations)


def _token(session: UUID, revision: int = 1) -> str:
    return keys.access_token(BUSINESS, sid=str(session), rev=revision)


async def test_a_token_is_refused_once_its_session_is_named(
    known: Known, revocations: Revocations, verifier: TokenVerifier
):
    session = uuid4()
    assert (await verifier.verify(_token(session))).session_id == session
    known.revoke(session)
    await revocations.refresh(UOW)
    with pytest.raises(NotSignedIn):
        await verifier.verify(_token(session))
    await verifier.verify(_token(uuid4()))


async def test_tokens_of_before_a_change_are_refused_and_those_of_after_are_not(
    known: Known, revocations: Revocations, verifier: TokenVerifier
):
    session = uuid4()
    known.revoke(session, before=3)
    await revocations.refresh(UOW)
    with pytest.raises(NotSignedIn):
        await verifier.verify(_token(session, 2))
    assert (await verifier.verify(_token(session, 3))).revision == 3


async def test_a_token_of_an_older_release_says_no_revision_and_is_older_than_any_change(
    known: Known, verifier: TokenVerifier
):
    session = uuid4()
    known.revoke(session, before=2)
    with pytest.raises(NotSignedIn):
        await verifier.verify(keys.access_token(BUSINESS, sid=str(session)))


async def test_the_last_list_stays_while_accounts_cannot_be_reached(
    known: Known, revocations: Revocations, verifier: TokenVerifier
):
    session = uuid4()
    known.revoke(session)
    await revocations.refresh(UOW)
    known.is_down = True
    await revocations.refresh(UOW)
    await verifier.verify(_token(uuid4()))
    with pytest.raises(NotSignedIn):
        await verifier.verify(_token(session))


async def test_nobody_gets_in_before_the_list_was_read_once(known: Known, verifier: TokenVerifier):
    known.is_down = True
    with pytest.raises(ServiceUnavailable):
        await verifier.verify(_token(uuid4()))
    known.is_down = False
    await verifier.verify(_token(uuid4()))


async def test_the_list_is_read_once_however_many_ask_first_and_then_by_the_timer_alone(
    known: Known, verifier: TokenVerifier
):
    await asyncio.gather(*(verifier.verify(_token(uuid4())) for _ in range(20)))
    assert known.asked == 1
