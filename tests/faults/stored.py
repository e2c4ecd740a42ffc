"""What the databases hold, seen by their superuser: the invariants that no crash may break."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from plumbing.testing import eventually
from tests.faults.storm import Ledger

_OVERLAPS = """
SELECT count(*) FROM claims a JOIN claims b
    ON a.bookable_id = b.bookable_id AND (a.owner_id, a.id) < (b.owner_id, b.id) AND a.during && b.during
"""
_APPOINTMENTS = """
SELECT a.id::text AS id, a.staff_id::text AS staff, a.start_time AS start, a.end_time AS "end", a.status, a.revision,
    (SELECT count(*) FROM claims c WHERE c.business_id = a.business_id AND c.owner_id = a.id
        AND c.bookable_id = a.staff_id AND c.start_at = a.start_time AND c.end_at = a.end_time) AS claims,
    (SELECT count(*) FROM appointment_activity h
        WHERE h.business_id = a.business_id AND h.appointment_id = a.id) AS told
FROM appointments a WHERE a.business_id = $1 AND a.deleted_at IS NULL
"""
_CLAIMS = "SELECT owner_id, bookable_id, lower(during), upper(during) FROM claims WHERE business_id = $1"
_COPY = "SELECT owner_id, bookable_id, starts_at, ends_at FROM claims_copy WHERE business_id = $1"


@dataclass(frozen=True, slots=True)
class Databases:
    """The superuser's URLs of the two databases that must agree."""

    appointments: str
    availability: str

    async def overlaps(self) -> int:
        """Pairs of live claims on one bookable that share time."""
        return int((await _rows(self.appointments, _OVERLAPS))[0][0])

    async def broken_promises(self, business_id: str, ledger: Ledger) -> list[str]:
        """Where the stored appointments differ from what the clients were told, in words; empty when nowhere."""
        rows = {row["id"]: row for row in await _rows(self.appointments, _APPOINTMENTS, UUID(business_id))}
        found = [f"{key}: acknowledged, not stored" for key in ledger.appointments.keys() - rows.keys()]
        found += [f"{key}: stored, never acknowledged" for key in rows.keys() - ledger.appointments.keys()]
        for key in rows.keys() & ledger.appointments.keys():
            found += _differences(rows[key], ledger.appointments[key])
        return found

    async def copy_is_equal(self, business_id: str) -> bool:
        """Whether availability knows exactly the claims that there are."""
        claims = await _rows(self.appointments, _CLAIMS, UUID(business_id))
        copies = await _rows(self.availability, _COPY, UUID(business_id))
        return sorted(map(tuple, claims)) == sorted(map(tuple, copies))

    async def until_copy_is_equal(self, business_id: str, *, seconds: float = 10) -> None:
        """Wait until availability knows exactly the claims that there are."""
        await eventually(lambda: self.copy_is_equal(business_id), seconds=seconds)


def _differences(row: asyncpg.Record, told: dict[str, Any]) -> list[str]:
    expected = (told["staffId"], _at(told["start"]), _at(told["end"]), told["status"], told["revision"])
    stored = (row["staff"], row["start"], row["end"], row["status"], row["revision"])
    found = [] if stored == expected else [f"{row['id']}: told {expected}, stored {stored}"]
    if row["claims"] != (0 if row["status"] == "CANCELLED" else 1):
        found.append(f"{row['id']}: {row['status']} with {row['claims']} claims")
    if row["told"] != row["revision"]:
        found.append(f"{row['id']}: revision {row['revision']} with {row['told']} rows of activity")
    return found


def _at(instant: str) -> datetime:
    return datetime.fromisoformat(instant)


async def _rows(url: str, sql: str, *parameters: Any) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetch(sql, *parameters)
    finally:
        await connection.close()
