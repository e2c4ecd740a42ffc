"""Trying a booking or a change without doing it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request, Response

from appointments.clients import Offers, known
from appointments.domain import AlreadyInSession, StatusNotAllowed, refuse_transition
from appointments.queries import appointment
from appointments.queries.free import still_free
from appointments.routes.appointments import PATH
from appointments.routes.edge import OffersClient, question_of
from appointments.schemas import NewAppointment, TimeChanges
from appointments.schemas.checks import Checked
from appointments.use_cases.check import conflicts_of_booking, conflicts_of_move, refuse_unknown_customer
from appointments.use_cases.update import Target, target_of
from contracts.alternatives import AlternativesQuestion, WantedExtent
from contracts.appointments import AppointmentDetails
from contracts.ids import AppointmentId
from contracts.offers import ConflictDetails, OfferRequest
from plumbing.answers import Answer
from plumbing.auth import Member, SignedIn
from plumbing.db import Tx
from plumbing.idempotency import EdgeRoute
from plumbing.problems import (
    CrossSiteRequest,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    ServiceUnavailable,
    StaleRevision,
)
from plumbing.revisions import IfMatch, refuse_stale
from plumbing.web import problems

MOST_ALTERNATIVES = 5
_ASKED = 20  # more than are shown, because some may just have been taken
_MINUTE = timedelta(minutes=1)
_READ_ONLY = "SET TRANSACTION READ ONLY"
_CHECKING = (NotSignedIn, NotAllowed, CrossSiteRequest, AlreadyInSession, Invalid, ServiceUnavailable)

router = APIRouter(prefix=PATH, tags=["appointments"], route_class=EdgeRoute)


@router.post("/check", response_model=Checked, responses=problems(*_CHECKING))
async def check_new(body: NewAppointment, member: SignedIn, offers: OffersClient, request: Request) -> Response:
    """Whether this would be booked now, by the same rules; nothing is written, and no time is kept."""
    question = question_of(member.business_id, body, body.allow)
    booking = body.booking()
    answer = known((await offers.ask_each([question]))[0])
    async with _reading(request, member) as tx:
        await refuse_unknown_customer(tx, member.business_id, booking)
        conflicts = await conflicts_of_booking(tx, answer.offer, booking) if answer.offer else answer.conflicts
    minutes = None if body.end is None else -((body.start - body.end) // _MINUTE)
    return await _checked(request, member, offers, conflicts, _near(question, extent=WantedExtent(minutes=minutes)))


@router.post(
    "/{appointment_id}/check",
    response_model=Checked,
    responses=problems(*_CHECKING, NotFound, StaleRevision, StatusNotAllowed),
)
async def check_change(
    *,
    appointment_id: AppointmentId,
    body: TimeChanges,
    member: SignedIn,
    offers: OffersClient,
    request: Request,
    expected: IfMatch,
) -> Response:
    """Whether this change would be made now, by the same rules; its own time is not in its way. Nothing is written."""
    changes = body.changes()
    async with _reading(request, member) as tx:
        seen = await appointment(tx, member.business_id, appointment_id)
    if seen is None:
        raise NotFound
    refuse_stale(expected, seen.revision, seen)
    refuse_transition(seen.status, changes.status or seen.status)
    target = target_of(seen, changes)
    if target is None:
        return Answer.of(Checked.of([]))
    question = question_of(member.business_id, target, body.allow)
    answer = known((await offers.ask_each([question]))[0])
    async with _reading(request, member) as tx:
        conflicts = await conflicts_of_move(tx, seen, target, answer.offer) if answer.offer else answer.conflicts
    near = _near(question, moving=appointment_id, extent=_extent(seen, target))
    return await _checked(request, member, offers, conflicts, near)


@asynccontextmanager
async def _reading(request: Request, member: Member) -> AsyncGenerator[Tx]:
    """A transaction in which the database refuses to write."""
    async with request.app.state.uow(member.business_id) as tx:
        tx.with_next(_READ_ONLY)
        yield tx


async def _checked(
    request: Request,
    member: Member,
    offers: Offers,
    conflicts: list[ConflictDetails],
    near: AlternativesQuestion,
) -> Response:
    """The answer; what is refused has alternatives, which are made sure of by the claims themselves."""
    if not conflicts:
        return Answer.of(Checked.of([]))
    alternatives = await offers.nearest(near)
    async with _reading(request, member) as tx:
        free = await still_free(tx, near, alternatives)
    checked = Checked.of(conflicts, free[:MOST_ALTERNATIVES])
    return Answer.of(checked.model_dump(mode="json", exclude_none=True))


def _near(question: OfferRequest, **more: Any) -> AlternativesQuestion:
    return AlternativesQuestion(
        business_id=question.business_id,
        service_id=question.service_id,
        staff_id=question.staff_id,
        start=question.start,
        most=_ASKED,
        **more,
    )


def _extent(seen: AppointmentDetails, target: Target) -> WantedExtent:
    """What moves keeps its length and buffers; another service brings its own, and a seat has those of its session."""
    minutes = None if target.end is None else -((target.start - target.end) // _MINUTE)
    if target.service_id != seen.service_id or seen.session_id is not None:
        return WantedExtent(minutes=minutes)
    return WantedExtent(
        minutes=minutes,
        buffer_before_minutes=seen.buffer_before_minutes,
        buffer_after_minutes=seen.buffer_after_minutes,
    )
