"""Reads: what is sold and by whom, from the copy."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import select

from booking_public.tables import catalogue_copy
from contracts.ids import BusinessId
from plumbing.db import Tx

Kind = Literal["service", "staff"]


@dataclass(frozen=True, slots=True)
class Named:
    """Services and staff that somebody has named."""

    services: frozenset[UUID]
    staff: frozenset[UUID]


async def known_of(tx: Tx, business_id: BusinessId, named: Named) -> Named:
    """Those of them that there are. A statement for each kind that is named."""
    return Named(
        frozenset(await _present(tx, business_id, "service", named.services)),
        frozenset(await _present(tx, business_id, "staff", named.staff)),
    )


async def _present(tx: Tx, business_id: BusinessId, kind: Kind, ids: Collection[UUID]) -> Collection[UUID]:
    if not ids:
        return ()
    c = catalogue_copy.c
    own = (c.business_id == business_id) & (c.kind == kind) & c.id.in_(ids) & ~c.archived
    return (await tx.execute(select(c.id).where(own))).scalars().all()
