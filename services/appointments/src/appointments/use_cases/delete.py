"""Deleting an appointment: its time is free, its history stays."""

from datetime import datetime

from appointments.domain import Editor, window_of
from appointments.use_cases.claim import release
from appointments.use_cases.hand_on import hand_on
from appointments.use_cases.record import locked_row, remove
from contracts.ids import AppointmentId, BusinessId
from plumbing.db import Tx
from plumbing.revisions import refuse_stale


async def delete(
    tx: Tx,
    business_id: BusinessId,
    appointment_id: AppointmentId,
    *,
    editor: Editor,
    now: datetime,
    expected: int | None = None,
) -> None:
    """Hide the appointment and free its time. Raises NotFound, StaleRevision and NotAllowed."""
    before = await locked_row(tx, business_id, appointment_id)
    refuse_stale(expected, before.revision, before)
    editor.refuse_others(before.staff_id)
    await release(tx, window_of(before))
    await remove(
        tx, before, before.model_copy(update={"updated_at": now, "revision": before.revision + 1}), editor.actor
    )
    await hand_on(tx, before, reason=None, now=now)
