"""The screens look as they did: pictures of them, the same to the pixel. `make pictures` keeps new ones."""

from typing import Literal

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.web.kept_pictures import DIFFERENT, Pictures
from tests.e2e.web.palm_studio import NOW, PalmStudio
from tests.e2e.web.screens import all_is_read
from tests.e2e.web.wizard_steps import steps
from tests.servers.browser import Tab, opened

SIZES = {390: 844, 820: 1180, 1440: 900}
TALLEST = 2600  # pixels of a picture
type Theme = Literal["light", "dark"]
BOTH: tuple[Theme, ...] = ("light", "dark")
DAY = NOW.date()


@pytest.fixture(scope="module")
async def pictures(browser: Browser) -> Pictures:
    """Those of this browser, on a machine with these fonts."""
    kept = Pictures(browser.version)
    async with opened(browser) as tab:
        missing = await kept.begin(tab.page)
    return pytest.skip(missing) if missing else kept


class Screen:
    """Takes the pictures of one business's screens."""

    def __init__(self, page: Page, pictures: Pictures, language: str) -> None:
        self.page = page
        self.pictures = pictures
        self.language = language
        self.wrong: list[str] = []

    async def size(self, width: int, *, whole: bool = False) -> None:
        """A window of that width. `whole`: as high as what there is to see."""
        await self.page.set_viewport_size({"width": width, "height": SIZES[width]})
        if whole:
            there = await self.page.evaluate("document.documentElement.scrollHeight")
            height = min(max(there, SIZES[width]), TALLEST)
            await self.page.set_viewport_size({"width": width, "height": height})

    async def at_each_width(self, name: str, *, whole: bool = True, themes: tuple[Theme, ...] = ("light",)) -> None:
        """Pictures of what there is to see, in a window of each width."""
        await all_is_read(self.page)
        for width in SIZES:
            await self.size(width, whole=whole)
            for theme in themes:
                await self.page.emulate_media(color_scheme=theme)
                await self.take(f"{name}-{self.language}-{width}{'' if theme == 'light' else '-dark'}")

    async def take(self, picture: str) -> None:
        """Once everything that the screen reads is there."""
        await all_is_read(self.page)
        if not await self.pictures.are_as_kept(self.page, picture):
            self.wrong.append(picture)

    def all_as_kept(self) -> None:
        """Fails with the names of those that are not."""
        assert self.wrong == [], f"what is seen is in {DIFFERENT}, with what differs in red"


async def test_the_calendar_looks_as_it_did(pictures: Pictures, palm_studio: PalmStudio, window: Tab):
    page, url = window.page, palm_studio.owner.url
    await page.request.post(f"{url}/api/auth/sign-in", data=palm_studio.owner.credentials, headers={"Origin": url})
    screen = Screen(page, pictures, palm_studio.language)
    for width in SIZES:  # what is open at the side depends on the width at which it was opened
        await screen.size(width)
        await window.open(f"{url}/calendar?view=month&day={DAY}")
        for view in ("month", "week", "agenda", "day"):
            await page.keyboard.press(view[0])
            await expect(page.locator(".calendar__state")).to_have_attribute("data-state", "live")
            await page.locator("[data-entry]").first.wait_for()
            await screen.take(f"calendar-{view}-{palm_studio.language}-{width}")
        await page.locator(f'[data-entry="{palm_studio.appointments[6]}"]').click()
        await page.get_by_role("dialog").wait_for()
        await screen.take(f"drawer-{palm_studio.language}-{width}")
    screen.all_as_kept()


async def test_the_owners_screens_look_as_they_did(pictures: Pictures, palm_studio: PalmStudio, window: Tab):
    page, url = window.page, palm_studio.owner.url
    await page.request.post(f"{url}/api/auth/sign-in", data=palm_studio.owner.credentials, headers={"Origin": url})
    screen = Screen(page, pictures, palm_studio.language)
    for name, path in (("home", "home"), ("services", "services"), ("hours", f"staff/{palm_studio.staff[0]}")):
        await window.open(f"{url}/{path}")
        await page.get_by_role("heading", level=1).wait_for()
        await screen.at_each_width(name)
    screen.all_as_kept()


async def test_the_wizards_steps_look_as_they_did(pictures: Pictures, palm_studio: PalmStudio, window: Tab):
    screen = Screen(window.page, pictures, palm_studio.language)
    async for step in steps(palm_studio, window):
        await screen.at_each_width(f"wizard-{step}", whole=step != "time", themes=BOTH)
    screen.all_as_kept()
