"""Foreseeing which rows about appointments can be booked, seen together, with nothing written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched

from appointments.use_cases.book import window_for
from appointments.use_cases.choose import bookables_in
from appointments.use_cases.claim import lock
from appointments.use_cases.look import Busy
from appointments.use_cases.series.look import Wish, busy_for, loads_for
from appointments.use_cases.series.plan import OWN_TIME, Plan, plan
from contracts.ids import AppointmentId, BusinessId, OwnerId, uuid7
from contracts.imports import RowProblem
from contracts.offers import ConflictDetails, OfferAnswer
from plumbing.db import Tx
from plumbing.problems import Invalid

AT_ONCE = 50

_COLUMNS = {"serviceId": "service", "staffId": "staff"}
_NOT_ANSWERED = RowProblem(column=None, detail="could not be checked; try again")


@dataclass(frozen=True, slots=True)
class Asked:
    """A row, and what availability said of it."""

    number: int
    answer: OfferAnswer | None


class Foresight:
    """Looks at rows some at a time, in the order of their times, and remembers what those before would take."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        self.problems: dict[int, list[RowProblem]] = {}
        self._rows: dict[OwnerId, int] = {}
        self._wishes: list[Wish] = []
        self._taken: list[Busy] = []
        for one in asked:
            self._hear(one)
        self._wishes.sort(key=lambda wish: wish.window.lower)

    @property
    def parts(self) -> list[Sequence[Wish]]:
        """What is looked at in one transaction each."""
        return list(batched(self._wishes, AT_ONCE))

    async def look(self, tx: Tx, business_id: BusinessId, part: Sequence[Wish]) -> None:
        """Note what is in the way of these."""
        await lock(tx, {bookable for wish in part for bookable in bookables_in(wish.offer)})
        self._forget_before(part[0].window.lower)
        busy, loads = await busy_for(tx, business_id, part), await loads_for(tx, business_id, part)
        planned = plan(part, busy, loads, staying=self._taken)
        for owner, conflicts in planned.conflicts.items():
            self.problems[self._rows[owner]] = [_told(conflict) for conflict in conflicts]
        self._remember(part, planned)

    def _hear(self, asked: Asked) -> None:
        """What is booked by the seat is decided when it is written: seats are shared."""
        problems = refusals(asked.answer)
        offer = asked.answer and asked.answer.offer
        if offer and not problems and offer.capacity == 1:
            try:
                wish = Wish(window_for(AppointmentId(uuid7()), offer, None), offer)
            except Invalid as error:
                problems = [RowProblem(column="end", detail=error.fields["errors"][0]["detail"])]
            else:
                self._wishes.append(wish)
                self._rows[wish.owner] = asked.number
        if problems:
            self.problems[asked.number] = problems

    def _forget_before(self, lower: datetime) -> None:
        self._taken = [busy for busy in self._taken if busy.end > lower]

    def _remember(self, part: Sequence[Wish], planned: Plan) -> None:
        windows = {wish.owner: wish.window for wish in part}
        for owner, place in planned.places.items():
            window = windows[owner]
            self._taken += [Busy(one, owner, window.lower, window.upper) for one in place.bookables]


def refusals(answer: OfferAnswer | None) -> list[RowProblem]:
    """Why availability refuses a row; nothing when it offers."""
    if answer is None:
        return [_NOT_ANSWERED]
    if answer.unknown:
        return [RowProblem(column=_COLUMNS[name], detail="cannot be booked so") for name in answer.unknown]
    return [_told(conflict) for conflict in answer.conflicts]


def _told(conflict: ConflictDetails) -> RowProblem:
    own = conflict.detail == OWN_TIME
    return RowProblem(column="start", detail="another row of this file is then" if own else conflict.detail)
