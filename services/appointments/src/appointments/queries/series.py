"""Reads: a series, and the appointments that belong to it."""

from sqlalchemy import select

from appointments.tables import appointments, details_of, every_appointment, series
from contracts.appointments import AppointmentDetails
from contracts.ids import BusinessId, SeriesId
from contracts.wire import Instant, Wire
from plumbing.db import Tx


class SeriesDetails(Wire):
    """The rule by which a series was made, and its appointments as they are, by start and id, without deleted ones.

    Every change of an appointment, deleting it too, makes the revision higher.
    """

    id: SeriesId
    business_id: BusinessId
    rrule: str
    start: Instant
    timezone: str
    created_at: Instant
    revision: int
    items: list[AppointmentDetails]


async def series_with(
    tx: Tx, business_id: BusinessId, series_id: SeriesId, *, locked: bool = False
) -> SeriesDetails | None:
    """A series; None when there is none. `locked`: its appointments stay as they are until the transaction ends."""
    row = await tx.row(select(series).where(series.c.business_id == business_id, series.c.id == series_id))
    if row is None:
        return None
    statement = every_appointment.where(
        appointments.c.business_id == business_id, appointments.c.series_id == series_id
    ).order_by(appointments.c.id)
    if locked:
        statement = statement.with_for_update(of=appointments)
    rows = await tx.rows(statement)
    return SeriesDetails.model_construct(
        id=SeriesId(row["id"]),
        business_id=business_id,
        rrule=row["rrule"],
        start=row["start_time"],
        timezone=row["timezone"],
        created_at=row["created_at"],
        revision=1 + sum(one["revision"] - 1 for one in rows),
        items=in_order([details_of(one) for one in rows if one["deleted_at"] is None]),
    )


def in_order(items: list[AppointmentDetails]) -> list[AppointmentDetails]:
    """By start, then id."""
    return sorted(items, key=lambda item: (item.start, item.id))
