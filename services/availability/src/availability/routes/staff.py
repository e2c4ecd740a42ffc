"""Who can be booked."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from availability.domain import HasAppointments, StaffMember
from availability.queries.catalogue import staff_member, staff_page
from availability.schemas.staff import NewStaffMember, StaffChanges
from availability.use_cases.add_staff import add_staff_member
from availability.use_cases.archive_staff import archive_staff_member
from availability.use_cases.edit_staff import edit_staff_member
from contracts.ids import StaffId
from plumbing.answers import Answer
from plumbing.auth import Manager, SignedIn
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

router = APIRouter(prefix="/api/staff", tags=["staff"], route_class=EdgeRoute)


@router.get("", response_model=Page[StaffMember], responses=problems(*_READING))
async def list_staff(
    paging: Paging, member: SignedIn, uow: Uow, active: Annotated[bool | None, Query()] = None
) -> Response:
    """The staff in the order in which they were added, without the archived ones."""
    after = paging.last_id()
    async with uow() as tx:
        found = await staff_page(tx, member.business_id, active=active, after=after, limit=paging.limit + 1)
    return Answer.of(page_of(found, paging, key=lambda one: (one.id,), item=lambda one: one))


@router.post("", status_code=201, response_model=StaffMember, responses=problems(*_ADDING))
async def create_staff_member(body: NewStaffMember, member: Manager, uow: Uow) -> Response:
    """Add a staff member, who has no hours yet."""
    async with uow() as tx:
        made = await add_staff_member(tx, member.business_id, body.fields(), now=utc_now())
        return tx.answer(made, 201, {"Location": f"{router.prefix}/{made.id}", **etag(made.revision)})


@router.get("/{staff_id}", response_model=StaffMember, responses=problems(*_READING, NotFound))
async def read_staff_member(staff_id: StaffId, member: SignedIn, uow: Uow) -> Response:
    """One staff member."""
    async with uow() as tx:
        found = await staff_member(tx, member.business_id, staff_id)
    if found is None:
        raise NotFound
    return Answer.of(found, headers=etag(found.revision))


@router.put("/{staff_id}", response_model=StaffMember, responses=problems(*_CHANGING))
async def update_staff_member(
    staff_id: StaffId, body: StaffChanges, member: Manager, uow: Uow, expected: IfMatch
) -> Response:
    """Change the fields that are sent."""
    changes, now = body.changes(), utc_now()
    async with uow() as tx:
        after = await edit_staff_member(tx, member.business_id, staff_id, changes, now=now, expected=expected)
        return tx.answer(after, headers=etag(after.revision))


@router.delete("/{staff_id}", status_code=204, responses=problems(*_CHANGING, HasAppointments))
async def remove_staff_member(staff_id: StaffId, member: Manager, uow: Uow, expected: IfMatch) -> Response:
    """Archive a staff member with whom nothing is booked any more; no service names them from then on."""
    async with uow() as tx:
        await archive_staff_member(tx, member.business_id, staff_id, now=utc_now(), expected=expected)
        return tx.answer(None, 204)
