"""Claims as a slot search reads them, and what it has found out about them."""

from array import array
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from typing import overload
from uuid import UUID

from scheduling.conflicts import Claim
from scheduling.grid import Grid, Room
from scheduling.intervals import Interval, Pair

_MOST_MASKS = 4
_BYTES_EACH = 24
_BYTES_BESIDE = 12_000  # of which the masks of the widest and finest grids are 10,000


class PackedClaims(Sequence[Claim]):
    """Claims as whole seconds since the epoch, that never change: one who keeps them keeps the masks made of them too.

    A month of one staff member is hundreds of claims; as numbers from the database they skip four objects each. Whoever
    asks for one of them gets a `Claim`.
    """

    __slots__ = ("_ends", "_free", "_owners", "_starts")

    def __init__(self, rows: Iterable[tuple[int, int, UUID]]) -> None:
        """`rows` are start, end (rounded outwards, where there is a fraction) and owner, in any order."""
        ordered = sorted(rows, key=itemgetter(0))
        self._starts = array("q", [start for start, _, _ in ordered])
        self._ends = array("q", [end for _, end, _ in ordered])
        self._owners = [owner for _, _, owner in ordered]
        self._free: dict[tuple[int, Room], int] = {}

    @property
    def most_bytes(self) -> int:
        """The memory that this may come to use, masks included."""
        return len(self) * _BYTES_EACH + _BYTES_BESIDE

    def free(self, grid: Grid, room: Room) -> int:
        """The starts of the grid that have this room between the claims."""
        key = (grid.number, room)
        mask = self._free.get(key)
        if mask is None:
            if len(self._free) >= _MOST_MASKS:
                self._free.clear()
            mask = self._free[key] = grid.free(list(zip(self._starts, self._ends, strict=True)), room)
        return mask

    def spans_without(self, owner_id: UUID) -> Sequence[Pair[int]]:
        """Start and end of each, ascending, without those of this owner."""
        rows = zip(self._starts, self._ends, self._owners, strict=True)
        return [(start, end) for start, end, owner in rows if owner != owner_id]

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, index: int) -> Claim: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Claim]: ...
    def __getitem__(self, index: int | slice) -> Claim | Sequence[Claim]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        start, end = self._starts[index], self._ends[index]
        during = Interval(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC))
        return Claim(during, self._owners[index])
