"""Access tokens: signed here, checked everywhere with the public keys."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from joserfc import jwt
from joserfc.jwk import OKPKey

from accounts.domain import ACCESS_TOKEN_LIFE, Admission
from plumbing.auth import ACCESS_TOKEN_TYPE, ALGORITHM, AUDIENCE, ISSUER


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A token, and until when it is accepted."""

    text: str
    expires_at: datetime


class AccessTokens:
    """Signs access tokens with the first of the keys; all of them are published, so that keys can be replaced."""

    def __init__(self, signing_keys: str) -> None:
        """`signing_keys` is a JWKS of private Ed25519 keys in JSON."""
        self._keys = [OKPKey.import_key(key) for key in json.loads(signing_keys)["keys"]]

    @property
    def public_keys(self) -> list[dict[str, Any]]:
        """The public halves, as JWKs."""
        return [
            {"kty": "OKP", "crv": "Ed25519", "x": key.as_dict(private=False)["x"], "kid": key.kid}
            | {"use": "sig", "alg": ALGORITHM}
            for key in self._keys
        ]

    @property
    def public_json(self) -> str:
        """The public halves, as a JWKS in JSON."""
        return json.dumps({"keys": self.public_keys})

    def issue(self, signed_in: Admission, *, now: datetime) -> AccessToken:
        """A token of this session."""
        expires_at = now.replace(microsecond=0) + ACCESS_TOKEN_LIFE
        text = jwt.encode(
            {"alg": ALGORITHM, "kid": self._keys[0].kid, "typ": ACCESS_TOKEN_TYPE},
            _claims(signed_in) | {"iat": int(now.timestamp()), "exp": int(expires_at.timestamp())},
            self._keys[0],
            algorithms=[ALGORITHM],
        )
        return AccessToken(text, expires_at)


def _claims(signed_in: Admission) -> dict[str, Any]:
    who = signed_in.membership
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": str(who.user.id),
        "businessId": str(who.business.id),
        "role": who.role.value,
        "rev": who.revision,
        "sid": str(signed_in.session.id),
    }
    return claims if who.staff_id is None else {**claims, "staffId": str(who.staff_id)}
