"""Planning: whom and which units each occurrence takes, seen together, before anything is written."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from appointments.use_cases.choose import conflicts_with, free_units
from appointments.use_cases.look import Busy
from appointments.use_cases.series.look import Loads, Wish
from contracts.ids import BookableId, OwnerId, ResourceId, StaffId
from contracts.offers import Candidate, ConflictDetails
from scheduling.assignment import Load, in_order_of_choice

OWN_TIME = "Another appointment of this series is then."
"""What a conflict with another wish of the same plan says."""


@dataclass(frozen=True, slots=True)
class Place:
    """Whom and which units an occurrence takes."""

    staff: Candidate
    units: list[ResourceId]

    @property
    def bookables(self) -> list[BookableId]:
        """All of them: the staff member, then the units."""
        return [BookableId(self.staff.staff_id), *map(BookableId, self.units)]


@dataclass(slots=True)
class Plan:
    """A place, or else the conflicts, for each occurrence."""

    places: dict[OwnerId, Place] = field(default_factory=dict[OwnerId, Place])
    conflicts: dict[OwnerId, list[ConflictDetails]] = field(default_factory=dict[OwnerId, list[ConflictDetails]])


def plan(
    wishes: Sequence[Wish], busy: Mapping[OwnerId, Sequence[Busy]], loads: Loads, *, staying: Iterable[Busy] = ()
) -> Plan:
    """Places for all wishes that can be met. What `staying` says is in the way too, and one wish is to another.

    One staff member takes all of them, if there is one who can: the first by the rule of scheduling.md over all the
    dates. Else each occurrence is taken by the first of those who are free for it.
    """
    return _Planner(busy, loads, list(staying)).plan(sorted(wishes, key=lambda wish: wish.window.lower))


class _Planner:
    def __init__(self, busy: Mapping[OwnerId, Sequence[Busy]], loads: Loads, staying: list[Busy]) -> None:
        self._busy = busy
        self._loads = loads
        self._own = staying  # what the series itself takes: what stays, then what has been placed
        self._placed: defaultdict[tuple[StaffId, date], timedelta] = defaultdict(timedelta)

    def plan(self, wishes: Sequence[Wish]) -> Plan:
        found = Plan()
        favourite = self._favourite(wishes)
        for wish in wishes:
            in_the_way = self._in_the_way(wish)
            place = self._place(wish, {busy.bookable_id for busy in in_the_way}, favourite)
            if place is None:
                found.conflicts[wish.owner] = self._conflicts(wish, in_the_way)
                continue
            found.places[wish.owner] = place
            window = wish.window
            self._own += [Busy(one, window.owner_id, window.lower, window.upper) for one in place.bookables]
            self._placed[place.staff.staff_id, wish.day] += window.upper - window.lower
        return found

    def _favourite(self, wishes: Sequence[Wish]) -> StaffId | None:
        """Who can do all that anybody can do; None when nobody can, or there was never a choice."""
        taken = {wish.owner: {busy.bookable_id for busy in self._in_the_way(wish)} for wish in wishes}
        free = {wish.owner: [one.staff_id for one in _free(wish, taken[wish.owner])] for wish in wishes}
        possible = [wish for wish in wishes if free[wish.owner] and not _short(wish, taken[wish.owner])]
        if not possible or not self._loads or any(a.window.upper > b.window.lower for a, b in pairwise(possible)):
            return None
        able = set.intersection(*(set(free[wish.owner]) for wish in possible))
        order = in_order_of_choice(self._load(staff_id, possible) for staff_id in able)
        return StaffId(order[0]) if order else None

    def _load(self, staff_id: StaffId, wishes: Collection[Wish]) -> Load:
        """How busy somebody is on all the dates of the wishes, counting what has been placed already."""
        keys = {(staff_id, wish.day) for wish in wishes}
        claimed = sum((self._loads[key].claimed + self._placed[key] for key in keys), timedelta())
        return Load(staff_id, claimed, self._loads[min(keys)].last_made_at)

    def _in_the_way(self, wish: Wish) -> list[Busy]:
        window = wish.window
        own = [one for one in self._own if one.start < window.upper and window.lower < one.end]
        return [*self._busy.get(wish.owner, ()), *own]

    def _place(self, wish: Wish, taken: Collection[BookableId], favourite: StaffId | None) -> Place | None:
        free = _free(wish, taken)
        if not free or _short(wish, taken):
            return None
        units = [unit for need in wish.offer.resources for unit in self._units(wish, taken)[need.kind][: need.quantity]]
        return Place(self._preferred(wish, free, favourite), units)

    def _units(self, wish: Wish, taken: Collection[BookableId]) -> dict[str, list[ResourceId]]:
        """The free units of each kind: those that it has, then those that the series has taken before."""
        kept: set[UUID] = {*wish.kept} or {one.bookable_id for one in self._own}
        return {need.kind: free_units(need, taken, kept) for need in wish.offer.resources}

    def _preferred(self, wish: Wish, free: Sequence[Candidate], favourite: StaffId | None) -> Candidate:
        if len(free) == 1:
            return free[0]
        by_id = {candidate.staff_id: candidate for candidate in free}
        if favourite is not None and favourite in by_id:
            return by_id[favourite]
        order = in_order_of_choice(self._load(staff_id, [wish]) for staff_id in by_id)
        return by_id[StaffId(order[0])]

    def _conflicts(self, wish: Wish, in_the_way: Sequence[Busy]) -> list[ConflictDetails]:
        taken = {busy.bookable_id for busy in in_the_way}
        short = [need for need in wish.offer.resources if len(free_units(need, taken, ())) < need.quantity]
        own = {one.owner_id for one in self._own}
        found = conflicts_with(wish.offer, in_the_way, staff=not _free(wish, taken), short=short)
        return [_of_the_series(conflict) if conflict.appointment_id in own else conflict for conflict in found]


def _free(wish: Wish, taken: Collection[BookableId]) -> list[Candidate]:
    return [candidate for candidate in wish.offer.candidates if BookableId(candidate.staff_id) not in taken]


def _short(wish: Wish, taken: Collection[BookableId]) -> bool:
    return any(len(free_units(need, taken, ())) < need.quantity for need in wish.offer.resources)


def _of_the_series(conflict: ConflictDetails) -> ConflictDetails:
    """It may not be stored yet, so its id says nothing to anybody."""
    return conflict.model_copy(update={"detail": OWN_TIME, "appointment_id": None})
