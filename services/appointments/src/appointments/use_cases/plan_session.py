"""Opening a group session ahead, before anybody has booked a seat of it."""

from datetime import datetime

from appointments.domain import session_window
from appointments.use_cases.choose import bookables_in, choose
from appointments.use_cases.claim import lock
from appointments.use_cases.hand_on import fill_from_line
from appointments.use_cases.join import new_session
from appointments.use_cases.keep_session import add_session
from appointments.use_cases.look import look
from contracts.appointments import SessionDetails
from contracts.offers import Offer
from plumbing.db import Tx
from plumbing.problems import Invalid


async def plan_session(tx: Tx, offer: Offer, *, capacity: int | None, now: datetime) -> SessionDetails:
    """Open a session that stays open, also without a seat taken, until it is cancelled.

    Its seats are offered to those who wait for such a time. Without a capacity it has that of its service. Raises
    SlotTaken, and Invalid for a service that is not for groups.
    """
    if offer.capacity < 2:
        raise Invalid.at("/serviceId", "is a service for one customer at a time")
    wanted = new_session(offer, offer.candidates[0], (), now, capacity=capacity or offer.capacity, planned=True)
    await lock(tx, bookables_in(offer))
    seen = await look(tx, session_window(wanted), bookables_in(offer))
    staff, units = await choose(tx, session_window(wanted), offer, seen.busy)
    chosen = {"staff_id": staff.staff_id, "staff_name": staff.staff_name, "resource_ids": list(units)}
    made = wanted.model_copy(update=chosen)
    add_session(tx, made, basis=offer.basis)
    return await fill_from_line(tx, made, now=now)
