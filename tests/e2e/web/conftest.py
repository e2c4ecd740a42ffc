"""What the tests of what people see look at."""

from collections.abc import AsyncGenerator

import aiohttp
import pytest
from playwright.async_api import Browser

from tests.e2e.owner import Owner
from tests.e2e.web.days import Day, day_of
from tests.e2e.web.palm_studio import PalmStudio, opened_in
from tests.servers.browser import Tab, opened

LANGUAGES = {"en": "en-GB", "ar": "ar-AE"}


@pytest.fixture
async def day(owner: Owner) -> Day:
    """A day of a new business."""
    return await day_of(owner)


@pytest.fixture(params=LANGUAGES)
async def palm_studio(request: pytest.FixtureRequest, http: aiohttp.ClientSession, product_url: str) -> PalmStudio:
    """The business whose screens are the same in every run, in each language."""
    return await opened_in(request.param, http, product_url)


@pytest.fixture
async def window(browser: Browser, palm_studio: PalmStudio) -> AsyncGenerator[Tab]:
    """A tab on the day of that business, in its language and zone, in which nothing moves."""
    locale = LANGUAGES[palm_studio.language]
    async with opened(browser, locale=locale, timezone_id="Asia/Dubai", reduced_motion="reduce") as tab:
        await palm_studio.elsewhen.begin(tab.page)
        yield tab
        await palm_studio.elsewhen.end(tab.page)
