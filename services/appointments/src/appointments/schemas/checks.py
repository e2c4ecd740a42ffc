"""What is answered to the question whether something could be booked."""

from collections.abc import Sequence
from typing import Self

from contracts.alternatives import Alternative
from contracts.offers import ConflictDetails
from contracts.wire import Wire


class Checked(Wire):
    """What the call itself would be answered now; when it would be refused, by what, and which starts are near."""

    bookable: bool
    conflicts: list[ConflictDetails]
    alternatives: list[Alternative]

    @classmethod
    def of(cls, conflicts: Sequence[ConflictDetails], alternatives: Sequence[Alternative] = ()) -> Self:
        """Bookable if there are no conflicts."""
        return cls(bookable=not conflicts, conflicts=list(conflicts), alternatives=list(alternatives))
