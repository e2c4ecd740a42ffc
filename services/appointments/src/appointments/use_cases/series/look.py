"""What a plan has to know under its locks, in two statements: who is in the way, and how much everybody has to do."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from appointments.domain import LONGEST_CLAIM, Window
from appointments.use_cases.choose import bookables_in
from appointments.use_cases.expire import expire_between
from appointments.use_cases.look import Busy
from contracts.ids import BookableId, BusinessId, OwnerId, StaffId
from contracts.offers import Offer
from plumbing.db import Tx
from plumbing.problems import Invalid
from plumbing.session import Row
from scheduling.assignment import Load
from scheduling.hours import day_bounds

# As in use_cases/look.py, for many windows: the bounds on start_at follow from the longest claim.
_LOOK = """
SELECT wanted.id AS wanted_by, c.bookable_id, c.owner_id, lower(c.during) AS starts_at, upper(c.during) AS ends_at,
    coalesce(c.expires_at <= clock_timestamp(), false) AS expired
FROM unnest($3::uuid[], $4::timestamptz[], $5::timestamptz[]) AS wanted (id, lower_at, upper_at)
JOIN claims c ON c.business_id = $1 AND c.bookable_id = ANY ($2::uuid[])
    AND c.start_at > wanted.lower_at - $6::interval AND c.start_at < wanted.upper_at + $6::interval
    AND c.during && tstzrange(wanted.lower_at, wanted.upper_at)
WHERE c.owner_id <> ALL ($7::uuid[])
ORDER BY starts_at, bookable_id
"""

_LOADS = """
SELECT staff.id AS staff_id, day.number,
    (SELECT sum(least(upper(c.during), day.end_at) - greatest(lower(c.during), day.start_at)) FROM claims c
     WHERE c.business_id = $1 AND c.bookable_id = staff.id
        AND c.start_at > day.start_at - $5::interval AND c.start_at < day.end_at + $5::interval
        AND c.during && tstzrange(day.start_at, day.end_at)) AS claimed,
    (SELECT max(a.created_at) FROM appointments a WHERE a.business_id = $1 AND a.staff_id = staff.id) AS last_made_at
FROM unnest($2::uuid[]) AS staff (id)
CROSS JOIN unnest($3::timestamptz[], $4::timestamptz[]) WITH ORDINALITY AS day (start_at, end_at, number)
"""


@dataclass(frozen=True, slots=True)
class Wish:
    """Time that one occurrence wants, as it was offered; `kept` units are preferred."""

    window: Window
    offer: Offer
    kept: Collection[UUID] = ()

    @property
    def owner(self) -> OwnerId:
        """The occurrence."""
        return self.window.owner_id

    @property
    def day(self) -> date:
        """The local date on which it starts."""
        return self.window.start.astimezone(ZoneInfo(self.offer.timezone)).date()


Loads = Mapping[tuple[StaffId, date], Load]
"""How busy everybody is on each of the dates."""


def refuse_seats(offers: Iterable[Offer]) -> None:
    """Raise Invalid for a service that is booked by the seat: its sessions are shared, and are no series' own."""
    if any(offer.capacity > 1 for offer in offers):
        raise Invalid.at("/serviceId", "is booked by the seat: a series can only be of services with a capacity of 1")


async def busy_for(
    tx: Tx, business_id: BusinessId, wishes: Sequence[Wish], *, moving: Collection[UUID] = ()
) -> Mapping[OwnerId, list[Busy]]:
    """The live claims of others in the way of each wish, on its locked bookables; not those of `moving` owners.

    What has expired is not in the way: it is ended here, by the database's clock.
    """
    if not wishes:
        return {}
    rows = await _rows(tx, business_id, wishes, moving)
    if any(row["expired"] for row in rows):
        lower, upper = min(wish.window.lower for wish in wishes), max(wish.window.upper for wish in wishes)
        await expire_between(tx, business_id, lower, upper, _bookables(wishes))
        rows = await _rows(tx, business_id, wishes, moving)
    found: defaultdict[OwnerId, list[Busy]] = defaultdict(list)
    for row in rows:
        busy = Busy(row["bookable_id"], row["owner_id"], row["starts_at"], row["ends_at"])
        found[OwnerId(row["wanted_by"])].append(busy)
    return found


async def loads_for(tx: Tx, business_id: BusinessId, wishes: Sequence[Wish]) -> Loads:
    """How busy the candidates are on the dates of the wishes; nothing is asked where there is no choice."""
    if all(len(wish.offer.candidates) == 1 for wish in wishes):
        return {}
    staff = sorted({candidate.staff_id for wish in wishes for candidate in wish.offer.candidates})
    days = sorted({wish.day: wish.offer.timezone for wish in wishes}.items())
    bounds = [day_bounds(day, zone) for day, zone in days]
    starts, ends = [bound.start for bound in bounds], [bound.end for bound in bounds]
    rows = await tx.fetch(_LOADS, business_id, staff, starts, ends, LONGEST_CLAIM)
    return {
        (StaffId(row["staff_id"]), days[row["number"] - 1][0]): Load(
            row["staff_id"], row["claimed"] or timedelta(), row["last_made_at"]
        )
        for row in rows
    }


def _bookables(wishes: Sequence[Wish]) -> list[BookableId]:
    return sorted({bookable for wish in wishes for bookable in bookables_in(wish.offer)})


async def _rows(tx: Tx, business_id: BusinessId, wishes: Sequence[Wish], moving: Collection[UUID]) -> Sequence[Row]:
    return await tx.fetch(
        _LOOK,
        business_id,
        _bookables(wishes),
        [wish.owner for wish in wishes],
        [wish.window.lower for wish in wishes],
        [wish.window.upper for wish in wishes],
        LONGEST_CLAIM,
        list(moving),
    )
