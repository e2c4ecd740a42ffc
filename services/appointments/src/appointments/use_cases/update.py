"""Changing an appointment: time, staff, service, customer, notes and status, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from appointments.domain import (
    FINAL,
    LONGEST_CLAIM,
    Editor,
    StatusNotAllowed,
    bookables_of,
    claims_of,
    refuse_transition,
    window_of,
)
from appointments.use_cases.change_customer import changed_customer
from appointments.use_cases.choose import bookables_in, choose
from appointments.use_cases.claim import lock, refuse_taken, release, take
from appointments.use_cases.customers import NewCustomer
from appointments.use_cases.hand_on import hand_on_difference
from appointments.use_cases.look import look
from appointments.use_cases.move_seat import moved_seat
from appointments.use_cases.record import locked_row, rewrite
from contracts.appointments import AppointmentDetails, Status
from contracts.ids import BookableId, CustomerId, ResourceId, ServiceId, StaffId
from contracts.offers import Candidate, Offer, OfferBasis
from plumbing.db import Tx
from plumbing.problems import Invalid
from plumbing.revisions import refuse_stale
from plumbing.sqlstates import Contended


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be different; None leaves it as it is."""

    start: datetime | None = None
    end: datetime | None = None
    staff_id: StaffId | None = None
    service_id: ServiceId | None = None
    notes: str | None = None
    status: Status | None = None
    reason: str | None = None
    customer: NewCustomer | CustomerId | None = None
    asked_by_customer: bool = False  # to be cancelled
    keep: bool = False  # for good, when it is kept until a deposit is paid
    keep_until: datetime | None = None  # at least, when it is kept until a deposit is paid


@dataclass(frozen=True, slots=True)
class Target:
    """What, by whom and when: the part of an appointment that needs an offer."""

    service_id: ServiceId
    staff_id: StaffId
    start: datetime
    end: datetime | None  # None: as long as the service takes


def target_of(appointment: AppointmentDetails, changes: Changes) -> Target | None:
    """Where the changes take the appointment; None when service, staff member and time stay.

    A start alone keeps the length, an end alone resizes, another service takes its own duration. Raises
    StatusNotAllowed when the appointment is over, Invalid when it would end before it starts.
    """
    service_id = changes.service_id or appointment.service_id
    start = changes.start or appointment.start
    end = changes.end
    if end is None and service_id == appointment.service_id:
        end = start + (appointment.end - appointment.start)
    target = Target(service_id, changes.staff_id or appointment.staff_id, start, end)
    if target == Target(appointment.service_id, appointment.staff_id, appointment.start, appointment.end):
        return None
    if appointment.status in FINAL:
        raise StatusNotAllowed(appointment.status, changes.status or appointment.status)
    if end is not None and end <= start:
        raise Invalid.at("/end", "must be after the start")
    if end is not None and end - start > LONGEST_CLAIM:
        raise Invalid.at("/end", "is more than 48 hours after the start")
    _refuse_resized_seat(appointment, target)
    return target


def _refuse_resized_seat(appointment: AppointmentDetails, target: Target) -> None:
    if appointment.session_id is None or target.end is None or target.service_id != appointment.service_id:
        return
    if target.end - target.start != appointment.end - appointment.start:
        raise Invalid.at("/end", "a seat is as long as its session")


async def update(
    tx: Tx,
    seen: AppointmentDetails,
    changes: Changes,
    offer: Offer | None,
    *,
    editor: Editor,
    now: datetime,
    expected: int | None = None,
) -> AppointmentDetails:
    """The appointment as changed, or as it is when nothing differs.

    `seen` is the appointment as it was when the offer for its target was asked. When somebody has changed it since so
    that the offer does not fit, Contended: the caller's whole work is to be done again. Raises NotFound,
    StaleRevision, NotAllowed, StatusNotAllowed, SlotTaken, and for another customer what `changed_customer` does.
    """
    locked = await _lock(tx, seen, offer)
    before = await _locked(tx, seen, changes, locked, editor=editor, expected=expected)
    target = target_of(before, changes)
    if target != target_of(seen, changes):
        raise Contended
    fields = plain_fields(before, changes)
    if target is not None and offer is not None:
        fields |= await _moved(tx, before, target, offer, now)
    if changes.customer is not None:
        session_id = fields.get("session_id", before.session_id)
        fields |= await changed_customer(tx, before, changes.customer, session_id=session_id, now=now)
    basis = offer.basis if target is not None and offer is not None else None
    return await _rewritten(tx, before, fields, editor=editor, now=now, cause=changes.reason, basis=basis)


async def change_status(
    tx: Tx,
    seen: AppointmentDetails,
    changes: Changes,
    *,
    editor: Editor,
    now: datetime,
    expected: int | None = None,
) -> AppointmentDetails:
    """The same for changes of status and notes alone: nothing that `update` raises because of a move."""
    locked = await _lock(tx, seen, None)
    before = await _locked(tx, seen, changes, locked, editor=editor, expected=expected)
    fields, asked = plain_fields(before, changes), changes.asked_by_customer
    return await _rewritten(tx, before, fields, editor=editor, now=now, cause=changes.reason, asked_by_customer=asked)


async def _locked(
    tx: Tx,
    seen: AppointmentDetails,
    changes: Changes,
    locked: frozenset[BookableId],
    *,
    editor: Editor,
    expected: int | None,
) -> AppointmentDetails:
    """The appointment under its lock, unless it may not be changed like that."""
    before = await locked_row(tx, seen.business_id, seen.id)
    refuse_stale(expected, before.revision, before)
    editor.refuse_others(before.staff_id)
    editor.refuse_others(changes.staff_id or before.staff_id)
    refuse_transition(before.status, changes.status or before.status)
    if locked and not locked.issuperset(bookables_of(before)):
        raise Contended
    return before


async def _lock(tx: Tx, seen: AppointmentDetails, offer: Offer | None) -> frozenset[BookableId]:
    """Lock the bookables of now and of the target, where claims may have to be taken."""
    if offer is None and seen.expires_at is None:
        return frozenset()
    wanted = bookables_of(seen) + (bookables_in(offer) if offer else [])
    await lock(tx, wanted)
    return frozenset(wanted)


def plain_fields(before: AppointmentDetails, changes: Changes) -> dict[str, Any]:
    """The fields that need no offer."""
    fields: dict[str, Any] = {}
    if changes.notes is not None:
        fields["notes"] = changes.notes
    if changes.keep and before.expires_at is not None:
        fields["expires_at"] = None
    elif changes.keep_until is not None and before.expires_at is not None:
        fields["expires_at"] = max(before.expires_at, changes.keep_until)
    if changes.status is not None and changes.status is not before.status:
        fields |= {"status": changes.status, "expires_at": None}
        if changes.status is Status.CANCELLED:
            fields["cancellation_reason"] = changes.reason
    return fields


def moved_fields(before: AppointmentDetails, target: Target, offer: Offer) -> dict[str, Any]:
    """The fields that come from the offer: a plain move keeps buffers, price and names as they were agreed.

    A seat has the buffers of its session, which is opened by the offer.
    """
    fields: dict[str, Any] = {
        "start": target.start,
        "end": target.end or offer.end,
        "timezone": offer.timezone,
    }
    buffers = {name: getattr(offer, name) for name in ("buffer_before_minutes", "buffer_after_minutes")}
    if target.service_id != before.service_id:
        names = {"service_id": offer.service_id, "service_name": offer.service_name, "price": offer.price}
        return fields | names | buffers
    return fields | buffers if offer.capacity > 1 else fields


def assigned_fields(before: AppointmentDetails, staff: Candidate, units: Sequence[ResourceId]) -> dict[str, Any]:
    """The fields that say whom and which units it takes."""
    fields: dict[str, Any] = {"resource_ids": list(units)}
    if staff.staff_id != before.staff_id:
        fields |= {"staff_id": staff.staff_id, "staff_name": staff.staff_name}
    return fields


async def _moved(tx: Tx, before: AppointmentDetails, target: Target, offer: Offer, now: datetime) -> dict[str, Any]:
    """All that a move changes, on locked bookables; SlotTaken when the time is somebody else's."""
    fields = moved_fields(before, target, offer)
    if offer.capacity > 1 or before.session_id is not None:
        staff, units, session_id = await moved_seat(tx, before, fields, offer, now)
        return fields | assigned_fields(before, staff, units) | {"session_id": session_id}
    window = window_of(before.model_copy(update=fields))
    seen = await look(tx, window, bookables_in(offer))
    staff, units = await choose(tx, window, offer, seen.busy, kept=before.resource_ids)
    return fields | assigned_fields(before, staff, units)


async def _rewritten(
    tx: Tx,
    before: AppointmentDetails,
    fields: dict[str, Any],
    *,
    editor: Editor,
    now: datetime,
    cause: str | None,
    basis: OfferBasis | None = None,
    asked_by_customer: bool = False,
) -> AppointmentDetails:
    if all(getattr(before, name) == value for name, value in fields.items()):
        return before
    after = before.model_copy(update={**fields, "updated_at": now, "revision": before.revision + 1})
    if claims_of(after) != claims_of(before):
        await release(tx, window_of(before))
        if claims_of(after):
            await refuse_taken(tx, window_of(after), bookables_of(after))
            take(tx, window_of(after), bookables_of(after))
    await rewrite(tx, before, after, editor.actor, cause=cause, basis=basis, asked_by_customer=asked_by_customer)
    await hand_on_difference(tx, before, after, now=now)
    return after
