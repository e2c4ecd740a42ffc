"""The business that is tried, for all of these tests: none of them changes anything of it."""

from collections.abc import AsyncGenerator

import aiohttp
import pytest

from sundial_local.product import Product
from tests.e2e.hostile.place import Place, made


@pytest.fixture(scope="session")
async def place(product: Product) -> AsyncGenerator[Place]:
    """The page of a business, and a guest of it."""
    patience = aiohttp.ClientTimeout(total=20)
    async with aiohttp.ClientSession(timeout=patience, cookie_jar=aiohttp.DummyCookieJar()) as session:
        place = await made(session, product)
        yield place
        await place.close()
