"""Group sessions, from the copy: which seats are left in those of a service."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from contracts.ids import BusinessId, ServiceId
from plumbing.db import UnitOfWork
from scheduling.conflicts import Session
from scheduling.intervals import Interval

_LONGEST = timedelta(hours=48)

# The statement opens its own scope, so that it needs no transaction and a single round trip; OFFSET keeps the scope
# before the rows.
_SESSIONS = """
SELECT found.* FROM (SELECT set_config('app.business_id', $1::uuid::text, true) AS scope) AS told CROSS JOIN LATERAL (
    SELECT owner_id, staff_id, starts_at, ends_at, capacity - seats_taken AS seats_left FROM sessions_copy
    WHERE business_id = $1 AND service_id = $2 AND staff_id = ANY ($3::uuid[])
        AND starts_at > $4 AND starts_at < $5 AND ends_at > $6 AND told.scope <> '' OFFSET 0
) AS found
"""


async def sessions_on(
    uow: UnitOfWork, business_id: BusinessId, service_id: ServiceId, staff_ids: Sequence[UUID], window: Interval
) -> Mapping[UUID, Sequence[Session]]:
    """The sessions of a service that overlap a window, by who gives them. One statement, in a scope of its own."""
    found: defaultdict[UUID, list[Session]] = defaultdict(list)
    bounds = (window.start - _LONGEST, window.end, window.start)
    for row in await uow.single(_SESSIONS, business_id, service_id, list(staff_ids), *bounds):
        during = Interval(row["starts_at"], row["ends_at"])
        found[row["staff_id"]].append(Session(during, row["owner_id"], row["seats_left"]))
    return found
