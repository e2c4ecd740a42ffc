"""How often guests may try, and how much they may hold without paying: counted in the database, for all processes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete

from booking_public.tables.bookings import attempts, captcha_proofs
from contracts.ids import BookingPageId, BusinessId
from plumbing.db import Tx
from plumbing.problems import TooManyRequests

KEEP = timedelta(hours=2)
CROWDED_AHEAD = timedelta(days=14)
"""So far ahead it is counted how much of a business's time is kept for nothing."""

PROOF_KEPT = timedelta(days=1)
_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)
type _Scopes = Mapping[str, tuple[datetime, timedelta, int]]
"""What is counted: since when, for how long, and how often it may be."""

DEGRADED = 3
"""While nobody can tell people from programs, a third of everything is allowed."""

# In the order of the keys, so that no two wait for each other; whoever counts the same waits until this one has ended.
_COUNT = """
INSERT INTO attempts AS a (business_id, scope, began_at, count)
SELECT $1, scope, began_at, 1 FROM unnest($2::text[], $3::timestamptz[]) AS told (scope, began_at) ORDER BY scope
ON CONFLICT (business_id, scope, began_at) DO UPDATE SET count = a.count + 1
RETURNING scope, began_at, count
"""

_UNPAID = """
SELECT count(*) FILTER (WHERE address = $2) AS of_address, min(expires_at) AS first_ends FROM (
    SELECT address, coalesce(expires_at, created_at + interval '1 minute') AS expires_at FROM bookings
    WHERE business_id = $1 AND address = $2 AND id <> $3
        AND state IN ('received', 'held', 'awaitingPayment', 'awaitingCode')
    UNION ALL
    SELECT address, expires_at FROM guest_holds
    WHERE business_id = $1 AND state IN ('received', 'held') AND address = $2 AND id <> $3
) AS live WHERE expires_at > clock_timestamp()
"""

_OF_CONTACT = """
SELECT count(*) AS of_contact, min(expires_at) AS first_ends FROM (
    SELECT coalesce(expires_at, created_at + interval '1 minute') AS expires_at FROM bookings
    WHERE business_id = $1 AND contacts && $2::bytea[] AND id <> $3
        AND state IN ('received', 'held', 'awaitingPayment', 'awaitingCode')
) AS live WHERE expires_at > clock_timestamp()
"""

_OF_BUSINESS = """
SELECT min(expires_at) AS first_ends,
    sum(coalesce(extract(epoch FROM end_at - start_at) / 60, (sold.details ->> 'durationMinutes')::int, 0)) AS minutes
FROM (
    SELECT service_id, start_at, end_at, coalesce(expires_at, created_at + interval '1 minute') AS expires_at
    FROM bookings
    WHERE business_id = $1 AND state IN ('received', 'held', 'awaitingPayment', 'awaitingCode') AND id <> $3
    UNION ALL
    SELECT service_id, start_at, end_at, expires_at FROM guest_holds
    WHERE business_id = $1 AND state IN ('received', 'held') AND id <> $3
) AS live LEFT JOIN catalogue_copy AS sold ON sold.business_id = $1 AND sold.kind = 'service' AND sold.id = service_id
WHERE expires_at > clock_timestamp() AND start_at < $2
"""

_PROVE = """
INSERT INTO captcha_proofs (token_hash, business_id, used_at) VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING RETURNING 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What guests may do: attempts in an hour or minute, and times held at once without having paid."""

    contact_hour: int
    address_hour: int
    page_minute: int
    business_minute: int
    held_by_contact: int
    held_by_address: int

    def degraded(self) -> "Limits":
        """A third of it, but something."""
        return Limits(**{name: max(1, getattr(self, name) // DEGRADED) for name in self.__slots__})


class Visit(NamedTuple):
    """Who tries: hashes of their network and of their email and phone (none when they only hold), on which page."""

    business_id: BusinessId
    page_id: BookingPageId
    address: bytes
    contacts: list[bytes]


async def count_attempt(tx: Tx, visit: Visit, limits: Limits, *, at: datetime) -> None:
    """Count it. Raises TooManyRequests, which undoes the count with everything else."""
    await _count(tx, visit, _scopes(visit, limits, at), at=at)


async def count_failure(tx: Tx, visit: Visit, limits: Limits, *, at: datetime) -> None:
    """Count an attempt of somebody who did not prove to be a person, with their network alone. Raises TooManyRequests.

    Else a program could use up what a guest, a page or a business may do, without ever proving anything.
    """
    await _count(tx, visit, _scopes_of_address(visit, limits, at), at=at)


async def _count(tx: Tx, visit: Visit, scopes: _Scopes, *, at: datetime) -> None:
    names = sorted(scopes)
    began = [scopes[name][0] for name in names]
    for row in await tx.fetch(_COUNT, visit.business_id, names, began):
        began_at, length, most = scopes[row["scope"]]
        if row["count"] > most:
            raise TooManyRequests(_seconds(began_at + length - at))


async def refuse_hoarding(tx: Tx, visit: Visit, limits: Limits, own: object, *, at: datetime) -> None:
    """Raise TooManyRequests when the guest, or their network, holds too much besides `own` without having paid.

    To be called after the attempt was counted: rivals of the same guest wait there.
    """
    [row] = await tx.fetch(_UNPAID, visit.business_id, visit.address, own)
    if row["of_address"] >= limits.held_by_address:
        raise TooManyRequests(_seconds(row["first_ends"] - at))
    if visit.contacts:
        [row] = await tx.fetch(_OF_CONTACT, visit.business_id, visit.contacts, own)
        if row["of_contact"] >= limits.held_by_contact:
            raise TooManyRequests(_seconds(row["first_ends"] - at))


async def refuse_crowding(tx: Tx, visit: Visit, most_minutes: int, own: object, *, at: datetime) -> None:
    """Raise TooManyRequests when so much of what is to come is kept by others who have proven and paid nothing.

    To be called after the attempt was counted: all guests of the business wait there.
    """
    [row] = await tx.fetch(_OF_BUSINESS, visit.business_id, at + CROWDED_AHEAD, own)
    if row["minutes"] and row["minutes"] >= most_minutes:
        raise TooManyRequests(_seconds(row["first_ends"] - at))


async def use_proof(tx: Tx, business_id: BusinessId, token_hash: bytes, *, at: datetime) -> bool:
    """Use the proof of a captcha; False when it was used before."""
    return bool(await tx.fetch(_PROVE, token_hash, business_id, at))


async def forget_attempts(tx: Tx, *, at: datetime) -> None:
    """Forget what counts no more."""
    await tx.execute(delete(attempts).where(attempts.c.began_at < at - KEEP))
    await tx.execute(delete(captcha_proofs).where(captcha_proofs.c.used_at < at - PROOF_KEPT))


def _scopes(visit: Visit, limits: Limits, at: datetime) -> _Scopes:
    hour, minute = at.replace(minute=0, second=0, microsecond=0), at.replace(second=0, microsecond=0)
    return {
        "business": (minute, _MINUTE, limits.business_minute),
        f"page:{visit.page_id}": (minute, _MINUTE, limits.page_minute),
        **{f"contact:{one.hex()}": (hour, _HOUR, limits.contact_hour) for one in visit.contacts},
        **_scopes_of_address(visit, limits, at),
    }


def _scopes_of_address(visit: Visit, limits: Limits, at: datetime) -> _Scopes:
    hour = at.replace(minute=0, second=0, microsecond=0)
    return {f"address:{visit.address.hex()}": (hour, _HOUR, limits.address_hour)}


def _seconds(left: timedelta) -> int:
    return max(1, -int(-left.total_seconds() // 1))
