"""Tokens that are not ours, not for us, or not for now are refused; ours can be checked by anybody."""

import json
from base64 import urlsafe_b64decode
from datetime import timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey

from plumbing.auth import ALGORITHM
from plumbing.clock import utc_now
from plumbing.testing import TestKeys

from ..make import Browser


def _claims(made: Any, **changed: Any) -> dict[str, Any]:
    """The claims of a token of this person, who is signed in; any of them can be changed or, by None, left out."""
    now = int(utc_now().timestamp())
    claims = {**_read(made["accessToken"]), "iat": now, "exp": now + 300, **changed}
    return {name: value for name, value in claims.items() if value is not None}


def _read(token: str) -> dict[str, Any]:
    payload = token.split(".")[1]
    return json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


async def test_the_claims_by_themselves_are_fine(browser: Browser, keys: TestKeys):
    made = await browser.signed_up()
    assert (await browser.me(keys.sign(_claims(made)))).status_code == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://accounts.example.com"},
        {"aud": "another-api"},
        {"exp": 1},
        {"iss": None},
        {"aud": None},
        {"exp": None},
        {"iat": None},
        {"sub": "nobody"},
        {"businessId": None},
        {"role": "admin"},
        {"sid": None},
    ],
)
async def test_a_token_with_other_claims_is_refused(browser: Browser, keys: TestKeys, changed: dict[str, Any]):
    made = await browser.signed_up()
    await _refused(browser, keys.sign(_claims(made, **changed)))


@pytest.mark.parametrize("header", [{"typ": "JWT"}, {"typ": "service+jwt"}, {"kid": "another"}])
async def test_a_token_with_another_header_is_refused(browser: Browser, keys: TestKeys, header: dict[str, Any]):
    made = await browser.signed_up()
    await _refused(browser, keys.sign(_claims(made), header))


async def test_a_token_of_another_issuer_with_our_kid_is_refused(browser: Browser):
    made = await browser.signed_up()
    await _refused(browser, TestKeys("first").sign(_claims(made)))


async def test_a_token_without_a_signature_is_refused(browser: Browser):
    made = await browser.signed_up()
    _, payload, signature = made["accessToken"].split(".")
    none = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0Iiwia2lkIjoiZmlyc3QifQ"  # {"alg":"none","typ":"at+jwt","kid":"first"}
    for token in (f"{none}.{payload}.", f"{none}.{payload}.{signature}"):
        await _refused(browser, token)


async def test_a_public_key_is_no_secret_to_sign_with(browser: Browser, keys: TestKeys):
    made = await browser.signed_up()
    header = {"alg": "HS256", "kid": "first", "typ": "at+jwt"}
    await _refused(browser, jwt.encode(header, _claims(made), OctKey.import_key(keys.public_json)))


async def test_a_token_of_a_session_that_never_was_is_refused(browser: Browser, keys: TestKeys):
    made = await browser.signed_up()
    await _refused(browser, keys.sign(_claims(made, sid="0190c2f0-0000-7000-8000-000000000000")))


@pytest.mark.parametrize("token", ["x", "a.b.c", "", "é"])
async def test_what_is_no_token_is_refused(browser: Browser, token: str):
    answer = await browser.client.get("/api/auth/me", headers={"Authorization": f"Bearer {token}".encode()})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_anybody_can_check_our_tokens(browser: Browser):
    made = await browser.signed_up()
    answer = await browser.client.get("/.well-known/jwks.json")
    assert answer.status_code == 200
    found = jwt.decode(made["accessToken"], KeySet.import_key_set(answer.json()), algorithms=[ALGORITHM])
    assert found.header == {"alg": "Ed25519", "kid": "first", "typ": "at+jwt"}
    assert found.claims["businessId"] == made["business"]["id"]
    assert found.claims["exp"] - found.claims["iat"] == timedelta(minutes=5).total_seconds()


async def _refused(browser: Browser, token: str) -> None:
    answer = await browser.me(token)
    assert (answer.status_code, answer.json()["code"]) == (401, "NotSignedIn")
