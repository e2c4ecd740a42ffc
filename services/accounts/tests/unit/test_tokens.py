"""Access tokens: what is in them, and which key signs."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from accounts.clients.tokens import AccessTokens
from accounts.domain import Admission, Session
from contracts.ids import SessionId, StaffId, uuid7
from plumbing.auth import Role, TokenVerifier
from plumbing.problems import NotSignedIn
from plumbing.service_tokens import KnownKeys
from plumbing.testing import TestKeys

from ..make import NOW, a_membership, jwks

FIRST, SECOND = TestKeys("first"), TestKeys("second")


def _admission(**changed: object) -> Admission:
    who = a_membership(**changed)
    session = Session(SessionId(uuid7()), who.business.id, who.user.id, NOW, NOW + timedelta(days=14))
    return Admission(session, who, "refresh")


@pytest.fixture
def tokens() -> AccessTokens:
    return AccessTokens(jwks(FIRST, SECOND))


@time_machine.travel(NOW, tick=False)
async def test_a_token_stands_for_the_member_and_the_session(tokens: AccessTokens):
    admission = _admission(role=Role.STAFF, staff_id=StaffId(uuid4()))
    issued = tokens.issue(admission, now=NOW)
    member = await TokenVerifier(KnownKeys(tokens.public_json)).verify(issued.text)
    who = admission.membership
    assert (member.user_id, member.business_id, member.role) == (who.user.id, who.business.id, Role.STAFF)
    assert (member.session_id, member.staff_id) == (admission.session.id, who.staff_id)
    assert member.expires_at == issued.expires_at == NOW + timedelta(minutes=5)


async def test_a_token_is_refused_after_five_minutes(tokens: AccessTokens):
    issued = tokens.issue(_admission(), now=NOW)
    with time_machine.travel(NOW + timedelta(minutes=5, seconds=6)), pytest.raises(NotSignedIn):
        await TokenVerifier(KnownKeys(tokens.public_json)).verify(issued.text)


@time_machine.travel(NOW, tick=False)
async def test_the_first_key_signs(tokens: AccessTokens):
    issued = tokens.issue(_admission(), now=NOW)
    await TokenVerifier(FIRST).verify(issued.text)
    with pytest.raises(NotSignedIn):
        await TokenVerifier(SECOND).verify(issued.text)


def test_every_key_is_published_and_no_private_part(tokens: AccessTokens):
    assert [key["kid"] for key in tokens.public_keys] == ["first", "second"]
    assert all(set(key) == {"kty", "crv", "x", "kid", "use", "alg"} for key in tokens.public_keys)


def test_a_member_without_a_staff_member_has_no_staff_id(tokens: AccessTokens):
    longer = tokens.issue(_admission(staff_id=StaffId(uuid4())), now=NOW)
    assert len(tokens.issue(_admission(), now=NOW).text) < len(longer.text)
