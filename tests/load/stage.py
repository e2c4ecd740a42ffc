"""What the figures are measured on: products with data, started when the first figure asks for them."""

import asyncio
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import date
from pathlib import Path
from typing import Self

import aiohttp
import asyncpg

from plumbing.clock import utc_now
from sundial_local import nginx
from sundial_local.gateway import Limits
from sundial_local.layout import Service
from sundial_local.ports import LOOPBACK, free_port
from sundial_local.processes import kill_recorded
from sundial_local.product import Product
from tests.e2e.owner import sign_up
from tests.load import dataset, filling
from tests.load.baselines import one_statement
from tests.load.dataset import ZONE, Dataset
from tests.load.site import Site

UNLIMITED = Limits("1000000r/s", 100_000, 10_000, "1000r/s", 1_000, "1000r/s", 1_000, 10_000)
"""What one address may ask for: here all the load comes from one."""
BASELINE_ROWS = 1_000_000
_BASELINE_DATABASE = "bench"


class Stage:
    """Makes each part once; everything ends with it, and leaves nothing behind."""

    def __init__(self, folder: Path, *, quick: bool, say: Callable[[str], None]) -> None:
        """`quick`: few rows in place of a million."""
        self.folder = folder
        self._quick = quick
        self._say = say
        self._open = AsyncExitStack()
        self._sites: dict[str, Site] = {}
        self._baseline: str | None = None

    async def __aenter__(self) -> Self:
        self._clear()
        self.folder.mkdir()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._open.aclose()
        self._clear()

    async def large(self) -> Site:
        """A million appointments of 200 people."""
        return await self._site("large", dataset.small(_today()) if self._quick else dataset.large(_today()))

    async def small(self) -> Site:
        """Ten thousand appointments of 20 people, on servers of its own."""
        return await self._site("small", dataset.small(_today()))

    async def busy_year(self) -> Site:
        """A hundred thousand appointments of ten people, on servers of its own."""
        size = dataset.first_week if self._quick else dataset.busy_year
        return await self._site("busy-year", size(_today()))

    async def first_week(self) -> Site:
        """A thousand of the same ten people, on servers of its own."""
        return await self._site("first-week", dataset.first_week(_today()))

    async def baseline_database(self) -> str:
        """The superuser's URL of a database with the tables of B2, on the server that holds the million."""
        if self._baseline is None:
            admin_url = (await self.large()).product.admin_url
            rows = 10_000 if self._quick else BASELINE_ROWS
            self._say(f"storing {rows:,} bookings for pgbench")
            await _run(admin_url, f"CREATE DATABASE {_BASELINE_DATABASE}")
            self._baseline = f"{admin_url.rpartition('/')[0]}/{_BASELINE_DATABASE}"
            await one_statement.make_tables(self._baseline, rows)
        return self._baseline

    def open_gateway(self, folder: Path, ports: Callable[[], Mapping[Service, Sequence[int]]]) -> str:
        """A gateway like the product's, but for the limits; its URL."""
        server = nginx.Server(folder, free_port(), ports, limits=UNLIMITED)
        self._open.callback(server.kill)
        server.start()
        return f"http://{LOOPBACK}:{server.port}"

    async def _site(self, name: str, size: Dataset) -> Site:
        if name not in self._sites:
            self._sites[name] = await self._make(name, size)
        return self._sites[name]

    async def _make(self, name: str, size: Dataset) -> Site:
        self._say(f"starting a product ({name})")
        folder = self.folder / name
        folder.mkdir()
        product = Product(folder)
        self._open.callback(product.kill)
        await asyncio.to_thread(product.start)
        gateway = await asyncio.to_thread(
            self.open_gateway, folder / "gateway", lambda: {each: product.service(each).ports for each in Service}
        )
        session = await self._open.enter_async_context(aiohttp.ClientSession())
        owner = await sign_up(session, gateway, timezone=ZONE.key)
        self._say(f"storing {size.appointments:,} appointments ({name})")
        catalogue = await filling.fill_catalogue(owner, size)
        site = Site(product, gateway, owner, size, catalogue, _today(), size.gaps(_today()))
        urls = (product.database_url("appointments", "admin"), product.database_url("availability", "admin"))
        await filling.fill_appointments(urls[0], site.business_id, catalogue, size)
        await filling.copy_claims(*urls, site.business_id)
        return site

    def _clear(self) -> None:
        """Also what a run that was cut off has left."""
        if self.folder.exists():
            kill_recorded(self.folder)
            shutil.rmtree(self.folder)


def _today() -> date:
    return utc_now().astimezone(ZONE).date()


async def _run(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
