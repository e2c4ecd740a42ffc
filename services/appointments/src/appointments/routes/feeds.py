"""Calendar feeds: addresses with a secret, from which other calendars read appointments."""

import asyncio
import re
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response

from appointments.queries.feeds import AHEAD, BEHIND, FeedDetails, FeedShown, feed_events, feed_page, feed_with
from appointments.schemas.feeds import FeedMade, NewFeed
from appointments.schemas.files.calendar_text import CLOSING, event, opening, timezones
from appointments.use_cases.feeds import (
    TOKEN_LENGTH,
    FeedKeeper,
    add_feed,
    new_token,
    remove_feed,
    rotate_feed,
    token_hash,
)
from contracts.appointments import AppointmentDetails
from contracts.ids import BusinessId, FeedId, StaffId
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
)
from plumbing.web import problems

_TOKEN = re.compile(rf"[A-Za-z0-9_-]{{{TOKEN_LENGTH}}}")
_NOT_KEPT = {"Cache-Control": "no-store"}
_READING = (NotSignedIn, ServiceUnavailable)
_CHANGING = (*_READING, NotAllowed, CrossSiteRequest, NotFound)
_KEYED = (RequestInProgress, IdempotencyKeyReused)

router = APIRouter(prefix="/api/feeds", tags=["feeds"], route_class=EdgeRoute)


@router.get("", response_model=Page[FeedDetails], responses=problems(*_READING))
async def list_feeds(paging: Paging, member: SignedIn, uow: Uow) -> Response:
    """The feeds in the order in which they were made, without their secrets; staff see those of their own calendar."""
    keeper = _keeper(member)
    own = None if keeper.everybodys else keeper.staff_id
    if own is None and not keeper.everybodys:
        return Answer.of(Page[FeedDetails](items=[]))
    async with uow() as tx:
        found = await feed_page(tx, member.business_id, staff_id=own, after=paging.last_id(), limit=paging.limit + 1)
    return Answer.of(page_of(found, paging, key=lambda one: (one.id,), item=lambda one: one))


@router.post(
    "",
    status_code=201,
    response_model=FeedMade,
    responses=problems(*_READING, NotAllowed, CrossSiteRequest, Invalid, *_KEYED),
    openapi_extra=ACCEPTS_KEY,
)
async def create_feed(body: NewFeed, member: SignedIn, uow: Uow, request: Request) -> Response:
    """Make a feed. Its address is shown this once: whoever has it sees the calendar, without signing in."""
    keeper, token = _maker(member), new_token()
    keeper.refuse_others(body.staff_id)
    name = await _name(request, member.business_id, body.staff_id)
    async with uow() as tx:
        feed = await add_feed(tx, keeper, token, staff_id=body.staff_id, detail=body.detail, name=name, now=utc_now())
        made = FeedMade(**dict(feed))
        tx.answer(made, 201, _NOT_KEPT)  # what is kept with an Idempotency-Key has no secret
    return Answer.of(made.at(_url(request, token)), 201, _NOT_KEPT)


@router.post(
    "/{feed_id}/rotate",
    summary="Rotate Feed",
    response_model=FeedMade,
    responses=problems(*_CHANGING, *_KEYED),
    openapi_extra=ACCEPTS_KEY,
)
async def rotate(feed_id: FeedId, member: SignedIn, uow: Uow, request: Request) -> Response:
    """Give a feed another address; the one before shows nothing any more."""
    token = new_token()
    async with uow() as tx:
        feed = await rotate_feed(tx, _maker(member), feed_id, token, now=utc_now())
        made = FeedMade(**dict(feed))
        tx.answer(made, headers=_NOT_KEPT)
    return Answer.of(made.at(_url(request, token)), headers=_NOT_KEPT)


@router.delete("/{feed_id}", status_code=204, responses=problems(*_CHANGING))
async def delete_feed(feed_id: FeedId, member: SignedIn, uow: Uow) -> Response:
    """Take a feed back: its address shows nothing any more."""
    async with uow() as tx:
        await remove_feed(tx, _keeper(member), feed_id)
        return tx.answer(None, 204)


@router.get(
    "/{token}.ics",
    response_class=Response,
    responses={
        200: {"content": {"text/calendar": {"schema": {"type": "string"}}}, "description": "The calendar (RFC 5545)."},
        304: {"description": "Nothing has changed."},
        **problems(NotFound, ServiceUnavailable),
    },
)
async def read_feed(token: str, request: Request, if_none_match: Annotated[str | None, Header()] = None) -> Response:
    """What is booked, from 90 days ago to a year ahead, for calendars that come again; cancelled ones are not in it."""
    if not _TOKEN.fullmatch(token):
        raise NotFound
    uow = request.app.state.uow
    async with uow.across_businesses() as tx:
        feed = await feed_with(tx, token_hash(token))
    if feed is None:
        raise NotFound
    today = utc_now().replace(hour=0, minute=0, second=0, microsecond=0)  # the same all day, to the byte
    async with uow(feed.business_id) as tx:
        shown = await feed_events(tx, feed, today)
    return await asyncio.to_thread(_answer, feed, shown, today, if_none_match)


def _answer(feed: FeedShown, shown: list[AppointmentDetails], today: datetime, if_none_match: str | None) -> Answer:
    """The calendar with a strong ETag; 304 without it when the client has it already."""
    first, last = (today - BEHIND).date(), (today + AHEAD + timedelta(days=2)).date()
    zones = timezones({one.timezone for one in shown}, first, last)
    events = "".join(event(one, busy_only=feed.detail == "busy") for one in shown)
    body = (opening(feed.name) + zones + events + CLOSING).encode()
    tag = f'"{blake2b(body, digest_size=16).hexdigest()}"'
    fields = {"ETag": tag, "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    known = [part.strip().removeprefix("W/") for part in (if_none_match or "").split(",")]
    if tag in known or "*" in known:
        return Answer(304, b"", fields, None)
    return Answer(200, body, fields, "text/calendar; charset=utf-8")


def _maker(member: Member) -> FeedKeeper:
    """Raise NotAllowed for an API key: an address that it made would work on when the key is deleted."""
    if member.api_key_id is not None:
        raise NotAllowed("A feed is made by somebody who is signed in, not by an API key.")
    return _keeper(member)


def _keeper(member: Member) -> FeedKeeper:
    everybodys = member.role is not Role.STAFF
    return FeedKeeper(member.business_id, member.user_id, everybodys=everybodys, staff_id=member.staff_id)


async def _name(request: Request, business_id: BusinessId, staff_id: StaffId | None) -> str:
    """What the calendar is called: as the staff member, or the business. Raises Invalid for staff of others."""
    catalogue = await request.app.state.catalogue.catalogue(business_id)
    if staff_id is None:
        return catalogue.name
    name = next((one.name for one in catalogue.staff if one.id == staff_id), None)
    if name is None:
        raise Invalid.at("/staffId", "names nothing of this business")
    return name


def _url(request: Request, token: str) -> str:
    return f"{request.app.state.public_url}{router.prefix}/{token}.ics"
