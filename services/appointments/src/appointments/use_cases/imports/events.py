"""Which event of a calendar became which time off, so that the same calendar can be imported again."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from contracts.ids import BusinessId, StaffId
from plumbing.db import Tx

_KNOWN = """
SELECT uid, time_off_id FROM imported_events WHERE business_id = $1 AND staff_id = $2 AND uid = ANY ($3::text[])
"""

_REMEMBER = """
INSERT INTO imported_events (business_id, staff_id, uid, time_off_id)
SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::uuid[])
ON CONFLICT (business_id, staff_id, uid) DO UPDATE SET time_off_id = excluded.time_off_id
"""


async def known_events(tx: Tx, business_id: BusinessId, staff_id: StaffId, uids: Sequence[str]) -> Mapping[str, UUID]:
    """The time off of those events that were imported before."""
    rows = await tx.fetch(_KNOWN, business_id, staff_id, uids)
    return {row["uid"]: row["time_off_id"] for row in rows}


async def remember_events(tx: Tx, business_id: BusinessId, events: Mapping[tuple[UUID, str], UUID]) -> None:
    """Staff member and UID, and the time off that the event is now."""
    if not events:
        return
    staff, uids = [staff_id for staff_id, _ in events], [uid for _, uid in events]
    await tx.fetch(_REMEMBER, business_id, staff, uids, list(events.values()))
