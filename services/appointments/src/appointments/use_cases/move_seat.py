"""Moving an appointment into, out of, or between group sessions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from appointments.domain import window_of
from appointments.use_cases.choose import bookables_in, choose
from appointments.use_cases.claim import release
from appointments.use_cases.hand_on import hand_on_seat
from appointments.use_cases.join import take_seat
from appointments.use_cases.look import look
from contracts.appointments import AppointmentDetails
from contracts.ids import GroupSessionId, ResourceId
from contracts.offers import Candidate, Offer
from plumbing.db import Tx


async def moved_seat(
    tx: Tx, before: AppointmentDetails, moved: Mapping[str, Any], offer: Offer, now: datetime
) -> tuple[Candidate, list[ResourceId], GroupSessionId | None]:
    """Who takes the moved appointment, with which units, in which session; on locked bookables.

    What it has is given back first, so that its own seat or time is not in its way. Raises SlotTaken and
    AlreadyInSession.
    """
    if before.session_id is None:
        await release(tx, window_of(before))
    else:
        await hand_on_seat(tx, before, now=now)
    window = window_of(before.model_copy(update=moved))
    seen = await look(tx, window, bookables_in(offer))
    if offer.capacity > 1:
        return await take_seat(tx, window, offer, seen.busy, customer_id=before.customer_id, now=now)
    return *await choose(tx, window, offer, seen.busy, kept=before.resource_ids), None
