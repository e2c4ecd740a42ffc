"""The product for the tests over all of it: one that is shared, and one that may be broken."""

from collections.abc import AsyncGenerator, Callable, Generator

import aiohttp
import pytest
from playwright.async_api import Browser

from sundial_local.product import Product
from tests.e2e.owner import Owner, sign_up
from tests.faults.stored import Databases
from tests.servers import run
from tests.servers.browser import started


@pytest.fixture(scope="session")
def product(postgres_server: str, new_virtual_host: Callable[[], str]) -> Generator[Product]:
    """The product behind its gateway, on servers that other tests use as well: not to be broken."""
    folder = run.current().folder / f"product-{run.worker()}"
    yield from _running(Product(folder, profile="test", postgres_url=postgres_server, amqp_url=new_virtual_host()))


@pytest.fixture(scope="session")
def breakable() -> Generator[Product]:
    """A product with everything of its own, parts of which may be killed if they are started again."""
    folder = run.current().folder / f"breakable-{run.worker()}"
    yield from _running(Product(folder, profile="test", processes={"realtime": 2}))


def _running(product: Product) -> Generator[Product]:
    product.start()
    yield product
    product.stop()
    product.forget()


@pytest.fixture(scope="session")
def product_url(product: Product) -> str:
    """Where the gateway answers."""
    return product.url


@pytest.fixture(scope="session")
async def browser() -> AsyncGenerator[Browser]:
    """One for all tests of this worker."""
    async with started(run.current()) as running:
        yield running


@pytest.fixture
async def http() -> AsyncGenerator[aiohttp.ClientSession]:
    """A client without a limit on connections, and without cookies."""
    connector, patience = aiohttp.TCPConnector(limit=0), aiohttp.ClientTimeout(total=20)
    async with aiohttp.ClientSession(
        connector=connector, timeout=patience, cookie_jar=aiohttp.DummyCookieJar()
    ) as session:
        yield session


@pytest.fixture
async def owner(http: aiohttp.ClientSession, product_url: str) -> Owner:
    """The owner of a new business."""
    return await sign_up(http, product_url)


@pytest.fixture
async def other_owner(http: aiohttp.ClientSession, product_url: str) -> Owner:
    """The owner of another new business."""
    return await sign_up(http, product_url)


@pytest.fixture
async def breakable_owner(http: aiohttp.ClientSession, breakable: Product) -> Owner:
    """The owner of a new business on the product that may be broken."""
    return await sign_up(http, breakable.url)


@pytest.fixture(scope="session")
def databases(product: Product) -> Databases:
    """The databases, as their superuser sees them."""
    return databases_of(product)


@pytest.fixture(scope="session")
def breakable_databases(breakable: Product) -> Databases:
    """The databases of the product that may be broken."""
    return databases_of(breakable)


def databases_of(product: Product) -> Databases:
    """What is stored, past all walls."""
    return Databases(product.database_url("appointments", "admin"), product.database_url("availability", "admin"))


@pytest.fixture
async def bearer(owner: Owner) -> str:
    """The access token of a new owner."""
    return owner.token
