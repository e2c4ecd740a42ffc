"""Booking pages about which strangers ask: one of the business with the dataset, and many of many small businesses."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from plumbing.testing import eventually
from tests.e2e.owner import Owner, sign_up
from tests.load.dataset import ZONE
from tests.load.filling import HOURS
from tests.load.http_client import Connection, get
from tests.load.site import DAYS, Site

BROWSER = {"Accept-Encoding": "gzip"}
"""What every browser reads."""
_AT_ONCE = 4
_PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class BookingPage:
    """A page, and a service that is offered on it."""

    slug: str
    service: str
    today: date

    def month(
        self, base: str, staff: str | None = None, *, start: int = 0, days: int = DAYS, service: str | None = None
    ) -> str:
        """The URL of a month, so many days after today: of one staff member or anybody."""
        chosen = "" if staff is None else f"&staffId={staff}"
        wanted, first = service or self.service, self.today + timedelta(days=start)
        return f"{base}/api/public/booking/{self.slug}/availability?serviceId={wanted}{chosen}&date={first}&days={days}"


async def of_the_dataset(site: Site) -> BookingPage:
    """On which everything of the large business is offered."""
    await site.headers()  # signs in again when it is time
    return await _opened(site.owner, site.catalogue.services[0], site.today)


async def of_many(site: Site, *, businesses: int, pages: int) -> Sequence[BookingPage]:
    """So many pages of each of so many new businesses, in an order in which no business comes twice in a row."""
    turn = asyncio.Semaphore(_AT_ONCE)

    async def business() -> Sequence[BookingPage]:
        async with turn:
            owner = await sign_up(site.owner.session, site.gateway, timezone=ZONE.key)
            service = await owner.service([await owner.staff(blocks=HOURS)])
            return [await _opened(owner, service, site.today) for _ in range(pages)]

    made = await asyncio.gather(*(business() for _ in range(businesses)))
    return [page for pages_in_turn in zip(*made, strict=True) for page in pages_in_turn]


async def answers(site: Site, pages: Sequence[BookingPage], headers: Mapping[str, str]) -> Sequence[bytes]:
    """What availability says about each, byte by byte, once it has heard of all."""
    base = site.directly("availability")
    connection = await Connection.to(base)

    async def answered(page: BookingPage) -> bytes | None:
        reply = await connection.ask(get(page.month(base), headers))
        return reply.body if reply.status == 200 else None

    try:
        found = [await eventually(lambda page=page: answered(page), seconds=_PATIENCE_SECONDS) for page in pages]
    finally:
        connection.close()
    return [body for body in found if body is not None]


async def _opened(owner: Owner, service: str, today: date) -> BookingPage:
    slug = f"bench-{uuid4().hex[:16]}"
    await owner.must("POST", "/api/booking-pages", {"slug": slug})
    return BookingPage(slug, service, today)
