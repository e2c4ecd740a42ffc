"""Seasons: other weekly hours on some dates."""

from fastapi import APIRouter, Response

from availability.domain import SavedSeason, Season
from availability.queries.dated_hours import season, season_page
from availability.routes.cursors import BY_DATE_AND_ID
from availability.routes.edge import Between, OurBusiness
from availability.schemas.hours import NewSeason, SeasonChanges
from availability.use_cases.seasons import add_season, edit_season, remove_season
from contracts.ids import SeasonId
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

router = APIRouter(prefix="/api/seasons", tags=["hours"], route_class=EdgeRoute)


@router.get("", response_model=Page[Season], responses=problems(*_READING, Invalid))
async def list_seasons(
    *,
    paging: Paging,
    member: SignedIn,
    uow: Uow,
    between: Between,
) -> Response:
    """The seasons, by their first date; those that have local dates from `from` to `to`, both inclusive."""
    after = paging.position(BY_DATE_AND_ID)
    async with uow() as tx:
        found = await season_page(tx, member.business_id, bounds=between, after=after, limit=paging.limit + 1)
    return Answer.of(page_of(found, paging, key=lambda one: (one.start_date, one.id), item=lambda one: one))


@router.post("", status_code=201, response_model=SavedSeason, responses=problems(*_ADDING), openapi_extra=ACCEPTS_KEY)
async def create_season(body: NewSeason, member: Manager, business: OurBusiness, uow: Uow) -> Response:
    """Let these weekly hours count on local dates, both inclusive, instead of undated ones; overrides beat them.

    Without `staffIds` they are everybody's. Two seasons of the same staff member must not overlap. `conflicts` are the
    appointments to come on these dates that lie outside of the hours now. They stand.
    """
    async with uow() as tx:
        made = await add_season(tx, business, body.fields(), now=utc_now())
        return tx.answer(made, 201, {"Location": f"{router.prefix}/{made.id}", **etag(made.revision)})


@router.get("/{season_id}", response_model=Season, responses=problems(*_READING, NotFound))
async def read_season(season_id: SeasonId, member: SignedIn, uow: Uow) -> Response:
    """One season."""
    async with uow() as tx:
        found = await season(tx, member.business_id, season_id)
    if found is None:
        raise NotFound
    return Answer.of(found, headers=etag(found.revision))


@router.put("/{season_id}", response_model=SavedSeason, responses=problems(*_CHANGING))
async def update_season(
    *, season_id: SeasonId, body: SeasonChanges, member: Manager, business: OurBusiness, uow: Uow, expected: IfMatch
) -> Response:
    """Change the fields that are sent; `conflicts` as for a new season, on its dates of before and of now."""
    async with uow() as tx:
        after = await edit_season(tx, business, season_id, body.changes(), now=utc_now(), expected=expected)
        return tx.answer(after, headers=etag(after.revision))


@router.delete("/{season_id}", status_code=204, responses=problems(*_CHANGING))
async def delete_season(
    season_id: SeasonId, member: Manager, business: OurBusiness, uow: Uow, expected: IfMatch
) -> Response:
    """Let the usual hours count again on its dates."""
    async with uow() as tx:
        await remove_season(tx, business, season_id, expected=expected)
        return tx.answer(None, 204)
