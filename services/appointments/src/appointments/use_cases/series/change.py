"""Changing a series: one appointment, it and those that follow, or all that are to come; all of them, or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from appointments.domain import FINAL, Editor, bookables_of, refuse_transition, window_of
from appointments.queries.series import SeriesDetails, in_order, series_with
from appointments.use_cases.choose import bookables_in
from appointments.use_cases.claim import lock
from appointments.use_cases.look import Busy
from appointments.use_cases.series.freed import hand_on_all
from appointments.use_cases.series.look import Wish, busy_for, refuse_seats
from appointments.use_cases.series.plan import Place, plan
from appointments.use_cases.series.skipped import Skipped, series_refusal
from appointments.use_cases.series.store import Rewritten, rewrite_all
from appointments.use_cases.series.wall_time import shifted, wall_of
from appointments.use_cases.update import Changes, Target, assigned_fields, moved_fields, plain_fields, target_of
from contracts.appointments import AppointmentDetails
from contracts.ids import AppointmentId, OwnerId
from contracts.offers import ConflictDetails, Offer, OfferAnswer
from plumbing.db import Tx
from plumbing.problems import Invalid, NotFound
from plumbing.revisions import refuse_stale
from plumbing.sqlstates import Contended

Scope = Literal["this", "following", "all"]


@dataclass(frozen=True, slots=True)
class SeriesChange:
    """What is to be different: times are those of the named appointment, the others follow it by the wall clock."""

    scope: Scope
    appointment_id: AppointmentId | None
    changes: Changes


@dataclass(frozen=True, slots=True)
class Edit:
    """One appointment as it was seen, what is to be different, and where that takes it, if elsewhere."""

    seen: AppointmentDetails
    changes: Changes
    target: Target | None


def edits_of(series: SeriesDetails, wanted: SeriesChange, now: datetime) -> list[Edit]:
    """The change of each appointment that is meant: of several only those to come that are not over.

    Raises Invalid when no appointment of this series is named where one is needed, or a time is none; StatusNotAllowed
    when a single one is over and would be moved.
    """
    named = _named(series, wanted)
    changes = {item.id: _changes_for(item, named, wanted.changes) for item in _meant(series, wanted.scope, named, now)}
    return [
        Edit(item, changes[item.id], target_of(item, changes[item.id])) for item in series.items if item.id in changes
    ]


async def change_series(
    tx: Tx,
    seen: SeriesDetails,
    edits: Sequence[Edit],
    answers: Mapping[AppointmentId, OfferAnswer],
    *,
    skip: bool,
    editor: Editor,
    now: datetime,
    expected: int | None = None,
) -> tuple[SeriesDetails, list[Skipped]]:
    """The series as changed; with `skip` also which appointments stay as they are, because they cannot be had there.

    `answers` are the offers for all targets. Raises NotFound, StaleRevision, NotAllowed, StatusNotAllowed; SlotTaken or
    NotBookable with the conflicts of every appointment that has some, when none may stay or all would; and Contended
    when somebody has changed one of them since: the caller's whole work is to be done again.
    """
    offers = {id_: answer.offer for id_, answer in answers.items() if answer.offer is not None}
    refuse_seats(offers.values())
    await _lock(tx, edits, offers)
    current = await series_with(tx, seen.business_id, seen.id, locked=True)
    if current is None:
        raise NotFound
    refuse_stale(expected, current.revision, current)
    _refuse_changed(current, edits)
    for edit in edits:
        _refuse_not_allowed(edit, editor)
    places, skipped = await _planned(tx, edits, offers, answers)
    if skipped and not (skip and places):
        raise series_refusal(skipped)
    stay = {one.appointment_id for one in skipped}
    changed = [_rewritten(edit, offers, places, now) for edit in edits if edit.seen.id not in stay]
    changed = [one for one in changed if one.after is not one.before]
    cause = edits[0].changes.reason if edits else None
    await rewrite_all(tx, seen.business_id, changed, editor.actor, cause=cause)
    await hand_on_all(tx, seen.business_id, changed, now)
    return _with(current, changed), skipped


def _named(series: SeriesDetails, wanted: SeriesChange) -> AppointmentDetails | None:
    if wanted.appointment_id is not None:
        found = next((item for item in series.items if item.id == wanted.appointment_id), None)
        if found is None:
            raise Invalid.at("/appointmentId", "names nothing of this series")
        return found
    if wanted.scope != "all":
        raise Invalid.at("/appointmentId", "must name the appointment, unless the scope is all")
    if wanted.changes.start is not None or wanted.changes.end is not None:
        raise Invalid.at("/appointmentId", "must name the appointment whose start or end is sent")
    return None


def _meant(
    series: SeriesDetails, scope: Scope, named: AppointmentDetails | None, now: datetime
) -> list[AppointmentDetails]:
    if scope == "this":
        return [named] if named is not None else []
    to_come = [item for item in series.items if item.start > now and item.status not in FINAL]
    if scope == "following" and named is not None:
        return [item for item in to_come if item.start >= named.start]
    return to_come


def _changes_for(item: AppointmentDetails, named: AppointmentDetails | None, changes: Changes) -> Changes:
    """As far from its own time as the named one moves, by the wall clock; as long as that becomes."""
    if named is None or item.id == named.id:
        return changes
    start = item.start
    if changes.start is not None:
        by = wall_of(changes.start, named.timezone) - wall_of(named.start, named.timezone)
        start = _moved_start(item, by)
    end = None if changes.end is None else start + (changes.end - (changes.start or named.start))
    return replace(changes, start=start, end=end)


def _moved_start(item: AppointmentDetails, by: timedelta) -> datetime:
    try:
        return shifted(item.start, by, item.timezone)
    except ValueError as error:
        raise Invalid.at("/start", f"moves another appointment to a time {error}") from error


async def _lock(tx: Tx, edits: Sequence[Edit], offers: Mapping[AppointmentId, Offer]) -> None:
    """Lock the bookables of now and of the targets."""
    wanted = {bookable for edit in edits for bookable in bookables_of(edit.seen)}
    wanted |= {bookable for offer in offers.values() for bookable in bookables_in(offer)}
    if wanted:
        await lock(tx, wanted)


def _refuse_changed(current: SeriesDetails, edits: Sequence[Edit]) -> None:
    revisions = {item.id: item.revision for item in current.items}
    if any(revisions.get(edit.seen.id) != edit.seen.revision for edit in edits):
        raise Contended


def _refuse_not_allowed(edit: Edit, editor: Editor) -> None:
    before, changes = edit.seen, edit.changes
    if edit.target is not None and before.session_id is not None:
        raise Invalid.at("/scope", f"the appointment {before.id} is a seat of a group session: move it by itself")
    editor.refuse_others(before.staff_id)
    editor.refuse_others(changes.staff_id or before.staff_id)
    refuse_transition(before.status, changes.status or before.status)


async def _planned(
    tx: Tx,
    edits: Sequence[Edit],
    offers: Mapping[AppointmentId, Offer],
    answers: Mapping[AppointmentId, OfferAnswer],
) -> tuple[dict[OwnerId, Place], list[Skipped]]:
    """Where those go that can be had there, and why the others cannot.

    Whoever stays is in the way of the others again, so that is planned until nobody else has to stay.
    """
    moving = {OwnerId(edit.seen.id): edit for edit in edits if edit.seen.id in offers}
    wishes = [_wish(edit, offers[edit.seen.id]) for edit in moving.values()]
    skipped = [
        _skipped(edit, answers[edit.seen.id].conflicts) for edit in edits if edit.target and edit.seen.id not in offers
    ]
    busy = await busy_for(tx, edits[0].seen.business_id, wishes, moving=moving.keys()) if wishes else {}
    staying: list[Busy] = []
    while True:
        found = plan(wishes, busy, {}, staying=list(staying))
        if not found.conflicts:
            return found.places, sorted(skipped, key=lambda one: one.start)
        for owner, conflicts in found.conflicts.items():
            skipped.append(_skipped(moving[owner], conflicts))
            staying += _own_time(moving[owner].seen)
        wishes = [wish for wish in wishes if wish.owner not in found.conflicts]


def _wish(edit: Edit, offer: Offer) -> Wish:
    before = edit.seen
    moved = before if edit.target is None else before.model_copy(update=moved_fields(before, edit.target, offer))
    return Wish(window_of(moved), offer, before.resource_ids)


def _skipped(edit: Edit, conflicts: Sequence[ConflictDetails]) -> Skipped:
    start = edit.target.start if edit.target else edit.seen.start
    return Skipped(start=start, conflicts=list(conflicts), appointment_id=edit.seen.id)


def _own_time(item: AppointmentDetails) -> list[Busy]:
    window = window_of(item)
    return [Busy(bookable, window.owner_id, window.lower, window.upper) for bookable in bookables_of(item)]


def _rewritten(
    edit: Edit, offers: Mapping[AppointmentId, Offer], places: Mapping[OwnerId, Place], now: datetime
) -> Rewritten:
    """The appointment as changed; the same one when nothing differs."""
    before = edit.seen
    fields = plain_fields(before, edit.changes)
    place, basis = places.get(OwnerId(before.id)), None
    if edit.target is not None and place is not None:
        offer = offers[before.id]
        fields, basis = fields | moved_fields(before, edit.target, offer), offer.basis
        fields |= assigned_fields(before, place.staff, place.units)
    if all(getattr(before, name) == value for name, value in fields.items()):
        return Rewritten(before, before)
    after = before.model_copy(update={**fields, "updated_at": now, "revision": before.revision + 1})
    return Rewritten(before, after, basis)


def _with(series: SeriesDetails, changed: Sequence[Rewritten]) -> SeriesDetails:
    after = {one.after.id: one.after for one in changed}
    items = in_order([after.get(item.id, item) for item in series.items])
    return series.model_copy(update={"items": items, "revision": series.revision + len(changed)})
