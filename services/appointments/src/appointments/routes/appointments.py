"""Appointments: the calendar's range, one of them, and what can be done with it."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from appointments.domain import AlreadyInSession, BookedByGuest, NotBookable, SlotTaken, StatusNotAllowed
from appointments.queries import Wanted, activity, appointment, calendar_range
from appointments.routes.edge import OffersClient, editor_of, question_of, unless_known
from appointments.schemas import Activity, AppointmentChanges, NewAppointment, StatusChange
from appointments.tables import document_of
from appointments.use_cases.book import book
from appointments.use_cases.delete import delete
from appointments.use_cases.update import change_status, target_of, update
from contracts.appointments import AppointmentDetails, Status
from contracts.ids import AppointmentId, CustomerId, ServiceId, StaffId
from plumbing.answers import Answer
from plumbing.auth import Member, SignedIn
from plumbing.clock import utc_now
from plumbing.db import Tx
from plumbing.failpoints import reach
from plumbing.idempotency import ACCEPTS_KEY, EdgeRoute, RequestUnitOfWork, Uow
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
from plumbing.schemas import WhenAsked
from plumbing.web import problems

LONGEST_RANGE = timedelta(days=100)
MOST_AT_ONCE = 20_000
"""A range that holds more appointments than this is answered in pages, so that no answer exhausts the memory."""

_READING = (NotSignedIn, ServiceUnavailable)
_BOOKING = (
    NotSignedIn,
    NotAllowed,
    CrossSiteRequest,
    SlotTaken,
    NotBookable,
    AlreadyInSession,
    RequestInProgress,
    Invalid,
    IdempotencyKeyReused,
    ServiceUnavailable,
)
_CHANGING = (NotFound, StatusNotAllowed, StaleRevision)


PATH = "/api/appointments"

router = APIRouter(prefix=PATH, tags=["appointments"], route_class=EdgeRoute)


def _wanted(
    *,
    paging: Paging,
    request: Request,
    range_start: Annotated[WhenAsked, Query(alias="rangeStart")],
    range_end: Annotated[WhenAsked, Query(alias="rangeEnd")],
    staff_id: Annotated[list[StaffId], Query(alias="staffId", default_factory=list, max_length=200)],
    service_id: Annotated[list[ServiceId], Query(alias="serviceId", default_factory=list, max_length=200)],
    status: Annotated[list[Status], Query(default_factory=list, max_length=10)],
    customer_id: Annotated[CustomerId | None, Query(alias="customerId")] = None,
) -> tuple[Wanted, PageRequest]:
    """The range that is asked for: all of it, unless the query speaks of pages."""
    if not timedelta() < range_end - range_start <= LONGEST_RANGE:
        raise Invalid.at("/rangeEnd", "must be after rangeStart, and at most 100 days after")
    if not {"limit", "cursor"} & request.query_params.keys():
        paging = PageRequest(MOST_AT_ONCE, None)
    after = paging.position(BY_TIME)
    limit = paging.limit + 1  # one more shows whether there is a next page
    return Wanted(range_start, range_end, staff_id, service_id, status, customer_id, after, limit), paging


@router.get(
    "",
    response_model=Page[AppointmentDetails],
    responses={304: {"description": "Nothing has changed."}, **problems(*_READING)},
)
async def list_appointments(
    asked: Annotated[tuple[Wanted, PageRequest], Depends(_wanted)],
    member: SignedIn,
    uow: Uow,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """The appointments that overlap a range, by start and id; without `status` all but the cancelled ones."""
    wanted, paging = asked
    async with uow() as tx:
        found = await calendar_range(tx, member.business_id, wanted)
    page = page_of(found, paging, key=lambda row: (row["start_time"].isoformat(), row["id"]), item=document_of)
    return unless_known(Answer.of(page), if_none_match)


@router.post(
    "",
    status_code=201,
    response_model=AppointmentDetails,
    responses=problems(*_BOOKING),
    openapi_extra=ACCEPTS_KEY,
)
async def create_appointment(body: NewAppointment, member: SignedIn, uow: Uow, offers: OffersClient) -> Response:
    """Book a time. Without `staffId` whoever is free and has the least to do that day takes it."""
    editor_of(member).refuse_others(body.staff_id)
    offer = await offers.ask(question_of(member.business_id, body, body.allow))
    async with uow() as tx:
        made = await book(tx, offer, body.booking(), by=member.actor, now=utc_now())
        answer = tx.answer(made, 201, {"Location": f"{PATH}/{made.id}", **etag(made.revision)})
        await tx.flush()
        await reach("appointments.after_insert")
    await reach("appointments.after_commit")
    return answer


async def create_directly(request: Request, body: NewAppointment, member: Member, uow: RequestUnitOfWork) -> Response:
    """The same, past the framework."""
    return await create_appointment(body, member, uow, request.app.state.offers)


@router.get("/{appointment_id}", response_model=AppointmentDetails, responses=problems(*_READING, NotFound))
async def read_appointment(appointment_id: AppointmentId, member: SignedIn, uow: Uow) -> Response:
    """One appointment."""
    async with uow() as tx:
        found = await _found(tx, member, appointment_id)
    return Answer.of(found, headers=etag(found.revision))


@router.put(
    "/{appointment_id}", response_model=AppointmentDetails, responses=problems(*_BOOKING, *_CHANGING, BookedByGuest)
)
async def update_appointment(
    *,
    appointment_id: AppointmentId,
    body: AppointmentChanges,
    member: SignedIn,
    uow: Uow,
    offers: OffersClient,
    expected: IfMatch,
) -> Response:
    """Move, resize, reassign or otherwise change an appointment: all of it, or nothing."""
    changes, editor = body.changes(), editor_of(member)
    async with uow() as tx:
        seen = await _found(tx, member, appointment_id)
    refuse_stale(expected, seen.revision, seen)
    editor.refuse_others(seen.staff_id)
    target = target_of(seen, changes)
    offer = None if target is None else await offers.ask(question_of(member.business_id, target, body.allow))
    async with uow() as tx:
        after = await update(tx, seen, changes, offer, editor=editor, now=utc_now(), expected=expected)
        answer = tx.answer(after, headers=etag(after.revision))
    await reach("appointments.after_commit")
    return answer


@router.put(
    "/{appointment_id}/status",
    response_model=AppointmentDetails,
    responses=problems(*_READING, *_CHANGING, NotAllowed, CrossSiteRequest, SlotTaken),
)
async def set_status(
    appointment_id: AppointmentId, body: StatusChange, member: SignedIn, uow: Uow, expected: IfMatch
) -> Response:
    """Confirm, cancel, complete, or note that nobody came. The same status again changes nothing."""
    async with uow() as tx:
        seen = await _found(tx, member, appointment_id)
        after = await change_status(
            tx, seen, body.changes(), editor=editor_of(member), now=utc_now(), expected=expected
        )
        answer = tx.answer(after, headers=etag(after.revision))
    await reach("appointments.after_commit")
    return answer


@router.delete(
    "/{appointment_id}",
    status_code=204,
    responses=problems(*_READING, NotAllowed, CrossSiteRequest, NotFound, StaleRevision),
)
async def delete_appointment(appointment_id: AppointmentId, member: SignedIn, uow: Uow, expected: IfMatch) -> Response:
    """Remove an appointment: its time is free, its activity stays readable."""
    async with uow() as tx:
        await delete(tx, member.business_id, appointment_id, editor=editor_of(member), now=utc_now(), expected=expected)
        answer = tx.answer(None, 204)
    await reach("appointments.after_commit")
    return answer


@router.get("/{appointment_id}/activity", response_model=Activity, responses=problems(*_READING, NotFound))
async def list_activity(appointment_id: AppointmentId, member: SignedIn, uow: Uow) -> Response:
    """What happened to an appointment, oldest first, also after it was deleted."""
    async with uow() as tx:
        rows = await activity(tx, member.business_id, appointment_id)
    if not rows:
        raise NotFound
    return Answer.of(Activity.of(rows))


async def _found(tx: Tx, member: Member, appointment_id: AppointmentId) -> AppointmentDetails:
    found = await appointment(tx, member.business_id, appointment_id)
    if found is None:
        raise NotFound
    return found
