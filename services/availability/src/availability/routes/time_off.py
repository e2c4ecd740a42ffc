"""Time off of staff."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from availability.domain import SavedTimeOff, TimeOff, TimeOffShown
from availability.queries.time_off import one_time_off, shown_within, time_off_page
from availability.routes.edge import OurBusiness
from availability.schemas.time_off import NewTimeOff, TimeOffChanges
from availability.use_cases.change_time_off import Whose, add_time_off, edit_time_off, remove_time_off
from contracts.ids import StaffId, TimeOffId
from plumbing.answers import Answer
from plumbing.auth import Member, Role, SignedIn
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
from plumbing.schemas import WhenAsked
from plumbing.web import problems
from scheduling.intervals import Interval

LONGEST_RANGE = timedelta(days=400)
"""A year and some weeks around it."""

_READING = (NotSignedIn, ServiceUnavailable)
_WRITING = (*_READING, NotAllowed, CrossSiteRequest, Invalid)
_ADDING = (*_WRITING, RequestInProgress, IdempotencyKeyReused)
_CHANGING = (*_WRITING, NotFound, StaleRevision)

router = APIRouter(prefix="/api/time-off", tags=["hours"], route_class=EdgeRoute)


async def _window(
    start: Annotated[WhenAsked, Query(alias="rangeStart")], end: Annotated[WhenAsked, Query(alias="rangeEnd")]
) -> Interval:
    if not timedelta() < end - start <= LONGEST_RANGE:
        raise Invalid.at("/rangeEnd", f"must be after rangeStart, and at most {LONGEST_RANGE.days} days after")
    return Interval(start, end)


def _whose(member: Member) -> Whose:
    return Whose(everybodys=member.role is not Role.STAFF, staff_id=member.staff_id)


@router.get("", response_model=Page[TimeOffShown], responses=problems(*_READING, Invalid))
async def list_time_off(
    *,
    window: Annotated[Interval, Depends(_window)],
    paging: Paging,
    member: SignedIn,
    business: OurBusiness,
    uow: Uow,
    staff_ids: Annotated[list[StaffId] | None, Query(alias="staffId", max_length=200)] = None,
) -> Response:
    """The time off that overlaps a range, each with its `occurrences` there; a page may have fewer than `limit`."""
    after, asked = paging.last_id(), staff_ids or []
    async with uow() as tx:
        found = await time_off_page(tx, business, window, staff_ids=asked, after=after, limit=paging.limit + 1)
    page = page_of(
        found, paging, key=lambda one: (one.id,), item=lambda one: shown_within(one, window, business.timezone)
    )
    there = [one for one in page.items if one.occurrences]
    return Answer.of(Page[TimeOffShown](items=there, next_cursor=page.next_cursor))


@router.post("", status_code=201, response_model=SavedTimeOff, responses=problems(*_ADDING), openapi_extra=ACCEPTS_KEY)
async def create_time_off(body: NewTimeOff, member: SignedIn, business: OurBusiness, uow: Uow) -> Response:
    """Give a staff member time off: a piece of a day or of many, or the first of those of every week.

    Weekly time off keeps its local time when the clocks change. Staff give time off to themselves only. `conflicts` are
    the appointments that it overlaps. They stand.
    """
    async with uow() as tx:
        made = await add_time_off(tx, business, body.fields(), whose=_whose(member), now=utc_now())
        return tx.answer(made, 201, {"Location": f"{router.prefix}/{made.id}", **etag(made.revision)})


@router.get("/{time_off_id}", response_model=TimeOff, responses=problems(*_READING, NotFound))
async def read_time_off(time_off_id: TimeOffId, member: SignedIn, business: OurBusiness, uow: Uow) -> Response:
    """Some time off."""
    async with uow() as tx:
        found = await one_time_off(tx, business, time_off_id)
    if found is None:
        raise NotFound
    return Answer.of(found, headers=etag(found.revision))


@router.put("/{time_off_id}", response_model=SavedTimeOff, responses=problems(*_CHANGING))
async def update_time_off(
    *,
    time_off_id: TimeOffId,
    body: TimeOffChanges,
    member: SignedIn,
    business: OurBusiness,
    uow: Uow,
    expected: IfMatch,
) -> Response:
    """Change the fields that are sent; `conflicts` as for new time off."""
    changes, whose, now = body.changes(), _whose(member), utc_now()
    async with uow() as tx:
        after = await edit_time_off(tx, business, time_off_id, changes, whose=whose, now=now, expected=expected)
        return tx.answer(after, headers=etag(after.revision))


@router.delete("/{time_off_id}", status_code=204, responses=problems(*_CHANGING))
async def delete_time_off(
    time_off_id: TimeOffId, member: SignedIn, business: OurBusiness, uow: Uow, expected: IfMatch
) -> Response:
    """Take time off back."""
    async with uow() as tx:
        await remove_time_off(tx, business, time_off_id, whose=_whose(member), now=utc_now(), expected=expected)
        return tx.answer(None, 204)
