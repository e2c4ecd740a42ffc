"""The waiting list: getting in line, leaving it, and answering an offer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select, update

from appointments.domain import AlreadyInSession, AlreadyWaiting, Editor, NothingOffered, SeatsLeft
from appointments.queries import appointment
from appointments.queries.waiting_list import WaitingDetails
from appointments.tables import appointments, waiting_list
from appointments.use_cases.customers import NewCustomer, customer_with
from appointments.use_cases.keep_session import locked_session
from appointments.use_cases.update import Changes, change_status
from contracts.appointments import AppointmentDetails, CustomerDetails, Status
from contracts.ids import BusinessId, CustomerId, GroupSessionId, ServiceId, StaffId, WaitingId, uuid7
from contracts.waiting import WaitingState
from plumbing.db import Tx
from plumbing.problems import Invalid
from plumbing.sqlstates import Contended

DECLINED = "declined"
"""The cancellation reason of what was offered and not wanted."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Who waits, for which service and whom, and for how long an offer is theirs.

    `staff_ids`: of a booking page, which offers these alone. `id`: chosen by whoever may ask twice.
    """

    business_id: BusinessId
    service_id: ServiceId
    staff_id: StaffId | None
    customer: NewCustomer | CustomerId
    offer_lasts: timedelta
    staff_ids: list[StaffId] | None = None
    id: WaitingId | None = None


async def wait_for_seat(
    tx: Tx, wish: Wish, session_id: GroupSessionId, *, editor: Editor, now: datetime
) -> WaitingDetails:
    """Get in line for a seat of a full session.

    The session is locked: a seat that is given back meanwhile is offered to this customer, or was free before. Raises
    Invalid, NotAllowed, SeatsLeft, AlreadyInSession and AlreadyWaiting.
    """
    session = await locked_session(tx, wish.business_id, session_id)
    if session is None:
        raise Invalid.at("/sessionId", "names nothing of this business")
    if session.service_id != wish.service_id:
        raise Invalid.at("/sessionId", "is a session of another service")
    editor.refuse_others(session.staff_id)
    if session.seats_taken < session.capacity:
        raise SeatsLeft
    customer = await customer_with(tx, wish.business_id, wish.customer, now)
    if await _has_seat(tx, wish.business_id, session_id, customer):
        raise AlreadyInSession
    span = (session.start, session.end)
    return await _added(tx, wish, customer, span, now, staff_id=session.staff_id, session_id=session_id)


async def wait_for_time(tx: Tx, wish: Wish, span: tuple[datetime, datetime], *, now: datetime) -> WaitingDetails:
    """Get in line for any time of the service that starts within a span. Raises Invalid and AlreadyWaiting."""
    customer = await customer_with(tx, wish.business_id, wish.customer, now)
    return await _added(tx, wish, customer, span, now, staff_id=wish.staff_id, session_id=None)


async def withdraw(tx: Tx, seen: WaitingDetails, *, editor: Editor, now: datetime) -> None:
    """Leave the line; what was offered is cancelled, and offered to the next. Raises NotAllowed.

    Whoever has left it already, or has accepted, stays as they are.
    """
    if seen.staff_id is not None:
        editor.refuse_others(seen.staff_id)
    if seen.state is WaitingState.OFFERED:
        await decline(tx, seen, editor=editor, now=now)
    elif seen.state is WaitingState.WAITING:
        c = waiting_list.c
        left = update(waiting_list).where(
            c.business_id == seen.business_id, c.id == seen.id, c.state == WaitingState.WAITING.value
        )
        values = {"state": WaitingState.WITHDRAWN.value, "updated_at": now, "revision": c.revision + 1}
        if (await tx.execute(left.values(values))).rowcount != 1:
            raise Contended


async def accept(tx: Tx, seen: WaitingDetails, *, editor: Editor, now: datetime) -> AppointmentDetails:
    """Take what is offered: the pending appointment is confirmed.

    Raises NothingOffered, NotAllowed, and StatusNotAllowed when the offer has just ended.
    """
    offered = await _offered(tx, seen)
    return await change_status(tx, offered, Changes(status=Status.CONFIRMED), editor=editor, now=now)


async def decline(tx: Tx, seen: WaitingDetails, *, editor: Editor, now: datetime) -> None:
    """Pass on what is offered to the next in line. Raises as `accept`."""
    changes = Changes(status=Status.CANCELLED, reason=DECLINED)
    await change_status(tx, await _offered(tx, seen), changes, editor=editor, now=now)


async def end_past(tx: Tx, now: datetime) -> None:
    """Nobody waits for what is over."""
    c = waiting_list.c
    values = {"state": WaitingState.EXPIRED.value, "updated_at": now, "revision": c.revision + 1}
    await tx.execute(update(waiting_list).where(c.state == WaitingState.WAITING.value, c.to_at <= now).values(values))


async def _offered(tx: Tx, seen: WaitingDetails) -> AppointmentDetails:
    found = None
    if seen.state is WaitingState.OFFERED and seen.appointment_id is not None:
        found = await appointment(tx, seen.business_id, seen.appointment_id)
    if found is None:
        raise NothingOffered(seen.state.value)
    return found


async def _has_seat(tx: Tx, business_id: BusinessId, session_id: GroupSessionId, customer: CustomerDetails) -> bool:
    c = appointments.c
    seat = select(c.id).where(
        c.business_id == business_id,
        c.session_id == session_id,
        c.customer_id == customer.id,
        c.status != Status.CANCELLED.value,
        c.deleted_at.is_(None),
    )
    return await tx.scalar(select(exists(seat)))


async def _added(
    tx: Tx,
    wish: Wish,
    customer: CustomerDetails,
    span: tuple[datetime, datetime],
    now: datetime,
    *,
    staff_id: StaffId | None,
    session_id: GroupSessionId | None,
) -> WaitingDetails:
    values: dict[str, Any] = {
        "business_id": wish.business_id,
        "id": wish.id or WaitingId(uuid7()),
        "service_id": wish.service_id,
        "staff_id": staff_id,
        "session_id": session_id,
        "from_at": span[0],
        "to_at": span[1],
        "appointment_id": None,
        "offered_until": None,
        "created_at": now,
        "updated_at": now,
        "revision": 1,
    }
    if await _waits_already(tx, values, customer.id):
        raise AlreadyWaiting
    minutes = wish.offer_lasts // timedelta(minutes=1)
    kept = {"customer_id": customer.id, "staff_ids": wish.staff_ids, "offer_minutes": minutes}
    tx.insert(waiting_list, {**values, **kept, "state": WaitingState.WAITING.value})
    return WaitingDetails.model_construct(**values, customer=customer, state=WaitingState.WAITING)


async def _waits_already(tx: Tx, values: dict[str, Any], customer_id: UUID) -> bool:
    """Whether the customer waits for the very same by another wish: this one may be asked for twice at once."""
    c = waiting_list.c
    same = [c[name].is_not_distinct_from(values[name]) for name in ("staff_id", "session_id", "from_at", "to_at")]
    live = c.state.in_([WaitingState.WAITING.value, WaitingState.OFFERED.value])
    wish = select(c.id).where(
        c.business_id == values["business_id"],
        c.service_id == values["service_id"],
        c.customer_id == customer_id,
        c.id != values["id"],
    )
    return await tx.scalar(select(exists(wish.where(live, *same))))
