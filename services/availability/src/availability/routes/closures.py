"""On which dates the whole business is closed."""

import asyncio

from fastapi import APIRouter, Response

from availability.domain import Closure, Imported, SavedClosure
from availability.queries.dated_hours import closure, closure_page
from availability.queries.public_holidays import is_country, public_holidays
from availability.routes.cursors import BY_DATE_AND_ID
from availability.routes.edge import Between, OurBusiness
from availability.schemas.hours import ClosureChanges, HolidaysIn, NewClosure
from availability.use_cases.closures import add_closure, edit_closure, import_closures, remove_closure
from contracts.ids import ClosureId
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
from plumbing.web import problems

_READING = (NotSignedIn, ServiceUnavailable)
_WRITING = (*_READING, NotAllowed, CrossSiteRequest, Invalid)
_ADDING = (*_WRITING, RequestInProgress, IdempotencyKeyReused)
_CHANGING = (*_WRITING, NotFound, StaleRevision)

router = APIRouter(prefix="/api/closures", tags=["hours"], route_class=EdgeRoute)


@router.get("", response_model=Page[Closure], responses=problems(*_READING, Invalid))
async def list_closures(
    *,
    paging: Paging,
    member: SignedIn,
    uow: Uow,
    between: Between,
) -> Response:
    """The closures, by their first date; those that have local dates from `from` to `to`, both inclusive."""
    after = paging.position(BY_DATE_AND_ID)
    async with uow() as tx:
        found = await closure_page(tx, member.business_id, bounds=between, after=after, limit=paging.limit + 1)
    return Answer.of(page_of(found, paging, key=lambda one: (one.start_date, one.id), item=lambda one: one))


@router.post("", status_code=201, response_model=SavedClosure, responses=problems(*_ADDING), openapi_extra=ACCEPTS_KEY)
async def create_closure(body: NewClosure, member: Manager, business: OurBusiness, uow: Uow) -> Response:
    """Close the business on these local dates, both inclusive.

    `conflicts` are the appointments to come on these dates. They stand.
    """
    async with uow() as tx:
        made = await add_closure(tx, business, body.fields(), now=utc_now())
        return tx.answer(made, 201, {"Location": f"{router.prefix}/{made.id}", **etag(made.revision)})


@router.post(
    "/import", status_code=201, response_model=Imported, responses=problems(*_ADDING), openapi_extra=ACCEPTS_KEY
)
async def import_public_holidays(body: HolidaysIn, member: Manager, business: OurBusiness, uow: Uow) -> Response:
    """Close the business on the public holidays of a whole country in a year.

    What was imported before is not added again, also when it was moved or renamed since. Holidays that follow the moon
    are `estimated` until they are announced.
    """
    if not is_country(body.country):
        raise Invalid.at("/country", "is no country whose public holidays are known, by two letters such as AE")
    holidays = await asyncio.to_thread(public_holidays, body.country, body.year, business.locale)
    async with uow() as tx:
        return tx.answer(await import_closures(tx, business, holidays, now=utc_now()), 201)


@router.get("/{closure_id}", response_model=Closure, responses=problems(*_READING, NotFound))
async def read_closure(closure_id: ClosureId, member: SignedIn, uow: Uow) -> Response:
    """One closure."""
    async with uow() as tx:
        found = await closure(tx, member.business_id, closure_id)
    if found is None:
        raise NotFound
    return Answer.of(found, headers=etag(found.revision))


@router.put("/{closure_id}", response_model=SavedClosure, responses=problems(*_CHANGING))
async def update_closure(
    *, closure_id: ClosureId, body: ClosureChanges, member: Manager, business: OurBusiness, uow: Uow, expected: IfMatch
) -> Response:
    """Change the fields that are sent. On other dates a closure is no longer `estimated`."""
    async with uow() as tx:
        after = await edit_closure(tx, business, closure_id, body.changes(), now=utc_now(), expected=expected)
        return tx.answer(after, headers=etag(after.revision))


@router.delete("/{closure_id}", status_code=204, responses=problems(*_CHANGING))
async def delete_closure(
    closure_id: ClosureId, member: Manager, business: OurBusiness, uow: Uow, expected: IfMatch
) -> Response:
    """Open the business on these dates again."""
    async with uow() as tx:
        await remove_closure(tx, business, closure_id, now=utc_now(), expected=expected)
        return tx.answer(None, 204)
