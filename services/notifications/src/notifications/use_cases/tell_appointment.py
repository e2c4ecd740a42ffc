"""What follows from news of an appointment: who is told what, and when they are reminded."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from contracts.appointments import AppointmentDetails, Change, Source, Status
from notifications.domain import Kind, KnownAppointment
from notifications.queries.known import known_appointment
from notifications.queries.messages import was_told
from notifications.use_cases.keep_copies import copy_appointment
from notifications.use_cases.plan_messages import about, tell_business, tell_guest
from notifications.use_cases.plan_reminders import forget_reminders, plan_reminders
from plumbing.db import Tx

_MOVES = frozenset({Change.RESCHEDULED, Change.RESIZED, Change.REASSIGNED})
_TIMES = ("start", "end", "staffId")

SERIES_ARRIVES = timedelta(seconds=5)
"""A series is told once, with all its dates: so long its events have to arrive."""


async def tell_created(tx: Tx, told: AppointmentDetails, *, now: datetime, imported: bool = False) -> None:
    """An appointment was made. What is past, and what was brought along from elsewhere, is news to nobody."""
    known, _ = await _kept(tx, told, deleted=False, now=now)
    if told.start <= now or imported or _is_offer(told):
        return
    of, due_at = (f"series {told.series_id}", now + SERIES_ARRIVES) if told.series_id else (about(known), now)
    await tell_guest(tx, Kind.BOOKED, known, of=of, now=now, due_at=due_at)
    await tell_business(tx, Kind.STAFF_BOOKED, known, of=of, now=now, due_at=due_at)


async def tell_updated(
    tx: Tx, told: AppointmentDetails, change: Change, before: Mapping[str, Any], *, now: datetime
) -> bool:
    """An appointment was changed; False when it is told again, to fill copies.

    What waits to be said of its former state is dropped when its turn comes.
    """
    known, is_newer = await _kept(tx, told, deleted=False, now=now)
    if told.start > now:
        await _tell_change(tx, known, change, before, now=now)
    return is_newer or change is not Change.DETAILS or bool(before)


async def _tell_change(
    tx: Tx, known: KnownAppointment, change: Change, before: Mapping[str, Any], *, now: datetime
) -> None:
    of = about(known)
    if change in _MOVES:
        payload = {"before": {name: before[name] for name in _TIMES if name in before}}
        await tell_guest(tx, Kind.RESCHEDULED, known, of=of, now=now, payload=payload)
        await tell_business(tx, Kind.STAFF_RESCHEDULED, known, of=of, now=now, payload=payload)
    elif change is Change.CONFIRMED:
        await tell_guest(tx, Kind.CONFIRMED, known, of=of, now=now)
        if known.details.source is Source.INTERNAL and before.get("expiresAt"):  # an offer that was accepted
            await tell_business(tx, Kind.STAFF_BOOKED, known, of=of, now=now)
    elif change in {Change.CANCELLED, Change.EXPIRED}:
        await _tell_ended(tx, known, Kind.EXPIRED if change is Change.EXPIRED else Kind.CANCELLED, now=now)


async def tell_deleted(tx: Tx, told: AppointmentDetails, *, now: datetime) -> bool:
    """An appointment was deleted: who was told that it takes place is told that it does not. False if that is known."""
    before = await known_appointment(tx, told.business_id, told.id)
    known, _ = await _kept(tx, told, deleted=True, now=now)
    was_live = before is not None and before.is_live
    if told.start > now and was_live and await was_told(tx, told.business_id, told.id):
        await _tell_ended(tx, known, Kind.CANCELLED, now=now)
    return before is None or not before.deleted


async def _tell_ended(tx: Tx, known: KnownAppointment, kind: Kind, *, now: datetime) -> None:
    of = about(known)
    await tell_guest(tx, kind, known, of=of, now=now)
    await tell_business(tx, Kind.STAFF_CANCELLED, known, of=of, now=now)


async def _kept(tx: Tx, told: AppointmentDetails, *, deleted: bool, now: datetime) -> tuple[KnownAppointment, bool]:
    """What was told, and whether it is newer than all that was known: then the reminders follow it."""
    newer = await copy_appointment(tx, told, deleted=deleted)
    if newer is not None:
        if newer.is_live:
            await plan_reminders(tx, newer, now=now)
        else:
            await forget_reminders(tx, newer.details)
        return newer, True
    return KnownAppointment(told, deleted), False


def _is_offer(told: AppointmentDetails) -> bool:
    """Made from the waiting list: its guest is told of the offer instead."""
    return told.source is Source.INTERNAL and told.status is Status.PENDING and told.expires_at is not None
