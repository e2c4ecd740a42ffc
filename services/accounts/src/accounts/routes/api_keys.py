"""API keys, as owners see them."""

from fastapi import APIRouter, Response

from accounts.queries import api_key_page
from accounts.routes.access import NOT_KEPT, managing_members, still_owner
from accounts.schemas.api_keys import ApiKeyMade, ApiKeyOut, NewApiKey
from accounts.use_cases.add_api_key import add_api_key, delete_api_key
from contracts.ids import ApiKeyId
from plumbing.answers import Answer
from plumbing.api_keys import new_key
from plumbing.auth import Owner
from plumbing.clock import utc_now
from plumbing.idempotency import ACCEPTS_KEY, EdgeRoute, Uow
from plumbing.pages import Page, Paging, page_of
from plumbing.problems import (
    CrossSiteRequest,
    IdempotencyKeyReused,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    RequestInProgress,
    ServiceUnavailable,
)
from plumbing.web import problems

_READING = (NotSignedIn, NotAllowed, ServiceUnavailable)
_ADDING = (*_READING, CrossSiteRequest, RequestInProgress, Invalid, IdempotencyKeyReused)

router = APIRouter(prefix="/api/api-keys", tags=["api-keys"], route_class=EdgeRoute)


@router.get("", response_model=Page[ApiKeyOut], responses=problems(*_READING, Invalid))
async def list_api_keys(paging: Paging, member: Owner, uow: Uow) -> Response:
    """The keys in the order in which they were made, without the keys themselves."""
    after = paging.last_id()
    async with uow() as tx:
        await still_owner(tx, member)
        found = await api_key_page(tx, member.business_id, after=after, limit=paging.limit + 1)
    return Answer.of(page_of(found, paging, key=lambda one: (one.id,), item=ApiKeyOut.of))


@router.post("", status_code=201, response_model=ApiKeyMade, responses=problems(*_ADDING), openapi_extra=ACCEPTS_KEY)
async def create_api_key(body: NewApiKey, member: Owner, uow: Uow) -> Response:
    """Make a key for a program, to be sent as `Authorization: Bearer …`. It is shown this once."""
    key = new_key()
    async with uow() as tx:
        await managing_members(tx, member)
        made = ApiKeyMade.of(add_api_key(tx, member.business_id, body.name, body.scopes, key, now=utc_now()))
        tx.answer(made, 201, NOT_KEPT)  # what is kept with an Idempotency-Key has no secret
    return Answer.of(made.with_secret(key), 201, NOT_KEPT)


@router.delete("/{key_id}", status_code=204, responses=problems(*_READING, CrossSiteRequest, NotFound))
async def remove_api_key(key_id: ApiKeyId, member: Owner, uow: Uow) -> Response:
    """Delete a key: it is refused everywhere within seconds."""
    async with uow() as tx:
        await managing_members(tx, member)
        await delete_api_key(tx, member.business_id, key_id)
        return tx.answer(None, 204)
