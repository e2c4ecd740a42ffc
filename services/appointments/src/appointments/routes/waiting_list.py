"""The waiting list: who is in line for a seat or a time, getting in, leaving, and answering an offer."""

from contextlib import suppress
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from appointments.domain import (
    AlreadyInSession,
    AlreadyWaiting,
    NotBookable,
    NothingOffered,
    SeatsLeft,
    SlotTaken,
    StatusNotAllowed,
)
from appointments.queries.waiting_list import WaitingDetails, WantedLine, line, waiting
from appointments.routes.edge import OffersClient, editor_of
from appointments.schemas.waiting_list import NewWaiting
from appointments.use_cases.wait import accept, decline, wait_for_seat, wait_for_time, withdraw
from contracts.appointments import AppointmentDetails
from contracts.ids import CustomerId, GroupSessionId, ServiceId, WaitingId
from contracts.offers import OfferRequest
from contracts.waiting import WaitingState
from plumbing.answers import Answer
from plumbing.auth import Member, SignedIn
from plumbing.clock import utc_now
from plumbing.db import Tx
from plumbing.idempotency import ACCEPTS_KEY, EdgeRoute, Uow
from plumbing.pages import BY_TIME, Page, PageRequest, Paging, page_of
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

_READING = (NotSignedIn, ServiceUnavailable)
_WRITING = (NotAllowed, CrossSiteRequest)
_GETTING_IN = (SeatsLeft, AlreadyInSession, AlreadyWaiting, Invalid)
_KEYED = (RequestInProgress, IdempotencyKeyReused)
_LEAVING = (NotFound, StaleRevision, NothingOffered, StatusNotAllowed, SlotTaken)
_ANSWERING = (*_LEAVING, Invalid, *_KEYED)

_IN_LINE = (WaitingState.WAITING, WaitingState.OFFERED)

router = APIRouter(prefix="/api/waiting-list", tags=["waiting list"], route_class=EdgeRoute)


def _wanted(
    *,
    paging: Paging,
    state: Annotated[list[WaitingState], Query(default_factory=list, max_length=10)],
    service_id: Annotated[ServiceId | None, Query(alias="serviceId")] = None,
    session_id: Annotated[GroupSessionId | None, Query(alias="sessionId")] = None,
    customer_id: Annotated[CustomerId | None, Query(alias="customerId")] = None,
) -> tuple[WantedLine, PageRequest]:
    """The part of the list that is asked for, a page of it."""
    after = paging.position(BY_TIME)
    limit = paging.limit + 1  # one more shows whether there is a next page
    return WantedLine(state or _IN_LINE, service_id, session_id, customer_id, after, limit), paging


@router.get("", response_model=Page[WaitingDetails], responses=problems(*_READING))
async def list_waiting(
    asked: Annotated[tuple[WantedLine, PageRequest], Depends(_wanted)], member: SignedIn, uow: Uow
) -> Response:
    """Who is in line, in the order in which they are served; without `state` those who wait or have an offer."""
    wanted, paging = asked
    async with uow() as tx:
        found = await line(tx, member.business_id, wanted)
    page = page_of(found, paging, key=lambda one: (one.created_at.isoformat(), one.id), item=lambda one: one)
    return Answer.of(page)


@router.post(
    "",
    status_code=201,
    response_model=WaitingDetails,
    responses=problems(*_READING, *_WRITING, *_GETTING_IN, *_KEYED),
    openapi_extra=ACCEPTS_KEY,
)
async def get_in_line(body: NewWaiting, request: Request, member: SignedIn, uow: Uow, offers: OffersClient) -> Response:
    """Wait for a seat of a full session, or for any time of a service within a span.

    Whatever is freed is offered to the first in line: a pending appointment, kept for them until the offer ends.
    """
    editor, now = editor_of(member), utc_now()
    wish = body.wish(member.business_id, request.app.state.waiting_offer)
    if body.span is not None:
        editor.refuse_others(body.staff_id)
        if body.span[1] <= now:
            raise Invalid.at("/to", "is over")
        await _refuse_unknown(offers, member, body, body.span)
    async with uow() as tx:
        if body.span is not None:
            made = await wait_for_time(tx, wish, body.span, now=now)
        elif body.session_id is not None:
            made = await wait_for_seat(tx, wish, body.session_id, editor=editor, now=now)
        else:
            raise Invalid.at("/sessionId", "must be sent when from and to are not")
        return tx.answer(made, 201, {"Location": f"{router.prefix}/{made.id}", **etag(made.revision)})


@router.get("/{waiting_id}", response_model=WaitingDetails, responses=problems(*_READING, NotFound))
async def read_waiting(waiting_id: WaitingId, member: SignedIn, uow: Uow) -> Response:
    """One wish, also when it has come true or to nothing."""
    async with uow() as tx:
        found = await _found(tx, member, waiting_id)
    return Answer.of(found, headers=etag(found.revision))


@router.delete(
    "/{waiting_id}",
    status_code=204,
    responses=problems(*_READING, *_WRITING, *_LEAVING),
)
async def leave_line(waiting_id: WaitingId, member: SignedIn, uow: Uow, expected: IfMatch) -> Response:
    """Leave the line; what was offered goes to the next. What was accepted stays booked."""
    async with uow() as tx:
        seen = await _found(tx, member, waiting_id)
        refuse_stale(expected, seen.revision, seen)
        await withdraw(tx, seen, editor=editor_of(member), now=utc_now())
        return tx.answer(None, 204)


@router.post(
    "/{waiting_id}/accept", response_model=AppointmentDetails, responses=problems(*_READING, *_WRITING, *_ANSWERING)
)
async def accept_offer(waiting_id: WaitingId, member: SignedIn, uow: Uow, expected: IfMatch) -> Response:
    """Take what is offered: the pending appointment is confirmed. While the offer lasts nobody else can have it."""
    async with uow() as tx:
        seen = await _found(tx, member, waiting_id)
        refuse_stale(expected, seen.revision, seen)
        after = await accept(tx, seen, editor=editor_of(member), now=utc_now())
        return tx.answer(after, headers=etag(after.revision))


@router.post(
    "/{waiting_id}/decline", response_model=WaitingDetails, responses=problems(*_READING, *_WRITING, *_ANSWERING)
)
async def decline_offer(waiting_id: WaitingId, member: SignedIn, uow: Uow, expected: IfMatch) -> Response:
    """Pass on what is offered to the next in line, and leave the line."""
    async with uow() as tx:
        seen = await _found(tx, member, waiting_id)
        refuse_stale(expected, seen.revision, seen)
        await decline(tx, seen, editor=editor_of(member), now=utc_now())
        after = await _found(tx, member, waiting_id)
        return tx.answer(after, headers=etag(after.revision))


async def _found(tx: Tx, member: Member, waiting_id: WaitingId) -> WaitingDetails:
    found = await waiting(tx, member.business_id, waiting_id)
    if found is None:
        raise NotFound
    return found


async def _refuse_unknown(
    offers: OffersClient, member: Member, body: NewWaiting, span: tuple[datetime, datetime]
) -> None:
    """Raise Invalid for ids that name nothing of this business; whether the time is free is no question yet."""
    asked = OfferRequest(
        business_id=member.business_id, service_id=body.service_id, staff_id=body.staff_id, start=span[0]
    )
    with suppress(NotBookable, SlotTaken):
        await offers.ask(asked)
