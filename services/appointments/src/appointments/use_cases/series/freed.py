"""Handing on what the changed appointments of a series had and have no more."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select

from appointments.domain import bookables_of, claims_of, window_of
from appointments.tables import waiting_list
from appointments.use_cases.hand_on import hand_on_difference
from appointments.use_cases.series.store import Rewritten
from contracts.appointments import AppointmentDetails
from contracts.ids import BusinessId
from plumbing.db import Tx


async def hand_on_all(tx: Tx, business_id: BusinessId, changed: Sequence[Rewritten], now: datetime) -> None:
    """Follow changes that are stored: offer freed times to those who wait, and give back seats.

    When nobody waits, as mostly, that is one statement. A time that another appointment of the series has now is not
    free.
    """
    if not changed:
        return
    waited_for = await _anybody_waits(tx, business_id)
    for one in changed:
        if _holds_more_than_time(one.before) or (waited_for and not _is_taken_again(one, changed)):
            await hand_on_difference(tx, one.before, one.after, now=now)


async def _anybody_waits(tx: Tx, business_id: BusinessId) -> bool:
    waiting = select(waiting_list.c.id).where(
        waiting_list.c.business_id == business_id, waiting_list.c.state == "waiting"
    )
    return await tx.scalar(select(exists(waiting)))


def _holds_more_than_time(before: AppointmentDetails) -> bool:
    """Whether it is a seat, or was kept for a while only."""
    return before.session_id is not None or before.expires_at is not None


def _is_taken_again(freed: Rewritten, changed: Sequence[Rewritten]) -> bool:
    window, bookables = window_of(freed.before), set(bookables_of(freed.before))
    return any(
        claims_of(one.after)
        and window_of(one.after).lower < window.upper
        and window.lower < window_of(one.after).upper
        and not bookables.isdisjoint(bookables_of(one.after))
        for one in changed
    )
