"""Changing a group session: its time, who gives it, how many seats it has; all of its seats follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from appointments.domain import FINAL, Editor, SeatsInUse, StatusNotAllowed, session_window
from appointments.use_cases.choose import bookables_in, choose
from appointments.use_cases.hand_on import fill_from_line
from appointments.use_cases.keep_session import rewrite_session
from appointments.use_cases.look import look
from appointments.use_cases.seats import locked_with_seats, move_line, rewrite_seats
from contracts.appointments import AppointmentDetails, SessionDetails
from contracts.ids import StaffId
from contracts.offers import Offer, OfferBasis
from plumbing.db import Tx
from plumbing.revisions import refuse_stale
from plumbing.sqlstates import Contended


@dataclass(frozen=True, slots=True)
class SessionChanges:
    """What is to be different; None leaves it as it is."""

    start: datetime | None = None
    staff_id: StaffId | None = None
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class SessionTarget:
    """By whom and when: what needs an offer."""

    staff_id: StaffId
    start: datetime
    end: datetime


def session_target(session: SessionDetails, changes: SessionChanges) -> SessionTarget | None:
    """Where the changes take the session, as long as it is; None when time and staff member stay."""
    start, staff_id = changes.start or session.start, changes.staff_id or session.staff_id
    if (start, staff_id) == (session.start, session.staff_id):
        return None
    return SessionTarget(staff_id, start, start + (session.end - session.start))


async def change_session(
    tx: Tx,
    seen: SessionDetails,
    changes: SessionChanges,
    offer: Offer | None,
    *,
    editor: Editor,
    now: datetime,
    expected: int | None = None,
) -> SessionDetails:
    """The session as changed, with all of its seats; seats that it has more are offered to those who wait for them.

    `seen` is the session as it was when the offer for its target was asked; Contended when that does not fit any more.
    Raises NotFound, StaleRevision, NotAllowed, SlotTaken, SeatsInUse when it would have too few seats, and
    StatusNotAllowed when it would move though somebody has been to it.
    """
    session, seats = await locked_with_seats(tx, seen, bookables_in(offer) if offer else ())
    refuse_stale(expected, session.revision, session)
    editor.refuse_others(session.staff_id)
    target = session_target(session, changes)
    if target != session_target(seen, changes):
        raise Contended
    if changes.capacity is not None and changes.capacity < session.seats_taken:
        raise SeatsInUse(session.seats_taken)
    fields: dict[str, Any] = {"capacity": changes.capacity or session.capacity}
    if target is None or offer is None:
        return await _rewritten(tx, session, seats, fields, editor=editor, now=now)
    editor.refuse_others(target.staff_id)
    fields |= await _moved(tx, session, seats, target, offer)
    return await _rewritten(tx, session, seats, fields, editor=editor, now=now, basis=offer.basis)


async def _moved(
    tx: Tx, session: SessionDetails, seats: Sequence[AppointmentDetails], target: SessionTarget, offer: Offer
) -> dict[str, Any]:
    """All that a move changes, on locked bookables: buffers, price and names stay as they were agreed."""
    for seat in seats:
        if seat.status in FINAL:
            raise StatusNotAllowed(seat.status, seat.status)
    fields: dict[str, Any] = {"start": target.start, "end": target.end, "timezone": offer.timezone}
    window = session_window(session.model_copy(update=fields))
    seen = await look(tx, window, bookables_in(offer))
    staff, units = await choose(tx, window, offer, seen.busy, kept=session.resource_ids)
    return {**fields, "staff_id": staff.staff_id, "staff_name": staff.staff_name, "resource_ids": list(units)}


async def _rewritten(
    tx: Tx,
    before: SessionDetails,
    seats: Sequence[AppointmentDetails],
    fields: dict[str, Any],
    *,
    editor: Editor,
    now: datetime,
    basis: OfferBasis | None = None,
) -> SessionDetails:
    if all(getattr(before, name) == value for name, value in fields.items()):
        return before
    after = await rewrite_session(tx, before, now, basis=basis, **fields)
    moved = {name: value for name, value in fields.items() if name != "capacity"}
    if moved:
        await rewrite_seats(tx, seats, editor.actor, now=now, **moved)
        await move_line(tx, after, now=now)
    return await fill_from_line(tx, after, now=now) if after.capacity > before.capacity else after
