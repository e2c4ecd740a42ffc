"""Settings that cannot work are refused at the start, in words."""

import json
from typing import Any

import pytest
from joserfc.jwk import OKPKey
from pydantic import ValidationError

from plumbing.testing import TestKeys

from ..make import jwks, settings


def _key(**changed: Any) -> str:
    key = {**json.loads(TestKeys("first").private_json), **changed}
    return json.dumps({"keys": [{name: value for name, value in key.items() if value is not None}]})


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("not json", "must be a JWKS in JSON"),
        ("[]", "must be a JWKS in JSON"),
        ("{}", "must be a JWKS in JSON"),
        ('{"keys": []}', "must hold at least one key"),
        ('{"keys": ["x"]}', "key 1 must be an Ed25519 key"),
        (_key(kty="oct", k="AAAA"), "key 1 must be an Ed25519 key"),
        (_key(crv="X25519"), "key 1 must be an Ed25519 key"),
        (_key(kid=None), "key 1 must have a kid"),
        (_key(kid=""), "key 1 must have a kid"),
        (_key(d=None), "key 1 must be a private key"),
        (_key(d="AAAA"), "key 1 is malformed"),
        (_key(x=OKPKey.generate_key("Ed25519").as_dict()["x"]), "key 1 is malformed"),
    ],
)
def test_keys_that_cannot_sign_are_refused(keys: str, words: str):
    with pytest.raises(ValidationError, match=words):
        settings(signing_keys=keys)


def test_two_keys_of_one_name_are_refused():
    with pytest.raises(ValidationError, match="two keys with the same kid"):
        settings(signing_keys=jwks(TestKeys("one"), TestKeys("one")))


def test_a_key_is_never_shown():
    keys = TestKeys("first")
    assert json.loads(keys.private_json)["d"] not in repr(settings(signing_keys=jwks(keys)))


def test_production_refuses_weak_hashing():
    with pytest.raises(ValidationError, match="in production PASSWORD_MEMORY_KIB must be at least 19456"):
        settings(env="production")


def test_production_accepts_the_default_hashing():
    made = settings(env="production", password_memory_kib=19_456, password_passes=2)
    assert made.sign_in_window.total_seconds() == 900
