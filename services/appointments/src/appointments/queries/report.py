"""Reads: how many appointments there were, by date and by staff member."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Date, cast, extract, func, select

from appointments.tables import appointments
from contracts.appointments import Status
from contracts.ids import BusinessId, StaffId
from contracts.wire import Wire
from plumbing.db import Tx


class DayFigures(Wire):
    """Of one date, by the clock of the business: `booked` are all but the cancelled ones; `noShows` are among them."""

    date: date
    booked: int
    cancelled: int
    no_shows: int


class StaffFigures(Wire):
    """Of one staff member. A session counts once in `bookedMinutes`, however many have a seat; buffers do not count."""

    staff_id: StaffId
    staff_name: str
    booked: int
    no_shows: int
    booked_minutes: int


class AppointmentReport(Wire):
    """Appointments that start within a range. What is not listed had none."""

    days: list[DayFigures]
    staff: list[StaffFigures]


async def appointment_report(tx: Tx, business_id: BusinessId, start: datetime, end: datetime) -> AppointmentReport:
    """Two statements, however many appointments there are."""
    c = appointments.c
    within = (c.business_id == business_id) & (c.start_time >= start) & (c.start_time < end) & c.deleted_at.is_(None)
    return AppointmentReport(days=await _by_day(tx, within), staff=await _by_staff(tx, within))


async def _by_day(tx: Tx, within: ColumnElement[bool]) -> list[DayFigures]:
    c = appointments.c
    on = cast(c.start_local, Date).label("date")
    is_cancelled = c.status == Status.CANCELLED.value
    counted = select(
        on,
        func.count().filter(~is_cancelled).label("booked"),
        func.count().filter(is_cancelled).label("cancelled"),
        func.count().filter(c.status == Status.NO_SHOW.value).label("no_shows"),
    )
    return [DayFigures(**row) for row in await tx.rows(counted.where(within).group_by(on).order_by(on))]


async def _by_staff(tx: Tx, within: ColumnElement[bool]) -> list[StaffFigures]:
    c = appointments.c
    one_time = func.coalesce(c.session_id, c.id)
    times = (
        select(
            c.staff_id,
            func.max(c.staff_name).label("staff_name"),
            func.count().label("booked"),
            func.count().filter(c.status == Status.NO_SHOW.value).label("no_shows"),
            func.max(extract("epoch", c.end_time - c.start_time) / 60).label("minutes"),
        )
        .where(within, c.status != Status.CANCELLED.value)
        .group_by(c.staff_id, one_time)
        .subquery()
    )
    t = times.c
    name = func.max(t.staff_name).label("staff_name")
    counted = select(
        t.staff_id,
        name,
        func.sum(t.booked).label("booked"),
        func.sum(t.no_shows).label("no_shows"),
        func.sum(t.minutes).label("booked_minutes"),
    )
    rows = await tx.rows(counted.group_by(t.staff_id).order_by(name, t.staff_id))
    return [
        StaffFigures(
            staff_id=row["staff_id"],
            staff_name=row["staff_name"],
            booked=int(row["booked"]),
            no_shows=int(row["no_shows"]),
            booked_minutes=round(row["booked_minutes"]),
        )
        for row in rows
    ]
