"""Services know each other by short-lived tokens, meant for one of them."""

from uuid import uuid4

import pytest
import time_machine

from plumbing.clock import utc_now
from plumbing.problems import NotSignedIn
from plumbing.service_tokens import ServiceToken, ServiceTokenVerifier
from plumbing.testing import TestKeys

keys = TestKeys("appointments")


def verifier(audience: str = "availability") -> ServiceTokenVerifier:
    return ServiceTokenVerifier(keys.public_json, audience=audience)


async def test_a_trusted_service_is_known_by_name():
    token = ServiceToken(keys.private_json, audience="availability").current()
    assert await verifier().verify(token) == "appointments"


async def test_a_token_for_another_service_is_refused():
    token = ServiceToken(keys.private_json, audience="availability").current()
    with pytest.raises(NotSignedIn):
        await verifier("accounts").verify(token)


async def test_a_service_that_is_not_trusted_is_refused():
    token = ServiceToken(TestKeys("appointments").private_json, audience="availability").current()
    with pytest.raises(NotSignedIn):
        await verifier().verify(token)


async def test_a_members_token_is_no_service_token():
    with pytest.raises(NotSignedIn):
        await verifier().verify(keys.access_token(uuid4()))


async def test_a_token_is_renewed_before_it_ends():
    signer = ServiceToken(keys.private_json, audience="availability")
    first = signer.current()
    assert signer.current() == first
    with time_machine.travel(utc_now().timestamp() + 45):
        second = signer.current()
        assert second != first
        assert await verifier().verify(second) == "appointments"


async def test_a_remembered_token_ends_with_its_time():
    token = ServiceToken(keys.private_json, audience="availability").current()
    known = verifier()
    await known.verify(token)
    with time_machine.travel(utc_now().timestamp() + 70), pytest.raises(NotSignedIn):
        await known.verify(token)
