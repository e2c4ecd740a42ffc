"""Storing a dataset: the catalogue through the API, the appointments past it, as a million would take an hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from uuid import UUID

import asyncpg

from tests.e2e.owner import Owner
from tests.load.dataset import HALVES, TAKEN, ZONE, Dataset
from tests.load.loopback import ours

OFFERED_BY = 20
"""Staff members of each service."""
CUSTOMERS = 1_000
HOURS = [{"dayOfWeek": day, "start": "08:00", "end": "20:00"} for day in range(1, 8)]
_APPOINTMENTS = (Path(__file__).parent / "sql" / "appointments.sql").read_text()
_CUSTOMERS = """
INSERT INTO customers (business_id, id, name, email, created_at, updated_at, revision)
SELECT $1, gen_random_uuid(), 'Noor', customer_email, now(), now(), 1 FROM unnest($2::text[]) AS customer_email
RETURNING id
"""
_COPIES = {
    "claims_copy": """
SELECT business_id, bookable_id, lower(during) AS starts_at, owner_id, upper(during) AS ends_at
FROM claims WHERE business_id = $1
""",
    "claim_owners_copy": """
SELECT business_id, owner_id, 1 AS revision, false AS released FROM claims WHERE business_id = $1
""",
}
"""What availability keeps of the claims: its columns by the names that they have there."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Who works there and what is sold: the staff member by number offers the service by number modulo the services."""

    staff: Sequence[str]
    services: Sequence[str]

    def service_of(self, staff: int) -> str:
        """The service that a staff member offers."""
        return self.services[staff % len(self.services)]


async def fill_catalogue(owner: Owner, dataset: Dataset) -> Catalogue:
    """Through the API."""
    staff = [await owner.staff(f"Staff member {number}", HOURS) for number in range(dataset.staff)]
    count = max(1, dataset.staff // OFFERED_BY)
    services = [await owner.service(staff[number::count], name=f"Service {number}") for number in range(count)]
    return Catalogue(staff, services)


async def fill_appointments(url: str, business_id: UUID, catalogue: Catalogue, dataset: Dataset) -> None:
    """Into appointments' own tables, by its superuser."""
    connection = await asyncpg.connect(ours(url))
    try:
        emails = [customer_email(number) for number in range(CUSTOMERS)]
        customers = [row["id"] for row in await connection.fetch(_CUSTOMERS, business_id, emails)]
        staff, services = [UUID(each) for each in catalogue.staff], [UUID(each) for each in catalogue.services]
        size = (dataset.opening, dataset.days, HALVES, TAKEN)
        await connection.execute(_APPOINTMENTS, business_id, staff, services, *size, customers, ZONE.key)
        await _settle(connection)
    finally:
        await connection.close()


async def copy_claims(appointments_url: str, availability_url: str, business_id: UUID) -> None:
    """What availability would have heard of them."""
    source, target = await asyncpg.connect(ours(appointments_url)), await asyncpg.connect(ours(availability_url))
    try:
        for table, query in _COPIES.items():
            with TemporaryFile() as between:
                await source.copy_from_query(query, business_id, output=between, format="binary")
                between.seek(0)
                columns = await _columns(source, query)
                await target.copy_to_table(table, source=between, columns=columns, format="binary")
        await _settle(target)
    finally:
        await source.close()
        await target.close()


def customer_email(number: int) -> str:
    """The address of one of the stored customers."""
    return f"guest{number}@example.com"


async def _columns(connection: asyncpg.Connection, query: str) -> list[str]:
    return [attribute.name for attribute in (await connection.prepare(query)).get_attributes()]


async def _settle(connection: asyncpg.Connection) -> None:
    """Nothing that filling put off shall be done while it is measured."""
    await connection.execute("VACUUM ANALYZE")
    await connection.execute("CHECKPOINT")
