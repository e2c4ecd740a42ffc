"""Access tokens are ours, for us, and alive; everything else is not signed in."""

import json
from uuid import uuid4

import pytest
import time_machine
from joserfc import jwt
from joserfc.jwk import OctKey

from plumbing.auth import ACCESS_TOKEN_TYPE, AUDIENCE, ISSUER, Role, TokenVerifier
from plumbing.clock import utc_now
from plumbing.problems import NotSignedIn
from plumbing.testing import TestKeys

BUSINESS = uuid4()
keys = TestKeys()


async def test_a_good_token_names_its_member():
    staff = uuid4()
    token = keys.access_token(BUSINESS, role=Role.STAFF, staffId=str(staff))
    member = await TokenVerifier(keys).verify(token)
    assert (member.business_id, member.role, member.staff_id) == (BUSINESS, Role.STAFF, staff)


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another-api"},
        {"aud": None},
        {"exp": int(utc_now().timestamp()) - 60},
        {"exp": None},
        {"role": "admin"},
        {"businessId": "1"},
        {"sub": None},
    ],
)
async def test_a_token_with_a_wrong_claim_is_refused(changed):
    with pytest.raises(NotSignedIn):
        await TokenVerifier(keys).verify(keys.access_token(BUSINESS, **changed))


async def test_a_key_of_another_issuer_is_refused():
    with pytest.raises(NotSignedIn):
        await TokenVerifier(keys).verify(TestKeys().access_token(BUSINESS))
    with pytest.raises(NotSignedIn):
        await TokenVerifier(keys).verify(TestKeys("other").access_token(BUSINESS))


async def test_a_token_of_another_type_is_refused():
    claims = json.loads(json.dumps(_claims()))
    with pytest.raises(NotSignedIn):
        await TokenVerifier(keys).verify(keys.sign(claims, {"typ": "JWT"}))


async def test_alg_none_is_refused():
    header = "eyJhbGciOiJub25lIiwia2lkIjoidGVzdCIsInR5cCI6ImF0K2p3dCJ9"
    body = keys.access_token(BUSINESS).split(".")[1]
    with pytest.raises(NotSignedIn):
        await TokenVerifier(keys).verify(f"{header}.{body}.")


async def test_a_symmetric_signature_made_with_the_public_key_is_refused():
    secret = OctKey.import_key(keys.public_json)
    header = {"alg": "HS256", "kid": "test", "typ": ACCESS_TOKEN_TYPE}
    with pytest.raises(NotSignedIn):
        await TokenVerifier(keys).verify(jwt.encode(header, _claims(), secret))


@pytest.mark.parametrize("token", ["", "a", "a.b", "a.b.c", "ü.ü.ü", "e30.e30.e30"])
async def test_what_is_no_token_is_refused(token):
    with pytest.raises(NotSignedIn):
        await TokenVerifier(keys).verify(token)


async def test_a_remembered_token_ends_with_its_time():
    verifier = TokenVerifier(keys)
    token = keys.access_token(BUSINESS)
    await verifier.verify(token)
    with time_machine.travel(utc_now().timestamp() + 301), pytest.raises(NotSignedIn):
        await verifier.verify(token)


def _claims() -> dict[str, object]:
    now = int(utc_now().timestamp())
    return {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": str(uuid4()),
        "sid": str(uuid4()),
        "businessId": str(BUSINESS),
        "role": "owner",
        "iat": now,
        "exp": now + 300,
    }
