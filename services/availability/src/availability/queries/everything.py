"""Reads: the whole catalogue of a business, for files that speak of all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Uuid, any_, bindparam

from availability.domain import Service, StaffMember, TimeOff
from availability.tables import (
    present_services,
    present_staff,
    present_time_off,
    service_of,
    services,
    staff,
    staff_member_of,
    time_off,
    time_off_of,
)
from contracts.ids import BusinessId
from plumbing.db import Tx


@dataclass(frozen=True, slots=True)
class Everything:
    """All services and staff that are not archived, in the order in which they were added."""

    services: list[Service]
    staff: list[StaffMember]


async def time_off_like(
    tx: Tx, business_id: BusinessId, ids: Sequence[UUID], starts: Sequence[datetime]
) -> list[TimeOff]:
    """Time off with one of these ids, or that begins at one of these moments. One statement, however many there are."""
    c = time_off.c
    wanted = (c.id == _any(ids, Uuid())) | (c.starts_at == _any(starts, DateTime(timezone=True)))
    return [time_off_of(row) for row in await tx.rows(present_time_off.where(c.business_id == business_id, wanted))]


def _any(values: Sequence[Any], kind: Any) -> Any:
    """One parameter for any number of values, so that the statement stays the same."""
    return any_(bindparam(None, list(values), type_=ARRAY(kind)))


async def everything(tx: Tx, business_id: BusinessId) -> Everything:
    """The catalogue. Two statements, however much there is."""
    found = await tx.rows(present_services.where(services.c.business_id == business_id).order_by(services.c.id))
    people = await tx.rows(present_staff.where(staff.c.business_id == business_id).order_by(staff.c.id))
    return Everything([service_of(row) for row in found], [staff_member_of(row) for row in people])
