"""A token that is not ours, not for us, or not for now opens no route, whoever signed it."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from plumbing.auth import ACCESS_TOKEN_TYPE, ALGORITHM
from plumbing.testing import TestKeys
from sundial_local.product import Product
from tests.e2e.operations import operations
from tests.e2e.owner import Owner

BY_PASSWORD = ("/auth/", "/api/invitations/accept")
"""Where 401 is about a password or a link, and nobody has to be signed in."""

NOWHERE = "01890000-0000-7000-8000-000000000000"


class Forge:
    """Makes tokens with the product's own key, from the claims of a good one."""

    def __init__(self, product: Product, good: str) -> None:
        self._key = KeySet.import_key_set(json.loads(product.installation.secrets.signing_keys())).keys[0]
        self.claims = json.loads(_decoded(good.split(".")[1]))

    def signed(self, *, kind: str = ACCESS_TOKEN_TYPE, **changed: Any) -> str:
        """With some claims changed, or left out where they are None."""
        claims = {name: value for name, value in (self.claims | changed).items() if value is not None}
        header = {"alg": ALGORITHM, "kid": self._key.kid, "typ": kind}
        return jwt.encode(header, claims, self._key, algorithms=[ALGORITHM])

    def unsigned(self) -> str:
        """`alg: none`."""
        header = {"alg": "none", "kid": self._key.kid, "typ": ACCESS_TOKEN_TYPE}
        return f"{_encoded(header)}.{_encoded(self.claims)}."

    def of_a_stranger(self) -> str:
        """The same claims under the same key id, signed with another key."""
        return TestKeys(str(self._key.kid)).sign(self.claims)

    def altered(self, good: str) -> str:
        """The good token's signature over claims of another business."""
        header, _, signature = good.split(".")
        return f"{header}.{_encoded(self.claims | {'businessId': NOWHERE})}.{signature}"


@pytest.fixture
def bad_tokens(product: Product, owner: Owner) -> dict[str, str]:
    forge = Forge(product, owner.token)
    past = int((datetime.now(UTC) - timedelta(minutes=1)).timestamp())  # noqa: TID251  # a test's own clock
    return {
        "another issuer": forge.signed(iss="https://elsewhere.example"),
        "no issuer": forge.signed(iss=None),
        "wrong audience": forge.signed(aud="another-api"),
        "no audience": forge.signed(aud=None),
        "expired": forge.signed(exp=past),
        "without an end": forge.signed(exp=None),
        "another type": forge.signed(kind="service+jwt"),
        "alg none": forge.unsigned(),
        "a stranger's key": forge.of_a_stranger(),
        "altered": forge.altered(owner.token),
        "no token": "not-a-token",
    }


async def test_a_good_token_made_the_same_way_opens(product: Product, owner: Owner):
    owner.token = Forge(product, owner.token).signed()
    assert (await owner.call("GET", "/api/staff")).status == 200


async def test_no_route_opens_to_a_bad_token(owner: Owner, bad_tokens: dict[str, str]):
    document = await owner.must("GET", "/api/docs/openapi.json")
    found = [each for each in operations(document) if "401" in each.responses]
    guarded = [each for each in found if not any(part in each.path for part in BY_PASSWORD)]
    assert len(guarded) > 15
    for what, token in bad_tokens.items():
        for operation in guarded:
            stranger = Owner(owner.session, owner.url, token)
            reply = await stranger.call(operation.method, operation.path.replace("{}", NOWHERE))
            assert (reply.status, reply.code) == (401, "NotSignedIn"), (what, operation)


def _decoded(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _encoded(value: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
