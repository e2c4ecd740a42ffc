"""Taken time, from the copy of the claims: the hottest read, so kept for each bookable until its claims change."""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime
from itertools import repeat
from uuid import UUID

from availability.domain import LONGEST_CLAIM
from contracts.ids import BusinessId
from plumbing.db import UnitOfWork
from scheduling.intervals import Interval
from scheduling.packed_claims import PackedClaims

MOST_BYTES = 64 * 1024 * 1024
"""Some 2,500 months of one staff member, with 20 claims on each day."""

_NOT_READ = UUID(int=0)
_NOT_KEPT = -1
_NO_CLAIMS = PackedClaims(())

# The statement opens its own scope, so that it needs no transaction and a single round trip; OFFSET keeps the parts in
# this order: the scope, then what has changed, then the claims on that alone. A version and the claims come from one
# statement, so they fit. One row a bookable: arrays of numbers are an order of magnitude faster to receive than as many
# rows. Plain columns are compared, because row-level security keeps operators on ranges out of index conditions.
_CHANGED = """
SELECT changed.bookable_id, changed.version, taken.starts, taken.ends
FROM (SELECT set_config('app.business_id', $1::uuid::text, true) AS scope) AS told
CROSS JOIN LATERAL (
    SELECT asked.bookable_id, coalesce(v.version, 0) AS version
    FROM unnest($2::uuid[], $3::bigint[]) AS asked (bookable_id, known)
    LEFT JOIN claim_versions AS v ON v.business_id = $1 AND v.bookable_id = asked.bookable_id
    WHERE coalesce(v.version, 0) <> asked.known AND told.scope <> '' OFFSET 0
) AS changed
CROSS JOIN LATERAL (
    SELECT
        array_agg(floor(date_part('epoch', starts_at))::bigint) AS starts,
        array_agg(ceil(date_part('epoch', ends_at))::bigint) AS ends
    FROM claims_copy
    WHERE business_id = $1 AND bookable_id = changed.bookable_id
        AND starts_at > $4 AND starts_at < $5 AND ends_at > $6
) AS taken
"""

type _Key = tuple[UUID, UUID, datetime, datetime]  # business, bookable, window
type _Versioned = tuple[int, PackedClaims]


class KeptClaims:
    """The claims that were asked for last, up to a number of bytes, and with them what searches found out about them.

    Every question compares the versions that are kept with the database's, so claims are never older than the database.
    """

    def __init__(self, uow: UnitOfWork, most_bytes: int = MOST_BYTES) -> None:
        self._uow = uow
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[_Key, _Versioned] = OrderedDict()

    async def on(
        self, business_id: BusinessId, bookables: Sequence[UUID], window: Interval
    ) -> dict[UUID, PackedClaims]:
        """The claims on each of `bookables` that overlap the window. One statement, which reads what has changed.

        Whose they are is not read: a search for free starts does not ask, and ids are half of the bytes.
        """
        keys = {bookable_id: (business_id, bookable_id, window.start, window.end) for bookable_id in bookables}
        found = {bookable_id: self._find(key) for bookable_id, key in keys.items()}
        versions = [version for version, _ in found.values()]
        bounds = (window.start - LONGEST_CLAIM, window.end, window.start)
        for row in await self._uow.single(_CHANGED, business_id, list(found), versions, *bounds):
            claims = PackedClaims(zip(row["starts"] or (), row["ends"] or (), repeat(_NOT_READ)))
            found[row["bookable_id"]] = kept = (row["version"], claims)
            self._keep(keys[row["bookable_id"]], kept)
        return {bookable_id: claims for bookable_id, (_, claims) in found.items()}

    def _find(self, key: _Key) -> _Versioned:
        kept = self._kept.get(key)
        if kept is None:
            return _NOT_KEPT, _NO_CLAIMS
        self._kept.move_to_end(key)
        return kept

    def _keep(self, key: _Key, kept: _Versioned) -> None:
        if key in self._kept:
            self._forget(key)
        self._kept[key] = kept
        self._bytes += kept[1].most_bytes
        while self._bytes > self._most_bytes:
            self._forget(next(iter(self._kept)))

    def _forget(self, key: _Key) -> None:
        _, claims = self._kept.pop(key)
        self._bytes -= claims.most_bytes
