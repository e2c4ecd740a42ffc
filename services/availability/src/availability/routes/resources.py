"""Rooms and machines, one row per unit."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from availability.domain import HasAppointments, Resource
from availability.queries.resources import WantedResources, resource, resource_page
from availability.schemas.resources import NewResource, ResourceChanges
from availability.use_cases.add_resource import add_resource
from availability.use_cases.edit_resource import archive_resource, edit_resource
from contracts.ids import ResourceId
from plumbing.answers import Answer
from plumbing.auth import Manager, SignedIn
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
from plumbing.revisions import IfMatch, etag
from plumbing.schemas import Name
from plumbing.web import problems

_READING = (NotSignedIn, ServiceUnavailable)
_WRITING = (*_READING, NotAllowed, CrossSiteRequest, Invalid)
_ADDING = (*_WRITING, RequestInProgress, IdempotencyKeyReused)
_CHANGING = (*_WRITING, NotFound, StaleRevision, HasAppointments)

router = APIRouter(prefix="/api/resources", tags=["resources"], route_class=EdgeRoute)


async def _wanted(
    kind: Annotated[Name | None, Query()] = None, active: Annotated[bool | None, Query()] = None
) -> WantedResources:
    return WantedResources(kind, active)


@router.get("", response_model=Page[Resource], responses=problems(*_READING))
async def list_resources(
    paging: Paging, member: SignedIn, uow: Uow, wanted: Annotated[WantedResources, Depends(_wanted)]
) -> Response:
    """The units in the order in which they were added, without the archived ones."""
    after = paging.last_id()
    async with uow() as tx:
        found = await resource_page(tx, member.business_id, wanted, after=after, limit=paging.limit + 1)
    return Answer.of(page_of(found, paging, key=lambda one: (one.id,), item=lambda one: one))


@router.post("", status_code=201, response_model=Resource, responses=problems(*_ADDING), openapi_extra=ACCEPTS_KEY)
async def create_resource(body: NewResource, member: Manager, uow: Uow) -> Response:
    """Add one unit of a kind."""
    async with uow() as tx:
        made = await add_resource(tx, member.business_id, body.fields(), now=utc_now())
        return tx.answer(made, 201, {"Location": f"{router.prefix}/{made.id}", **etag(made.revision)})


@router.get("/{resource_id}", response_model=Resource, responses=problems(*_READING, NotFound))
async def read_resource(resource_id: ResourceId, member: SignedIn, uow: Uow) -> Response:
    """One unit."""
    async with uow() as tx:
        found = await resource(tx, member.business_id, resource_id)
    if found is None:
        raise NotFound
    return Answer.of(found, headers=etag(found.revision))


@router.put("/{resource_id}", response_model=Resource, responses=problems(*_CHANGING))
async def update_resource(
    resource_id: ResourceId, body: ResourceChanges, member: Manager, uow: Uow, expected: IfMatch
) -> Response:
    """Change the fields that are sent. What appointments to come need stays active and keeps its kind."""
    changes, now = body.changes(), utc_now()
    async with uow() as tx:
        after = await edit_resource(tx, member.business_id, resource_id, changes, now=now, expected=expected)
        return tx.answer(after, headers=etag(after.revision))


@router.delete("/{resource_id}", status_code=204, responses=problems(*_CHANGING))
async def remove_resource(resource_id: ResourceId, member: Manager, uow: Uow, expected: IfMatch) -> Response:
    """Archive a unit that no appointment to come needs."""
    async with uow() as tx:
        await archive_resource(tx, member.business_id, resource_id, now=utc_now(), expected=expected)
        return tx.answer(None, 204)
