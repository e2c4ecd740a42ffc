"""Writing many changed appointments in a few statements, as use_cases/record.py writes one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

import orjson
from sqlalchemy import ARRAY, Uuid, any_, bindparam, delete

from appointments.domain import bookables_of, change_between, claims_of, window_of
from appointments.tables import claims, row_of
from appointments.use_cases.claim import take
from appointments.use_cases.record import record
from contracts.appointments import AppointmentDetails
from contracts.ids import BusinessId
from contracts.offers import OfferBasis
from plumbing.auth import Actor
from plumbing.db import Tx
from plumbing.sqlstates import Contended

AT_ONCE = 26
"""So many appointments are written in one statement, whose parameters the driver counts with sixteen bits."""

_COLUMNS = {
    "staff_id": "uuid",
    "service_id": "uuid",
    "start_time": "timestamptz",
    "end_time": "timestamptz",
    "timezone": "text",
    "start_local": "timestamp",
    "status": "text",
    "notes": "text",
    "service_name": "text",
    "staff_name": "text",
    "price_amount": "bigint",
    "price_currency": "text",
    "buffer_before_minutes": "smallint",
    "buffer_after_minutes": "smallint",
    "resource_ids": "uuid[]",
    "expires_at": "timestamptz",
    "cancellation_reason": "text",
    "updated_at": "timestamptz",
    "revision": "integer",
}
"""What can be changed of many at once."""

_REWRITE = f"""
UPDATE appointments a SET {", ".join(f"{name} = n.{name}" for name in _COLUMNS)}
FROM jsonb_to_recordset($2::jsonb) AS n (id uuid, {", ".join(f"{name} {kind}" for name, kind in _COLUMNS.items())})
WHERE a.business_id = $1 AND a.id = n.id AND a.revision = n.revision - 1
RETURNING a.id
"""  # noqa: S608  # names only


@dataclass(frozen=True, slots=True)
class Rewritten:
    """An appointment as it was read under its lock, and as it is to be."""

    before: AppointmentDetails
    after: AppointmentDetails
    basis: OfferBasis | None = None  # by what its time was offered

    @property
    def takes_other_time(self) -> bool:
        """Whether its claims are others."""
        return claims_of(self.before) != claims_of(self.after)


async def rewrite_all(
    tx: Tx, business_id: BusinessId, changed: Sequence[Rewritten], by: Actor, *, cause: str | None
) -> None:
    """Store changed appointments with their claims, on locked bookables that are known to be free.

    All time is given back before any is taken, so that no appointment of the series is in another's way.
    """
    if not changed:
        return
    moved = [one for one in changed if one.takes_other_time]
    if moved:
        await tx.execute(delete(claims).where(claims.c.business_id == business_id, claims.c.owner_id == _any_of(moved)))
    rows = [_row(one.after) for one in changed]
    if len(await tx.fetch(_REWRITE, business_id, orjson.dumps(rows, default=str).decode())) != len(changed):
        raise Contended
    for part in batched(changed, AT_ONCE):
        for one in part:
            if one.takes_other_time and claims_of(one.after):
                take(tx, window_of(one.after), bookables_of(one.after))
            change = change_between(one.before, one.after)
            record(tx, one.after, change, by, before=one.before, cause=cause, basis=one.basis)
        await tx.flush()


def _any_of(moved: Sequence[Rewritten]) -> Any:
    return any_(bindparam(None, [one.before.id for one in moved], type_=ARRAY(Uuid())))


def _row(appointment: AppointmentDetails) -> dict[str, Any]:
    row = row_of(appointment)
    return {"id": appointment.id, **{name: row[name] for name in _COLUMNS}}
