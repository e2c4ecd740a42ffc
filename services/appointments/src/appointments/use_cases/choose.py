"""Whom and which units an offer's appointment takes, among those who are free."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from appointments.domain import LONGEST_CLAIM, SlotTaken, Window
from appointments.use_cases.look import Busy, too_few
from contracts.ids import BookableId, ResourceId
from contracts.offers import Candidate, ConflictDetails, Offer, ResourceChoice
from plumbing.db import Tx
from scheduling.assignment import Load, in_order_of_choice
from scheduling.hours import day_bounds
from scheduling.intervals import Interval

_LOADS = """
SELECT wanted.id AS staff_id,
    (SELECT sum(least(upper(c.during), $4) - greatest(lower(c.during), $3)) FROM claims c
     WHERE c.business_id = $1 AND c.bookable_id = wanted.id AND c.start_at > $5 AND c.start_at < $6
        AND c.during && tstzrange($3, $4)) AS claimed,
    (SELECT max(a.created_at) FROM appointments a WHERE a.business_id = $1 AND a.staff_id = wanted.id) AS last_made_at
FROM unnest($2::uuid[]) AS wanted (id)
"""


def bookables_in(offer: Offer) -> list[BookableId]:
    """Everybody and everything that the appointment might take: what has to be locked before it is chosen from."""
    staff = [BookableId(candidate.staff_id) for candidate in offer.candidates]
    return staff + [BookableId(unit) for need in offer.resources for unit in need.resource_ids]


async def choose(
    tx: Tx, window: Window, offer: Offer, busy: Sequence[Busy], *, kept: Collection[UUID] = ()
) -> tuple[Candidate, list[ResourceId]]:
    """One staff member and enough units, of those who are not busy; `kept` units are preferred.

    All of them were locked by the caller before it saw who is busy. SlotTaken when nobody is left, or too few units.
    """
    taken = {claim.bookable_id for claim in busy}
    free = [candidate for candidate in offer.candidates if candidate.staff_id not in taken]
    if conflicts := conflicts_in(offer, busy):
        raise SlotTaken(conflicts)
    units = [unit for need in offer.resources for unit in free_units(need, taken, kept)[: need.quantity]]
    return await _preferred(tx, window, offer.timezone, free), units


def free_units(need: ResourceChoice, taken: Collection[BookableId], kept: Collection[UUID]) -> list[ResourceId]:
    """The units of this need that are not taken, `kept` ones first."""
    return sorted((unit for unit in need.resource_ids if unit not in taken), key=lambda unit: unit not in kept)


def conflicts_in(offer: Offer, busy: Sequence[Busy]) -> list[ConflictDetails]:
    """Why it cannot be taken; none when somebody is left, with enough units."""
    taken = {claim.bookable_id for claim in busy}
    nobody = all(candidate.staff_id in taken for candidate in offer.candidates)
    short = [need for need in offer.resources if len(free_units(need, taken, ())) < need.quantity]
    return conflicts_with(offer, busy, staff=nobody, short=short)


def conflicts_with(
    offer: Offer, busy: Sequence[Busy], *, staff: bool, short: Sequence[ResourceChoice]
) -> list[ConflictDetails]:
    """Why it cannot be taken: whatever keeps the staff busy, when nobody is left, and the units of what is short."""
    people = {candidate.staff_id for candidate in offer.candidates} if staff else set()
    found = [claim.staff_conflict for claim in busy if claim.bookable_id in people]
    for need in short:
        found += [claim.resource_conflict(need.kind) for claim in busy if claim.bookable_id in need.resource_ids] or [
            too_few(need.kind)
        ]
    return found


async def _preferred(tx: Tx, window: Window, zone: str, free: Sequence[Candidate]) -> Candidate:
    """The free staff member who comes first by the rule of scheduling.md, `Any staff`."""
    if len(free) == 1:
        return free[0]
    loads = await _loads(tx, window, day_bounds(window.start.astimezone(ZoneInfo(zone)).date(), zone), free)
    first = in_order_of_choice(loads)[0]
    return next(candidate for candidate in free if candidate.staff_id == first)


async def _loads(tx: Tx, window: Window, day: Interval, free: Sequence[Candidate]) -> list[Load]:
    """How busy each of them is on the local date of the start."""
    ids = [candidate.staff_id for candidate in free]
    bounds = (day.start, day.end, day.start - LONGEST_CLAIM, day.end + LONGEST_CLAIM)
    rows = await tx.fetch(_LOADS, window.business_id, ids, *bounds)
    return [Load(row["staff_id"], row["claimed"] or timedelta(), row["last_made_at"]) for row in rows]
