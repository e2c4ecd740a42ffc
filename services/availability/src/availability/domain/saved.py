"""What is answered to a change of hours or time off: what is now, and which appointments it is in the way of."""

from collections.abc import Sequence
from typing import Self

from availability.domain.hours import Closure, Override, Season, WeeklyHours
from availability.domain.time_off import TimeOff
from contracts.offers import ConflictDetails
from contracts.wire import Wire


class _Saved(Wire):
    """`conflicts`: the appointments that it is in the way of. They stand."""

    conflicts: list[ConflictDetails]

    @classmethod
    def with_conflicts(cls, saved: Wire, conflicts: Sequence[ConflictDetails]) -> Self:
        """The fields of what was saved, with the conflicts; nothing is checked again."""
        return cls.model_construct(**dict(saved), conflicts=list(conflicts))


class SavedHours(_Saved, WeeklyHours):
    """Weekly hours, and the appointments to come that lie outside of them."""


class SavedOverride(_Saved, Override):
    """An override, and the appointments to come on that date that lie outside of the hours now."""


class SavedClosure(_Saved, Closure):
    """A closure, and the appointments to come on its dates that lie outside of the hours now."""


class SavedSeason(_Saved, Season):
    """A season, and the appointments to come on its dates that lie outside of the hours now."""


class SavedTimeOff(_Saved, TimeOff):
    """Time off, and the appointments that it overlaps."""


class Imported(_Saved):
    """The closures that an import has added; `known` others were there already."""

    items: list[Closure]
    known: int
