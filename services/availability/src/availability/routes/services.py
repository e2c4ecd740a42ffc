"""What is sold: network first, then one transaction, committed before the answer is sent."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from availability.domain import Service
from availability.queries.catalogue import service, service_page
from availability.schemas.services import NewService, ServiceChanges
from availability.use_cases.add_service import add_service
from availability.use_cases.archive_service import archive_service
from availability.use_cases.business import refuse_foreign_currency
from availability.use_cases.edit_service import edit_service
from contracts.ids import ServiceId
from plumbing.answers import Answer
from plumbing.auth import Manager, Member, SignedIn
from plumbing.clock import utc_now
from plumbing.idempotency import EdgeRoute, Uow
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
from plumbing.web import problems

_READING = (NotSignedIn, ServiceUnavailable)
_WRITING = (*_READING, NotAllowed, CrossSiteRequest, Invalid)
_ADDING = (*_WRITING, RequestInProgress, IdempotencyKeyReused)
_CHANGING = (*_WRITING, NotFound, StaleRevision)

router = APIRouter(prefix="/api/services", tags=["services"], route_class=EdgeRoute)


@router.get("", response_model=Page[Service], responses=problems(*_READING))
async def list_services(
    paging: Paging, member: SignedIn, uow: Uow, active: Annotated[bool | None, Query()] = None
) -> Response:
    """The services in the order in which they were added, without the archived ones."""
    after = paging.last_id()
    async with uow() as tx:
        found = await service_page(tx, member.business_id, active=active, after=after, limit=paging.limit + 1)
    return Answer.of(page_of(found, paging, key=lambda one: (one.id,), item=lambda one: one))


@router.post("", status_code=201, response_model=Service, responses=problems(*_ADDING))
async def create_service(body: NewService, member: Manager, uow: Uow, request: Request) -> Response:
    """Add a service. Its money is in the currency of the business."""
    await _refuse_foreign_currency(request, member, body)
    async with uow() as tx:
        made = await add_service(tx, member.business_id, body.fields(), now=utc_now())
        return tx.answer(made, 201, {"Location": f"{router.prefix}/{made.id}", **etag(made.revision)})


@router.get("/{service_id}", response_model=Service, responses=problems(*_READING, NotFound))
async def read_service(service_id: ServiceId, member: SignedIn, uow: Uow) -> Response:
    """One service."""
    async with uow() as tx:
        found = await service(tx, member.business_id, service_id)
    if found is None:
        raise NotFound
    return Answer.of(found, headers=etag(found.revision))


@router.put("/{service_id}", response_model=Service, responses=problems(*_CHANGING))
async def update_service(
    *, service_id: ServiceId, body: ServiceChanges, member: Manager, uow: Uow, request: Request, expected: IfMatch
) -> Response:
    """Change the fields that are sent. What is booked already keeps what it was booked with."""
    async with uow() as tx:
        if await service(tx, member.business_id, service_id) is None:
            raise NotFound
    await _refuse_foreign_currency(request, member, body)
    changes, now = body.fields(), utc_now()
    async with uow() as tx:
        after = await edit_service(tx, member.business_id, service_id, changes, now=now, expected=expected)
        return tx.answer(after, headers=etag(after.revision))


@router.delete("/{service_id}", status_code=204, responses=problems(*_CHANGING))
async def remove_service(service_id: ServiceId, member: Manager, uow: Uow, expected: IfMatch) -> Response:
    """Archive a service: it can no longer be booked, what is booked already stays."""
    async with uow() as tx:
        await archive_service(tx, member.business_id, service_id, now=utc_now(), expected=expected)
        return tx.answer(None, 204)


async def _refuse_foreign_currency(request: Request, member: Member, body: NewService | ServiceChanges) -> None:
    state = request.app.state
    await refuse_foreign_currency(state.uow, state.businesses, member.business_id, body.money())
