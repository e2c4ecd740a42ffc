"""Why a start cannot be booked, as JSON."""

from collections.abc import Sequence
from typing import Self

from availability.queries.explain import Explained
from contracts.ids import StaffId
from contracts.offers import ConflictDetails
from contracts.wire import Wire


class ExplainedStaff(Wire):
    """One staff member, and everything that is in the way; nothing means that they can be booked."""

    staff_id: StaffId
    conflicts: list[ConflictDetails]


class Explanation(Wire):
    """Whether anybody can be booked, and of each staff member why not."""

    bookable: bool
    staff: list[ExplainedStaff]

    @classmethod
    def of(cls, found: Sequence[Explained]) -> Self:
        """The answer that says this."""
        staff = [ExplainedStaff(staff_id=one.staff_id, conflicts=list(one.conflicts)) for one in found]
        return cls(bookable=any(not one.conflicts for one in found), staff=staff)
