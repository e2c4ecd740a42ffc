"""Series: appointments that repeat, made, changed and cancelled together."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from appointments.domain import NotBookable, SlotTaken, StatusNotAllowed
from appointments.queries.series import SeriesDetails, series_with
from appointments.routes.edge import OffersClient, editor_of, question_of
from appointments.schemas.series import NewSeriesBody, SeriesChanges, SeriesOutcome
from appointments.use_cases.series.add import Asked, NewSeries, add_series
from appointments.use_cases.series.change import Edit, Scope, SeriesChange, change_series, edits_of
from appointments.use_cases.series.rule import Rule
from appointments.use_cases.update import Changes
from contracts.appointments import Status
from contracts.ids import AppointmentId, SeriesId
from contracts.offers import OfferRequest
from plumbing.answers import Answer
from plumbing.auth import Member, SignedIn
from plumbing.clock import utc_now
from plumbing.db import Tx
from plumbing.failpoints import reach
from plumbing.idempotency import ACCEPTS_KEY, EdgeRoute, Uow
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
from plumbing.schemas import Reason
from plumbing.web import problems

_READING = (NotSignedIn, ServiceUnavailable)
_WRITING = (*_READING, NotAllowed, CrossSiteRequest, Invalid)
_CHANGING = (NotFound, StatusNotAllowed, StaleRevision)

router = APIRouter(prefix="/api/series", tags=["series"], route_class=EdgeRoute)


@router.post(
    "",
    status_code=201,
    response_model=SeriesOutcome,
    responses=problems(*_WRITING, SlotTaken, NotBookable, RequestInProgress, IdempotencyKeyReused),
    openapi_extra=ACCEPTS_KEY,
)
async def create_series(body: NewSeriesBody, member: SignedIn, uow: Uow, offers: OffersClient) -> Response:
    """Book all occurrences of a rule, or none; with `allow: ["skipConflicts"]` all that can be booked.

    Without `staffId` one staff member takes all of them if there is one who can, else whoever is free takes each. What
    refuses it is said of every occurrence at once.
    """
    editor_of(member).refuse_others(body.staff_id)
    [first] = await offers.ask_all([body.question(member.business_id, body.start)])
    zone = first.offer.timezone if first.offer is not None else first.timezone or "UTC"
    wanted = NewSeries(member.business_id, Rule.parse(body.rrule), body.start, zone)
    starts = wanted.starts()
    rest = await offers.ask_all([body.question(member.business_id, start) for start in starts[1:]])
    asked = [Asked(start, answer) for start, answer in zip(starts, [first, *rest], strict=True)]
    async with uow() as tx:
        made, skipped = await add_series(
            tx, wanted, asked, body.booking(), skip=body.skips, by=member.actor, now=utc_now()
        )
        headers = {"Location": f"{router.prefix}/{made.id}", **etag(made.revision)}
        answer = tx.answer(SeriesOutcome.of(made, skipped), 201, headers)
    await reach("appointments.after_commit")
    return answer


@router.get("/{series_id}", response_model=SeriesDetails, responses=problems(*_READING, NotFound))
async def read_series(series_id: SeriesId, member: SignedIn, uow: Uow) -> Response:
    """The rule of a series, and its appointments as they are, the cancelled ones too."""
    async with uow() as tx:
        found = await _found(tx, member, series_id)
    return Answer.of(found, headers=etag(found.revision))


@router.put(
    "/{series_id}",
    response_model=SeriesOutcome,
    responses=problems(*_WRITING, *_CHANGING, SlotTaken, NotBookable),
)
async def update_series(
    *,
    series_id: SeriesId,
    body: SeriesChanges,
    member: SignedIn,
    uow: Uow,
    offers: OffersClient,
    expected: IfMatch,
) -> Response:
    """Change this appointment, it and those that follow, or all to come: all of them, or none.

    With `allow: ["skipConflicts"]` those that cannot be had there stay as they are. What is past or over is not changed
    with others, only by itself, as with PUT /api/appointments/{id}.
    """
    now = utc_now()
    async with uow() as tx:
        seen = await _found(tx, member, series_id)
    refuse_stale(expected, seen.revision, seen)
    edits = edits_of(seen, body.change(), now)
    moved = [edit for edit in edits if edit.target is not None]
    answers = await offers.ask_all([_question(member, edit, body) for edit in moved])
    by_id = {edit.seen.id: answer for edit, answer in zip(moved, answers, strict=True)}
    async with uow() as tx:
        after, skipped = await change_series(
            tx, seen, edits, by_id, skip=body.skips, editor=editor_of(member), now=now, expected=expected
        )
        answer = tx.answer(SeriesOutcome.of(after, skipped), headers=etag(after.revision))
    await reach("appointments.after_commit")
    return answer


@router.delete("/{series_id}", status_code=204, responses=problems(*_WRITING, *_CHANGING))
async def cancel_series(
    *,
    series_id: SeriesId,
    member: SignedIn,
    uow: Uow,
    expected: IfMatch,
    scope: Annotated[Scope, Query()] = "all",
    appointment_id: Annotated[AppointmentId | None, Query(alias="appointmentId")] = None,
    reason: Annotated[Reason | None, Query()] = None,
) -> Response:
    """Cancel this appointment, it and those that follow, or all to come; they stay readable, as does the series."""
    now = utc_now()
    wanted = SeriesChange(scope, appointment_id, Changes(status=Status.CANCELLED, reason=reason or None))
    async with uow() as tx:
        seen = await _found(tx, member, series_id)
        edits = edits_of(seen, wanted, now)
        await change_series(tx, seen, edits, {}, skip=False, editor=editor_of(member), now=now, expected=expected)
        answer = tx.answer(None, 204)
    await reach("appointments.after_commit")
    return answer


async def _found(tx: Tx, member: Member, series_id: SeriesId) -> SeriesDetails:
    found = await series_with(tx, member.business_id, series_id)
    if found is None:
        raise NotFound
    return found


def _question(member: Member, edit: Edit, body: SeriesChanges) -> OfferRequest:
    target = edit.target
    if target is None:
        raise ValueError("asks about an appointment that stays where it is")
    return question_of(member.business_id, target, body.rule_allowances)
