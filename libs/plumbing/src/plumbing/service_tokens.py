"""How one service knows another: EdDSA tokens of at most a minute, checked with keys that were configured."""

import json
from datetime import timedelta
from typing import Annotated
from uuid import uuid4

from fastapi import Depends, Request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey

from plumbing.auth import ALGORITHM, key_id, verified_claims
from plumbing.clock import utc_now
from plumbing.problems import NotSignedIn

SERVICE_TOKEN_TYPE = "service+jwt"  # noqa: S105  # a media type
TOKEN_LIFE = timedelta(seconds=60)
_RENEW_AFTER = timedelta(seconds=30)
_REMEMBERED_TOKENS = 1_000


class ServiceToken:
    """Signs the short-lived token by which one service knows another (EdDSA, RFC 8037)."""

    def __init__(self, private_key: str, *, audience: str) -> None:
        """`private_key` is an Ed25519 JWK in JSON; its `kid` is this service's name."""
        self._key = OKPKey.import_key(json.loads(private_key))
        self._audience = audience
        self._token = ""
        self._made_at = utc_now() - TOKEN_LIFE

    def current(self) -> str:
        """A token with at least half its life ahead."""
        now = utc_now()
        if now - self._made_at > _RENEW_AFTER:
            claims = {
                "iss": self._key.kid,
                "aud": self._audience,
                "iat": int(now.timestamp()),
                "exp": int((now + TOKEN_LIFE).timestamp()),
                "jti": str(uuid4()),
            }
            header = {"alg": ALGORITHM, "kid": self._key.kid, "typ": SERVICE_TOKEN_TYPE}
            self._token = jwt.encode(header, claims, self._key, algorithms=[ALGORITHM])
            self._made_at = now
        return self._token


class KnownKeys:
    """Public keys that do not change while the process runs."""

    def __init__(self, jwks: str) -> None:
        """`jwks` is a JWKS in JSON."""
        keys = json.loads(jwks)
        self._keys = KeySet.import_key_set(keys) if keys["keys"] else KeySet([])

    async def current(self, *, unknown_kid: str | None = None) -> KeySet:
        """The keys, whatever the token names."""
        return self._keys


class ServiceTokenVerifier:
    """Checks that a caller of `/internal` is a service that this one trusts."""

    def __init__(self, trusted: str, *, audience: str) -> None:
        """`trusted` is a JWKS in JSON, a key's `kid` the service's name; `audience` is this service's own name."""
        self._keys = KnownKeys(trusted)
        self._audience = audience
        self._seen: dict[str, tuple[str, int]] = {}

    async def verify(self, token: str) -> str:
        """The caller's name. Raises NotSignedIn when the token is not one of a trusted service, for us, now."""
        name, until = self._seen.get(token, ("", 0))
        if until > utc_now().timestamp():
            return name
        try:
            return await self._check(token)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise NotSignedIn("This service token is not valid.") from error

    async def _check(self, token: str) -> str:
        name = key_id(token)
        claims = await verified_claims(token, self._keys, kind=SERVICE_TOKEN_TYPE, issuer=name, audience=self._audience)
        if len(self._seen) >= _REMEMBERED_TOKENS:
            self._seen.clear()
        self._seen[token] = (name, int(claims["exp"]))
        return name


async def calling_service(request: Request) -> str:
    """The name of the service that calls. Raises NotSignedIn for everybody else."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise NotSignedIn
    return await request.app.state.service_tokens.verify(token)


CallingService = Annotated[str, Depends(calling_service)]
"""The name of the service that calls `/internal`; everybody else is NotSignedIn."""
