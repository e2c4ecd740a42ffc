"""A tab for the tests of what people see."""

from collections.abc import AsyncGenerator

import pytest
from playwright.async_api import Browser

from tests.servers.browser import Tab, opened


@pytest.fixture
async def tab(browser: Browser) -> AsyncGenerator[Tab]:
    """An empty tab with a profile of its own."""
    async with opened(browser) as tab:
        yield tab
