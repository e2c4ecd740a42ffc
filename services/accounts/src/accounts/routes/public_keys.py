"""The public keys, by which every other service checks access tokens itself."""

from fastapi import APIRouter, Response

from accounts.routes.access import Accessing
from accounts.schemas.sign_in import PublicKey, PublicKeys
from plumbing.answers import Answer
from plumbing.idempotency import EdgeRoute

router = APIRouter(tags=["sign-in"], route_class=EdgeRoute)


@router.get("/.well-known/jwks.json", response_model=PublicKeys)
async def read_public_keys(access: Accessing) -> Response:
    """The keys that access tokens may be signed with."""
    keys = [PublicKey.model_validate(key) for key in access.tokens.public_keys]
    return Answer.of(PublicKeys(keys=keys), headers={"Cache-Control": "public, max-age=60"})
