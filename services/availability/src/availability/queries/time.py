"""What decides when a business can be booked, but for taken time: read as a whole, and kept in memory.

All of it is small and changes rarely. So it is read at once, in a fixed number of statements, and kept under the
catalogue's version for every search and offer that follows. Only what is over grows without limit (overrides, time off,
closures, seasons): that is read from the year before the first date that is asked about.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Table, select

from availability.queries.versions import Version
from availability.queries.working_time import EVERYTHING, working_time
from availability.tables import (
    businesses_copy,
    resources,
    service_resources,
    services,
    staff,
    staff_services,
)
from contracts.availability import Deposit
from contracts.ids import BusinessId, ServiceId, StaffId
from contracts.money import Money
from plumbing.db import Tx, UnitOfWork
from scheduling.conflicts import ResourceUnit, StaffTime
from scheduling.service_rules import ResourceNeed, ServiceRules

MOST_BUSINESSES = 1_000


@dataclass(frozen=True, slots=True)
class Service:
    """A service as it can be booked; an archived one is not active."""

    id: ServiceId
    name: str
    rules: ServiceRules
    price: Money
    deposit: Deposit
    capacity: int
    staff_ids: tuple[StaffId, ...]  # who offers it, by id


@dataclass(frozen=True, slots=True)
class Person:
    """A staff member with their hours; an archived one is not active."""

    id: StaffId
    name: str
    time: StaffTime


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A business: its zone, and all that can be booked in it."""

    zone: str
    services: Mapping[UUID, Service]
    staff: Mapping[UUID, Person]
    units: Sequence[ResourceUnit]
    since: date = EVERYTHING  # of the dates before, hours and time off may be missing
    version: int = 0  # nothing that was changed later than this is missing

    def units_for(self, service: Service) -> list[ResourceUnit]:
        """The active units of the kinds that the service needs."""
        kinds = {need.kind for need in service.rules.resource_needs}
        return [unit for unit in self.units if unit.active and unit.kind in kinds]


NOTHING = Catalogue("UTC", {}, {}, ())
"""The catalogue of a business of which nothing is known here."""


class Catalogues:
    """The catalogues of the businesses asked about last."""

    def __init__(self, uow: UnitOfWork, most: int = MOST_BUSINESSES) -> None:
        self._uow = uow
        self._most = most
        self._kept: OrderedDict[UUID, tuple[int, Catalogue]] = OrderedDict()

    async def of(self, business_id: BusinessId, version: Version | None, first: date | None = None) -> Catalogue:
        """The catalogue at this version or a later one; without a version there is nothing in it.

        It knows the hours and time off of all dates, or those from the local date `first` on and some before.
        """
        if version is None:
            return NOTHING
        kept = self._kept.get(business_id)
        if kept is None or kept[0] != version.catalogue or kept[1].since > (first or EVERYTHING):
            since = EVERYTHING if first is None else first.replace(year=first.year - 1, month=1, day=1)
            async with self._uow(business_id) as tx:
                found = replace(await catalogue_of(tx, business_id, since), version=version.catalogue)
            kept = self._kept[business_id] = (version.catalogue, found)
        self._kept.move_to_end(business_id)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return kept[1]


async def catalogue_of(tx: Tx, business_id: BusinessId, since: date = EVERYTHING) -> Catalogue:
    """The catalogue as it is now, with the hours and time off of the local dates from `since` on.

    What refers to another row is read before it, so that no reference is dangling.
    """
    when = await working_time(tx, business_id, since=since)
    offered = _by(await _all(tx, staff_services, business_id, staff_services.c.staff_id), "service_id")
    needs = _by(await _all(tx, service_resources, business_id, service_resources.c.kind), "service_id")
    units = await _all(tx, resources, business_id, resources.c.id)
    people = await _all(tx, staff, business_id, staff.c.id)
    sold = await _all(tx, services, business_id, services.c.id)
    zone = await tx.scalar(select(businesses_copy.c.timezone).where(businesses_copy.c.business_id == business_id))
    return Catalogue(
        zone=zone,
        services={row["id"]: _service(row, offered[row["id"]], needs[row["id"]]) for row in sold},
        staff={row["id"]: Person(row["id"], row["name"], when.of(row, zone)) for row in people},
        units=[_unit(row) for row in units],
        since=since,
    )


async def _all(tx: Tx, table: Table, business_id: BusinessId, order: Any) -> Sequence[RowMapping]:
    return await tx.rows(select(table).where(table.c.business_id == business_id).order_by(order))


def _by(rows: Sequence[RowMapping], column: str) -> Mapping[UUID, list[RowMapping]]:
    found: defaultdict[UUID, list[RowMapping]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


def _unit(row: RowMapping) -> ResourceUnit:
    """An archived one is not active."""
    active = row["active"] and row["archived_at"] is None
    return ResourceUnit(resource_id=row["id"], kind=row["kind"], active=active)


def _service(row: RowMapping, offered: Sequence[RowMapping], needs: Sequence[RowMapping]) -> Service:
    currency = row["price_currency"]
    amount = row["deposit_amount"]
    return Service(
        id=row["id"],
        name=row["name"],
        rules=_rules(row, needs),
        price=Money(amount=row["price_amount"], currency=currency),
        deposit=Deposit(
            kind=row["deposit_kind"],
            amount=None if amount is None else Money(amount=amount, currency=currency),
            percent=row["deposit_percent"],
        ),
        capacity=row["capacity"],
        staff_ids=tuple(one["staff_id"] for one in offered),
    )


def _rules(row: RowMapping, needs: Sequence[RowMapping]) -> ServiceRules:
    return ServiceRules(
        duration=timedelta(minutes=row["duration_minutes"]),
        active=row["active"] and row["archived_at"] is None,
        buffer_before=timedelta(minutes=row["buffer_before_minutes"]),
        buffer_after=timedelta(minutes=row["buffer_after_minutes"]),
        slot_interval=timedelta(minutes=row["slot_interval_minutes"]),
        min_notice=timedelta(minutes=row["min_notice_minutes"]),
        max_advance_days=row["max_advance_days"],
        resource_needs=tuple(ResourceNeed(need["kind"], need["quantity"]) for need in needs),
    )
