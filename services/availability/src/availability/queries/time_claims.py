"""Taken time, from the copy of the claims: the hottest read, in whole seconds."""

from collections.abc import Sequence
from itertools import repeat
from uuid import UUID

from availability.domain import LONGEST_CLAIM
from contracts.ids import BusinessId
from plumbing.db import Tx
from scheduling.intervals import Interval
from scheduling.slots import PackedClaims

_NOT_READ = UUID(int=0)

# One row a bookable: arrays of numbers are an order of magnitude faster to receive than as many rows. Plain columns are
# compared, because row-level security keeps operators on ranges out of index conditions.
_CLAIMS = """
SELECT bookable_id,
    array_agg(floor(date_part('epoch', starts_at))::bigint) AS starts,
    array_agg(ceil(date_part('epoch', ends_at))::bigint) AS ends
FROM claims_copy
WHERE business_id = $1 AND bookable_id = ANY($2::uuid[]) AND starts_at > $3 AND starts_at < $4 AND ends_at > $5
GROUP BY bookable_id
"""


async def claims_on(
    tx: Tx, business_id: BusinessId, bookables: Sequence[UUID], window: Interval
) -> dict[UUID, PackedClaims]:
    """The claims on each of `bookables` that overlap the window. One statement, however many there are.

    Whose they are is not read: a search for free starts does not ask, and ids are half of the bytes.
    """
    bounds = (window.start - LONGEST_CLAIM, window.end, window.start)
    rows = await tx.fetch(_CLAIMS, business_id, list(bookables), *bounds)
    return {row["bookable_id"]: PackedClaims(zip(row["starts"], row["ends"], repeat(_NOT_READ))) for row in rows}
