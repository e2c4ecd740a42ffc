"""Reads: who waits for a seat or a time, and what they have been offered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import Field
from sqlalchemy import ARRAY, RowMapping, Text, any_, bindparam, select, tuple_

from appointments.tables import customers, waiting_list
from contracts.appointments import CustomerDetails
from contracts.ids import AppointmentId, BusinessId, CustomerId, GroupSessionId, ServiceId, StaffId, WaitingId
from contracts.waiting import WaitingState
from contracts.wire import Instant, Wire
from plumbing.db import Tx


class WaitingDetails(Wire):
    """A wish for a seat of a session, or for any time of a service that starts in `[from, to)`.

    `appointmentId` is what was offered: a pending appointment, theirs until `offeredUntil`.
    """

    id: WaitingId
    business_id: BusinessId
    service_id: ServiceId
    staff_id: StaffId | None
    session_id: GroupSessionId | None
    from_at: Instant = Field(alias="from")
    to_at: Instant = Field(alias="to")
    customer: CustomerDetails
    state: WaitingState
    appointment_id: AppointmentId | None
    offered_until: Instant | None
    created_at: Instant
    updated_at: Instant
    revision: int


@dataclass(frozen=True, slots=True)
class WantedLine:
    """Which part of the list: those in one of these states, by any of the rest; the first `limit` after a key."""

    states: Sequence[WaitingState]
    service_id: ServiceId | None
    session_id: GroupSessionId | None
    customer_id: CustomerId | None
    after: tuple[datetime, UUID] | None
    limit: int


_EVERYBODY = select(
    waiting_list,
    customers.c.name.label("customer_name"),
    customers.c.email.label("customer_email"),
    customers.c.phone.label("customer_phone"),
).join_from(waiting_list, customers)


async def waiting(tx: Tx, business_id: BusinessId, waiting_id: WaitingId) -> WaitingDetails | None:
    """One wish, in whatever state; None when there is none."""
    c = waiting_list.c
    row = await tx.row(_EVERYBODY.where(c.business_id == business_id, c.id == waiting_id))
    return None if row is None else _waiting_of(row)


async def waiting_for(tx: Tx, business_id: BusinessId, appointment_id: AppointmentId) -> WaitingDetails | None:
    """The wish to which this appointment was offered; None when it was offered to nobody."""
    c = waiting_list.c
    row = await tx.row(_EVERYBODY.where(c.business_id == business_id, c.appointment_id == appointment_id))
    return None if row is None else _waiting_of(row)


async def line(tx: Tx, business_id: BusinessId, wanted: WantedLine) -> list[WaitingDetails]:
    """The wishes in the order in which they came: that in which they are served. One statement."""
    c = waiting_list.c
    states = any_(bindparam(None, [state.value for state in wanted.states], type_=ARRAY(Text())))
    found = [c.business_id == business_id, c.state == states]
    if wanted.service_id is not None:
        found.append(c.service_id == wanted.service_id)
    if wanted.session_id is not None:
        found.append(c.session_id == wanted.session_id)
    if wanted.customer_id is not None:
        found.append(c.customer_id == wanted.customer_id)
    if wanted.after is not None:
        found.append(tuple_(c.created_at, c.id) > wanted.after)
    rows = await tx.rows(_EVERYBODY.where(*found).order_by(c.created_at, c.id).limit(wanted.limit))
    return [_waiting_of(row) for row in rows]


def _waiting_of(row: RowMapping) -> WaitingDetails:
    return WaitingDetails.model_construct(
        id=row["id"],
        business_id=row["business_id"],
        service_id=row["service_id"],
        staff_id=row["staff_id"],
        session_id=row["session_id"],
        from_at=row["from_at"],
        to_at=row["to_at"],
        customer=CustomerDetails.model_construct(
            id=row["customer_id"], name=row["customer_name"], email=row["customer_email"], phone=row["customer_phone"]
        ),
        state=WaitingState(row["state"]),
        appointment_id=row["appointment_id"],
        offered_until=row["offered_until"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        revision=row["revision"],
    )
