"""Reminders: planned with an appointment, moved and dropped with it, and made messages when they are due."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import RowMapping, delete, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from contracts.appointments import AppointmentDetails
from contracts.ids import AppointmentId, BusinessId
from notifications.domain import Kind, KnownAppointment, Preferences
from notifications.domain.reminders import plan
from notifications.queries.known import known_appointment, live_appointments, preferences
from notifications.tables import reminders
from notifications.use_cases.plan_messages import tell_guest
from plumbing.batches import taken
from plumbing.db import Tx

_BATCH = 200


async def plan_reminders(tx: Tx, known: KnownAppointment, *, now: datetime) -> None:
    """The reminders of a live appointment, in place of those that there were."""
    wanted = await preferences(tx, known.details.business_id)
    await forget_reminders(tx, known.details)
    await _add(tx, [known], wanted, now)


async def forget_reminders(tx: Tx, details: AppointmentDetails) -> None:
    """Nobody is reminded of it any more."""
    c = reminders.c
    await tx.execute(delete(reminders).where(c.business_id == details.business_id, c.appointment_id == details.id))


async def plan_all_reminders(tx: Tx, business_id: BusinessId, wanted: Preferences, *, now: datetime) -> None:
    """The reminders of everything that is to come, as the business wants them now."""
    await tx.execute(delete(reminders).where(reminders.c.business_id == business_id))
    last = None
    while some := await live_appointments(tx, business_id, starting_after=now, after=last):
        await _add(tx, some, wanted, now)
        last = some[-1].details.id


async def remind(tx: Tx, *, now: datetime) -> int:
    """Make messages of the reminders that are due, some at a time; how many reminders.

    What was cancelled or moved since is not in the plan any more; each message is judged once more when it is sent.
    """
    c = reminders.c
    due = select(c.business_id, c.appointment_id, c.offset_minutes).where(c.due_at <= now)
    some = due.order_by(c.due_at).limit(_BATCH)
    key = tuple_(c.business_id, c.appointment_id, c.offset_minutes)
    rows = (await tx.execute(delete(reminders).where(key.in_(taken(some))).returning(reminders))).mappings().all()
    for row in rows:
        await _remind_of(tx, row, now)
    return len(rows)


async def _remind_of(tx: Tx, found: RowMapping, now: datetime) -> None:
    known = await known_appointment(tx, found["business_id"], AppointmentId(found["appointment_id"]))
    if known is None or not known.is_live or known.details.start != found["start_at"] or found["start_at"] <= now:
        return
    of = f"{known.details.id} {found['start_at'].isoformat()} {found['offset_minutes']}"
    await tell_guest(tx, Kind.REMINDER, known, of=of, now=now)


async def _add(tx: Tx, some: Sequence[KnownAppointment], wanted: Preferences, now: datetime) -> None:
    rows = [
        {
            "business_id": one.details.business_id,
            "appointment_id": one.details.id,
            "offset_minutes": planned.offset_minutes,
            "start_at": planned.start,
            "due_at": planned.due_at,
        }
        for one in some
        for planned in plan(
            one.details.start,
            wanted.reminder_offsets_minutes,
            quiet=wanted.quiet_hours,
            zone=one.details.timezone,
            now=now,
        )
    ]
    if rows:
        await tx.execute(insert(reminders).values(rows).on_conflict_do_nothing())
