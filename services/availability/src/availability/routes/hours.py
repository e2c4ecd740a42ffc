"""When a staff member works: every week, and on single dates."""

from fastapi import APIRouter, Response

from availability.domain import Override, SavedHours, SavedOverride, WeeklyHours
from availability.queries.catalogue import staff_member, weekly_hours
from availability.queries.dated_hours import override_page
from availability.routes.cursors import BY_DATE
from availability.routes.edge import Between, OurBusiness, may_change
from availability.schemas.hours import HoursIn, OverrideIn
from availability.use_cases.override_hours import override_hours, remove_override
from availability.use_cases.set_hours import set_hours
from contracts.ids import StaffId
from plumbing.answers import Answer
from plumbing.auth import SignedIn
from plumbing.clock import utc_now
from plumbing.idempotency import EdgeRoute, Uow
from plumbing.pages import Page, Paging, page_of
from plumbing.problems import (
    CrossSiteRequest,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    ServiceUnavailable,
    StaleRevision,
)
from plumbing.revisions import IfMatch, etag
from plumbing.schemas import LocalDate
from plumbing.web import problems

_READING = (NotSignedIn, NotFound, ServiceUnavailable)
_CHANGING = (*_READING, NotAllowed, CrossSiteRequest, Invalid, StaleRevision)

router = APIRouter(prefix="/api/staff/{staff_id}", tags=["hours"], route_class=EdgeRoute)


@router.get("/hours", response_model=WeeklyHours, responses=problems(*_READING))
async def read_hours(staff_id: StaffId, member: SignedIn, uow: Uow) -> Response:
    """The weekly hours of a staff member."""
    async with uow() as tx:
        found = await weekly_hours(tx, member.business_id, staff_id)
    if found is None:
        raise NotFound
    return Answer.of(found, headers=etag(found.revision))


@router.put("/hours", response_model=SavedHours, responses=problems(*_CHANGING))
async def replace_hours(
    *, staff_id: StaffId, body: HoursIn, member: SignedIn, business: OurBusiness, uow: Uow, expected: IfMatch
) -> Response:
    """Set all weekly hours of a staff member. Staff set their own only.

    `conflicts` are the appointments to come that lie outside of the hours now. They stand.
    """
    blocks, allowed, now = [block.block() for block in body.blocks], may_change(member, staff_id), utc_now()
    async with uow() as tx:
        after = await set_hours(tx, business, staff_id, blocks, allowed=allowed, now=now, expected=expected)
        return tx.answer(after, headers=etag(after.revision))


@router.get("/overrides", response_model=Page[Override], responses=problems(*_READING, Invalid))
async def list_overrides(
    *,
    staff_id: StaffId,
    paging: Paging,
    member: SignedIn,
    uow: Uow,
    between: Between,
) -> Response:
    """The other hours of a staff member on the local dates `from` to `to`, both inclusive."""
    after = paging.position(BY_DATE)
    async with uow() as tx:
        if await staff_member(tx, member.business_id, staff_id) is None:
            raise NotFound
        found = await override_page(
            tx, member.business_id, staff_id, bounds=between, after=after and after[0], limit=paging.limit + 1
        )
    return Answer.of(page_of(found, paging, key=lambda one: (one.on,), item=lambda one: one))


@router.put("/overrides/{on}", response_model=SavedOverride, responses=problems(*_CHANGING))
async def replace_override(
    *,
    staff_id: StaffId,
    on: LocalDate,
    body: OverrideIn,
    member: SignedIn,
    business: OurBusiness,
    uow: Uow,
    expected: IfMatch,
) -> Response:
    """Set all hours of a staff member on one local date. Staff set their own only.

    `conflicts` are the appointments to come on that date that lie outside of the hours now. They stand.
    """
    async with uow() as tx:
        after = await override_hours(
            tx,
            business,
            staff_id,
            on,
            blocks=[block.day_block() for block in body.blocks],
            reason=body.reason,
            allowed=may_change(member, staff_id),
            now=utc_now(),
            expected=expected,
        )
        return tx.answer(after, headers=etag(after.revision))


@router.delete("/overrides/{on}", status_code=204, responses=problems(*_CHANGING))
async def delete_override(
    *, staff_id: StaffId, on: LocalDate, member: SignedIn, business: OurBusiness, uow: Uow, expected: IfMatch
) -> Response:
    """Let the usual hours count again on that date."""
    allowed = may_change(member, staff_id)
    async with uow() as tx:
        await remove_override(tx, business, staff_id, on, allowed=allowed, now=utc_now(), expected=expected)
        return tx.answer(None, 204)
