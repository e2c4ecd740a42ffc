"""Reads: one appointment, a range of the calendar, and what happened to an appointment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, RowMapping, Text, Uuid, any_, bindparam, select, tuple_

from appointments.domain import LONGEST_CLAIM
from appointments.tables import appointment_activity, appointments, details_of, present_appointments
from contracts.appointments import AppointmentDetails, Status
from contracts.ids import AppointmentId, BusinessId, CustomerId
from plumbing.db import Tx


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the calendar: all that overlaps `[start, end)`, by any of these; cancelled ones when asked for."""

    start: datetime
    end: datetime
    staff_ids: Sequence[UUID] = ()
    service_ids: Sequence[UUID] = ()
    statuses: Sequence[Status] = ()
    customer_id: CustomerId | None = None
    after: tuple[datetime, UUID] | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One thing that happened to an appointment."""

    at: datetime
    actor: dict[str, Any]
    change: str
    revision: int
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    cause: str | None = None


async def appointment(tx: Tx, business_id: BusinessId, appointment_id: AppointmentId) -> AppointmentDetails | None:
    """One appointment; None when there is none, or it is deleted."""
    row = await tx.row(
        present_appointments.where(appointments.c.business_id == business_id, appointments.c.id == appointment_id)
    )
    return None if row is None else details_of(row)


async def calendar_range(tx: Tx, business_id: BusinessId, wanted: Wanted) -> Sequence[RowMapping]:
    """The rows of appointments by start, then id. One statement, however many there are."""
    statement = (
        present_appointments.where(appointments.c.business_id == business_id, *_conditions(wanted))
        .order_by(appointments.c.start_time, appointments.c.id)
        .limit(wanted.limit)
    )
    return await tx.rows(statement)


async def activity(tx: Tx, business_id: BusinessId, appointment_id: AppointmentId) -> list[ActivityRow]:
    """What happened to an appointment, oldest first, also when it is deleted; empty when there never was one."""
    columns = [appointment_activity.c[name] for name in ActivityRow.__slots__]
    rows = await tx.rows(
        select(*columns)
        .where(
            appointment_activity.c.business_id == business_id,
            appointment_activity.c.appointment_id == appointment_id,
        )
        .order_by(appointment_activity.c.revision)
    )
    return [ActivityRow(**row) for row in rows]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Overlap, and the filters. No appointment is longer than the longest claim: that bounds the search."""
    c = appointments.c
    found = [c.start_time > wanted.start - LONGEST_CLAIM, c.start_time < wanted.end, c.end_time > wanted.start]
    if wanted.statuses:
        found.append(c.status == _any([status.value for status in wanted.statuses], Text()))
    else:
        found.append(c.status != Status.CANCELLED.value)
    if wanted.staff_ids:
        found.append(c.staff_id == _any(wanted.staff_ids, Uuid()))
    if wanted.service_ids:
        found.append(c.service_id == _any(wanted.service_ids, Uuid()))
    if wanted.customer_id is not None:
        found.append(c.customer_id == wanted.customer_id)
    if wanted.after is not None:
        found.append(tuple_(c.start_time, c.id) > wanted.after)
    return found


def _any(values: Sequence[Any], kind: Any) -> Any:
    """One parameter for any number of values, so that the statement stays the same."""
    return any_(bindparam(None, list(values), type_=ARRAY(kind)))
