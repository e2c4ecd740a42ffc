"""Settings of this service process."""

import json
from datetime import timedelta
from typing import Annotated, Any, Self

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from pydantic import AfterValidator, Field, SecretStr, model_validator

from plumbing.auth import ALGORITHM
from plumbing.settings import Environment, ServiceSettings

_STRONG_MEMORY_KIB = 19_456
_STRONG_PASSES = 2


def _signing_keys(value: SecretStr) -> SecretStr:
    """Refuse what is not a set of private Ed25519 keys, each with a `kid` of its own."""
    try:
        keys = json.loads(value.get_secret_value())["keys"]
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError('must be a JWKS in JSON: {"keys": [...]}') from error
    if not isinstance(keys, list) or not keys:
        raise ValueError("must hold at least one key")
    names = [_refuse_unusable(number, key) for number, key in enumerate(keys, start=1)]
    if len(set(names)) < len(names):
        raise ValueError("must not hold two keys with the same kid")
    return value


def _refuse_unusable(number: int, key: Any) -> str:
    """The `kid` of a key; ValueError in words when it cannot sign."""
    if not isinstance(key, dict) or (key.get("kty"), key.get("crv")) != ("OKP", "Ed25519"):
        raise ValueError(f"key {number} must be an Ed25519 key (kty OKP, crv Ed25519)")
    if not isinstance(key.get("kid"), str) or not key["kid"]:
        raise ValueError(f"key {number} must have a kid")
    if not key.get("d"):
        raise ValueError(f"key {number} must be a private key (with d)")
    try:
        _try_out(OKPKey.import_key(key))
    except (JoseError, ValueError, TypeError) as error:
        raise ValueError(f"key {number} is malformed") from error
    return key["kid"]


def _try_out(key: OKPKey) -> None:
    """Sign something, and check it with the public half: they may not belong together."""
    signed = jwt.encode({"alg": ALGORITHM}, {}, key, algorithms=[ALGORITHM])
    jwt.decode(signed, OKPKey.import_key(key.as_dict(private=False)), algorithms=[ALGORITHM])


class Settings(ServiceSettings):
    """What every service process needs, the keys that sign access tokens, and how passwords are kept and guessed at."""

    jwks_url: str = ""
    """Not read: this service has the keys themselves."""
    accounts_url: str = ""
    """Not read: this service is accounts."""
    service_private_key: SecretStr = SecretStr("")
    """Not read: this service calls no other."""
    signing_keys: Annotated[SecretStr, AfterValidator(_signing_keys)]
    """JWKS of private Ed25519 keys. The first signs access tokens, all of them are published: put a new key second, and
    first once every service has read it; take the old one out five minutes later."""
    password_memory_kib: Annotated[int, Field(ge=8)] = _STRONG_MEMORY_KIB
    """Memory that Argon2id takes to hash a password, in KiB; at least 19456 in production."""
    password_passes: Annotated[int, Field(ge=1)] = _STRONG_PASSES
    """How often Argon2id goes over that memory; at least 2 in production."""
    passwords_at_once: Annotated[int, Field(ge=1)] = 2
    """Passwords that one process hashes at the same time; the others wait."""
    sign_in_failures: Annotated[int, Field(ge=1)] = 10
    """Wrong passwords for one email address, after which it has to wait."""
    sign_in_window_minutes: Annotated[int, Field(ge=1, le=1440)] = 15
    """How long a wrong password counts."""

    @property
    def sign_in_window(self) -> timedelta:
        """How long a wrong password counts."""
        return timedelta(minutes=self.sign_in_window_minutes)

    @model_validator(mode="after")
    def _no_weak_passwords_in_production(self) -> Self:
        weak = self.password_memory_kib < _STRONG_MEMORY_KIB or self.password_passes < _STRONG_PASSES
        if weak and self.env is Environment.PRODUCTION:
            raise ValueError(
                f"in production PASSWORD_MEMORY_KIB must be at least {_STRONG_MEMORY_KIB}"
                f" and PASSWORD_PASSES at least {_STRONG_PASSES}"
            )
        return self
