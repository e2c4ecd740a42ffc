"""Booking pages, for those who own them: network first, then one transaction, committed before the answer is sent."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response

from booking_public.domain import BookingPage, SlugTaken
from booking_public.queries.pages import booking_page, booking_page_list
from booking_public.schemas.pages import BookingPageChanges, BookingPageOut, NewBookingPage
from booking_public.use_cases.add_page import add_page
from booking_public.use_cases.business import ensure_business
from booking_public.use_cases.edit_page import edit_page
from booking_public.use_cases.ensure_catalogue import ensure_catalogue
from booking_public.use_cases.named import named_in
from booking_public.use_cases.remove_page import remove_page
from contracts.ids import BookingPageId
from plumbing.answers import Answer
from plumbing.auth import Manager, Member, SignedIn
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
_ADDING = (*_WRITING, SlugTaken, RequestInProgress, IdempotencyKeyReused)
_REMOVING = (*_WRITING, NotFound, StaleRevision)
_CHANGING = (*_REMOVING, SlugTaken)
_NAMES = {"service_ids", "staff_ids", "intake_questions"}
"""Fields in which services and staff are named."""

router = APIRouter(prefix="/api/booking-pages", tags=["booking pages"], route_class=EdgeRoute)


@router.get("", response_model=Page[BookingPageOut], responses=problems(*_READING))
async def list_booking_pages(paging: Paging, member: SignedIn, uow: Uow, request: Request) -> Response:
    """The booking pages in the order in which they were added."""
    after = paging.last_id()
    async with uow() as tx:
        found = await booking_page_list(tx, member.business_id, after=after, limit=paging.limit + 1)
    return Answer.of(page_of(found, paging, key=lambda one: (one.id,), item=lambda one: _shown(request, one)))


@router.post(
    "", status_code=201, response_model=BookingPageOut, responses=problems(*_ADDING), openapi_extra=ACCEPTS_KEY
)
async def create_booking_page(body: NewBookingPage, member: Manager, uow: Uow, request: Request) -> Response:
    """Add a booking page. Its slug is no other page's, of whatever business."""
    state, fields = request.app.state, body.fields()
    business = await ensure_business(state.uow, state.businesses, member.business_id)
    await _hear_of_what_is_named(request, member, fields)
    async with uow() as tx:
        made = await add_page(tx, business, fields, now=utc_now())
        headers = {"Location": f"{router.prefix}/{made.id}", **etag(made.revision)}
        return tx.answer(_shown(request, made), 201, headers)


@router.get("/{page_id}", response_model=BookingPageOut, responses=problems(*_READING, NotFound))
async def read_booking_page(page_id: BookingPageId, member: SignedIn, uow: Uow, request: Request) -> Response:
    """One booking page."""
    async with uow() as tx:
        found = await booking_page(tx, member.business_id, page_id)
    if found is None:
        raise NotFound
    return Answer.of(_shown(request, found), headers=etag(found.revision))


@router.put("/{page_id}", response_model=BookingPageOut, responses=problems(*_CHANGING))
async def update_booking_page(
    *,
    page_id: BookingPageId,
    body: BookingPageChanges,
    member: Manager,
    uow: Uow,
    request: Request,
    expected: IfMatch,
) -> Response:
    """Change the fields that are sent. A former slug leads to the page for 90 days, and is nobody else's meanwhile."""
    changes = body.fields()
    if _NAMES & changes.keys():
        await _hear_of_what_is_named(request, member, changes)
    async with uow() as tx:
        after = await edit_page(tx, member.business_id, page_id, changes, now=utc_now(), expected=expected)
        return tx.answer(_shown(request, after), headers=etag(after.revision))


@router.delete("/{page_id}", status_code=204, responses=problems(*_REMOVING))
async def remove_booking_page(page_id: BookingPageId, member: Manager, uow: Uow, expected: IfMatch) -> Response:
    """Take a booking page away for good. What was booked on it stays; nobody else gets its slug for 90 days."""
    async with uow() as tx:
        await remove_page(tx, member.business_id, page_id, now=utc_now(), expected=expected)
        return tx.answer(None, 204)


async def _hear_of_what_is_named(request: Request, member: Member, fields: Mapping[str, Any]) -> None:
    state = request.app.state
    await ensure_catalogue(state.uow, state.catalogue, member.business_id, named_in(fields))


def _shown(request: Request, page: BookingPage) -> BookingPageOut:
    guards = request.app.state.guards
    return BookingPageOut.model_construct(**dict(page), captcha=guards.captcha, payments=guards.payments)
