"""Group sessions: those of a range, one with its seats, and what can be done with it."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Response

from appointments.domain import NotBookable, SeatsInUse, SlotTaken, StatusNotAllowed
from appointments.queries.sessions import WantedSessions, seats_of, session, session_range
from appointments.routes.edge import OffersClient, editor_of, question_of, unless_known
from appointments.schemas.sessions import NewSession, SessionEdit, SessionWithSeats
from appointments.use_cases.cancel_session import cancel_session
from appointments.use_cases.change_session import SessionTarget, change_session, session_target
from appointments.use_cases.plan_session import plan_session
from contracts.appointments import SessionDetails
from contracts.ids import GroupSessionId, ServiceId, StaffId
from contracts.offers import OfferRequest
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
from plumbing.schemas import Reason, WhenAsked
from plumbing.web import problems

LONGEST_RANGE = timedelta(days=100)

_READING = (NotSignedIn, ServiceUnavailable)
_CHANGING = (NotAllowed, CrossSiteRequest, NotFound, StaleRevision, StatusNotAllowed)
_TAKING_TIME = (NotAllowed, CrossSiteRequest, SlotTaken, NotBookable, Invalid)
_KEYED = (RequestInProgress, IdempotencyKeyReused)


router = APIRouter(prefix="/api/sessions", tags=["sessions"], route_class=EdgeRoute)


def _wanted(
    *,
    paging: Paging,
    range_start: Annotated[WhenAsked, Query(alias="rangeStart")],
    range_end: Annotated[WhenAsked, Query(alias="rangeEnd")],
    staff_id: Annotated[list[StaffId], Query(alias="staffId", default_factory=list, max_length=200)],
    service_id: Annotated[list[ServiceId], Query(alias="serviceId", default_factory=list, max_length=200)],
) -> tuple[WantedSessions, PageRequest]:
    """The range that is asked for, a page of it."""
    if not timedelta() < range_end - range_start <= LONGEST_RANGE:
        raise Invalid.at("/rangeEnd", "must be after rangeStart, and at most 100 days after")
    after = paging.position(BY_TIME)
    limit = paging.limit + 1  # one more shows whether there is a next page
    return WantedSessions(range_start, range_end, staff_id, service_id, after, limit), paging


@router.get(
    "",
    response_model=Page[SessionDetails],
    responses={304: {"description": "Nothing has changed."}, **problems(*_READING)},
)
async def list_sessions(
    asked: Annotated[tuple[WantedSessions, PageRequest], Depends(_wanted)],
    member: SignedIn,
    uow: Uow,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """The open sessions that overlap a range, by start and id, without their seats."""
    wanted, paging = asked
    async with uow() as tx:
        found = await session_range(tx, member.business_id, wanted)
    page = page_of(found, paging, key=lambda one: (one.start.isoformat(), one.id), item=lambda one: one)
    return unless_known(Answer.of(page), if_none_match)


@router.post(
    "",
    status_code=201,
    response_model=SessionDetails,
    responses=problems(*_READING, *_TAKING_TIME, *_KEYED),
    openapi_extra=ACCEPTS_KEY,
)
async def open_session(body: NewSession, member: SignedIn, uow: Uow, offers: OffersClient) -> Response:
    """Open a session ahead: it stays open, also empty, until it is deleted. Booking its time joins it."""
    editor_of(member).refuse_others(body.staff_id)
    offer = await offers.ask(question_of(member.business_id, body, body.allow))
    async with uow() as tx:
        made = await plan_session(tx, offer, capacity=body.capacity, now=utc_now())
        return tx.answer(made, 201, {"Location": f"{router.prefix}/{made.id}", **etag(made.revision)})


@router.get("/{session_id}", response_model=SessionWithSeats, responses=problems(*_READING, NotFound))
async def read_session(session_id: GroupSessionId, member: SignedIn, uow: Uow) -> Response:
    """One open session with its seats, which are appointments; of a closed one these are still to be had as such."""
    async with uow() as tx:
        found = await _found(tx, member, session_id)
        seats = await seats_of(tx, member.business_id, session_id)
    return Answer.of(SessionWithSeats.of(found, seats), headers=etag(found.revision))


@router.put(
    "/{session_id}",
    response_model=SessionDetails,
    responses=problems(*_READING, *_TAKING_TIME, *_CHANGING, SeatsInUse),
)
async def update_session(
    *,
    session_id: GroupSessionId,
    body: SessionEdit,
    member: SignedIn,
    uow: Uow,
    offers: OffersClient,
    expected: IfMatch,
) -> Response:
    """Move a session with all of its seats, let another staff member give it, or change how many seats it has."""
    changes, editor = body.changes(), editor_of(member)
    async with uow() as tx:
        seen = await _found(tx, member, session_id)
    refuse_stale(expected, seen.revision, seen)
    editor.refuse_others(seen.staff_id)
    target = session_target(seen, changes)
    offer = None if target is None else await offers.ask(_question(seen, target, body))
    async with uow() as tx:
        after = await change_session(tx, seen, changes, offer, editor=editor, now=utc_now(), expected=expected)
        return tx.answer(after, headers=etag(after.revision))


@router.delete("/{session_id}", status_code=204, responses=problems(*_READING, *_CHANGING))
async def delete_session(
    *,
    session_id: GroupSessionId,
    member: SignedIn,
    uow: Uow,
    expected: IfMatch,
    reason: Annotated[Reason | None, Query()] = None,
) -> Response:
    """Cancel a session with all of its seats, for this reason; nobody waits for it any more, and its time is free."""
    async with uow() as tx:
        seen = await _found(tx, member, session_id)
        editor = editor_of(member)
        await cancel_session(tx, seen, reason=reason, editor=editor, now=utc_now(), expected=expected)
        return tx.answer(None, 204)


async def _found(tx: Tx, member: Member, session_id: GroupSessionId) -> SessionDetails:
    found = await session(tx, member.business_id, session_id)
    if found is None:
        raise NotFound
    return found


def _question(seen: SessionDetails, target: SessionTarget, body: SessionEdit) -> OfferRequest:
    return OfferRequest(
        business_id=seen.business_id,
        service_id=seen.service_id,
        staff_id=target.staff_id,
        start=target.start,
        end=target.end,
        allow=frozenset(body.allow),
    )
