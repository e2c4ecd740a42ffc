"""Endpoints of a business's own systems."""

from fastapi import APIRouter, Response

from contracts.ids import WebhookEndpointId
from notifications.domain.webhooks import TooManyEndpoints
from notifications.queries.webhooks import endpoint_page, one_endpoint
from notifications.schemas.webhooks import EndpointChanges, EndpointMade, EndpointOut, NewEndpoint
from notifications.use_cases.webhooks.edit_endpoint import (
    add_endpoint,
    change_endpoint,
    delete_endpoint,
    locked_endpoint,
    rotate_secret,
)
from plumbing.answers import Answer
from plumbing.auth import Manager
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
    StaleRevision,
)
from plumbing.revisions import IfMatch, etag, refuse_stale
from plumbing.web import problems

_READING = (NotSignedIn, NotAllowed, ServiceUnavailable)
_WRITING = (*_READING, CrossSiteRequest, NotFound)
_ADDING = (*_READING, CrossSiteRequest, RequestInProgress, Invalid, IdempotencyKeyReused, TooManyEndpoints)
_NOT_KEPT = {"Cache-Control": "no-store"}
"""A secret is for whoever asked, and for nobody's cache."""

router = APIRouter(prefix="/api/webhook-endpoints", tags=["notifications"], route_class=EdgeRoute)


@router.get("", response_model=Page[EndpointOut], responses=problems(*_READING, Invalid))
async def list_endpoints(paging: Paging, member: Manager, uow: Uow) -> Response:
    """The endpoints in the order in which they were made, without their secrets."""
    after = paging.last_id()
    async with uow() as tx:
        found = await endpoint_page(tx, member.business_id, after=after, limit=paging.limit + 1)
    return Answer.of(page_of(found, paging, key=lambda one: (one.id,), item=EndpointOut.of))


@router.post("", status_code=201, response_model=EndpointMade, responses=problems(*_ADDING), openapi_extra=ACCEPTS_KEY)
async def create_endpoint(body: NewEndpoint, member: Manager, uow: Uow) -> Response:
    """Send events there from now on, signed as Standard Webhooks says. The secret is shown this once."""
    wanted = {"url": body.url, "description": body.description}
    async with uow() as tx:
        made = await add_endpoint(tx, member.business_id, **wanted, events=body.events, now=utc_now())
        tx.answer(EndpointMade.of(made), 201, _NOT_KEPT)  # what is kept with an Idempotency-Key has no secret
    return Answer.of(EndpointMade.of(made).with_secret(made.secret), 201, _NOT_KEPT)


@router.get("/{endpoint_id}", response_model=EndpointOut, responses=problems(*_READING, NotFound))
async def read_endpoint(endpoint_id: WebhookEndpointId, member: Manager, uow: Uow) -> Response:
    """One endpoint."""
    async with uow() as tx:
        found = await one_endpoint(tx, member.business_id, endpoint_id)
    return Answer.of(EndpointOut.of(found), headers=etag(found.revision))


@router.put("/{endpoint_id}", response_model=EndpointOut, responses=problems(*_WRITING, Invalid, StaleRevision))
async def update_endpoint(
    endpoint_id: WebhookEndpointId, body: EndpointChanges, member: Manager, uow: Uow, expected: IfMatch
) -> Response:
    """Change the fields that are sent. `enabled` true switches one on again that was switched off."""
    async with uow() as tx:
        before = await locked_endpoint(tx, member.business_id, endpoint_id)
        refuse_stale(expected, before.revision, EndpointOut.of(before))
        after = await change_endpoint(tx, before, body.changes())
        return tx.answer(EndpointOut.of(after), headers=etag(after.revision))


@router.delete("/{endpoint_id}", status_code=204, responses=problems(*_WRITING))
async def remove_endpoint(endpoint_id: WebhookEndpointId, member: Manager, uow: Uow) -> Response:
    """Delete an endpoint, and the log of its deliveries."""
    async with uow() as tx:
        await delete_endpoint(tx, await locked_endpoint(tx, member.business_id, endpoint_id))
        return tx.answer(None, 204)


@router.post("/{endpoint_id}/rotate-secret", response_model=EndpointMade, responses=problems(*_WRITING))
async def rotate_endpoint_secret(endpoint_id: WebhookEndpointId, member: Manager, uow: Uow) -> Response:
    """A new secret, shown this once. The one before signs, too, for a day."""
    async with uow() as tx:
        before = await locked_endpoint(tx, member.business_id, endpoint_id)
        after = await rotate_secret(tx, before, now=utc_now())
        tx.answer(EndpointMade.of(after), 200, _NOT_KEPT)
    return Answer.of(EndpointMade.of(after).with_secret(after.secret), 200, _NOT_KEPT)
