"""A product that is open for business, with a dataset in its databases, and what a figure asks of it."""

import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from plumbing.testing import eventually
from sundial_local.ports import LOOPBACK
from sundial_local.product import Product
from tests.e2e.owner import Owner
from tests.load.dataset import Dataset
from tests.load.filling import Catalogue
from tests.load.http_client import post
from tests.load.loopback import ours

DAYS = 30
_RENEW_AFTER_SECONDS = 120
_PATIENCE_SECONDS = 120
_TOLD = "SELECT NOT EXISTS (SELECT FROM outbox)"
_CLAIMS = "SELECT count(*) FROM claims WHERE business_id = $1"
_COPIES = "SELECT count(*) FROM claims_copy WHERE business_id = $1"


@dataclass(slots=True)
class Site:
    """The product, its owner, and what is stored."""

    product: Product
    gateway: str
    owner: Owner
    dataset: Dataset
    catalogue: Catalogue
    today: date
    gaps: list[tuple[int, datetime]]
    """Times that can be booked, each once: staff member by number, and start."""
    _signed_in_at: float = field(default_factory=time.monotonic)

    @property
    def business_id(self) -> UUID:
        """The business that has the dataset."""
        return UUID(self.owner.business["id"])

    def directly(self, service: str) -> str:
        """The URL of a service's process, past the gateway."""
        return f"http://{LOOPBACK}:{self.product.service(service).ports[0]}"

    async def headers(self) -> Mapping[str, str]:
        """Those of a signed-in owner, good for the next minutes."""
        if time.monotonic() - self._signed_in_at > _RENEW_AFTER_SECONDS:
            await self.owner.renew()
            self._signed_in_at = time.monotonic()
        return {"Authorization": f"Bearer {self.owner.token}"}

    def month(
        self, base: str, staff: str | None = None, *, start: int = 0, days: int = DAYS, service: str | None = None
    ) -> str:
        """The URL of a month of a service (the first), so many days after today: of one staff member or anybody."""
        chosen = "" if staff is None else f"&staffId={staff}"
        first, wanted = self.today + timedelta(days=start), service or self.catalogue.services[0]
        return f"{base}/api/availability/slots?serviceId={wanted}{chosen}&from={first}&days={days}"

    def offering(self) -> Sequence[str]:
        """Those who offer the first service."""
        return self.catalogue.staff[:: len(self.catalogue.services)]

    def booking(self, base: str, staff: int, start: datetime, headers: Mapping[str, str], email: str) -> bytes:
        """The request that books a start with a staff member."""
        body: dict[str, Any] = {
            "serviceId": self.catalogue.service_of(staff),
            "staffId": self.catalogue.staff[staff],
            "start": start.isoformat(),
            "customer": {"name": "Noor", "email": email},
        }
        return post(f"{base}/api/appointments", body, headers)

    async def settled(self) -> None:
        """Wait until every event was told and heard, so that nothing goes on when the next is measured."""
        async with self.database("appointments") as appointments, self.database("availability") as availability:
            await eventually(lambda: appointments.fetchval(_TOLD), seconds=_PATIENCE_SECONDS)

            async def missing() -> int:
                claims = await counted(appointments, _CLAIMS, self.business_id)
                return claims - await counted(availability, _COPIES, self.business_id)

            await eventually(missing, until=lambda count: count <= 0, seconds=_PATIENCE_SECONDS)

    @asynccontextmanager
    async def database(self, service: str) -> AsyncGenerator[asyncpg.Connection]:
        """A connection of the superuser's, who sees every business."""
        connection = await asyncpg.connect(ours(self.product.database_url(service, "admin")))
        try:
            yield connection
        finally:
            await connection.close()


async def counted(connection: asyncpg.Connection, query: str, *parameters: object) -> int:
    """The number that a query finds."""
    return int(await connection.fetchval(query, *parameters) or 0)
