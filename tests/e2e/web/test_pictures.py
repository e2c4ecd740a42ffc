"""The screens look as they did: pictures of them, the same to the pixel. `make pictures` keeps new ones."""

import re
from collections.abc import AsyncGenerator
from typing import Literal

import aiohttp
import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.web.kept_pictures import DIFFERENT, Pictures
from tests.e2e.web.palm_studio import NOW, PalmStudio, opened_in
from tests.servers.browser import Tab, opened

SIZES = {390: 844, 820: 1180, 1440: 900}
TALLEST = 2600  # pixels of a picture
LANGUAGES = ("en", "ar")
type Theme = Literal["light", "dark"]
BOTH: tuple[Theme, ...] = ("light", "dark")
TAGS = {"en": "en-GB", "ar": "ar-AE"}
LOOK = {"timezone_id": "Asia/Dubai", "reduced_motion": "reduce"}
DAY = NOW.date()
MORNING = NOW.replace(hour=3, minute=45)
"""A quarter to eight in Dubai: nothing of the day is past."""


@pytest.fixture(scope="module")
async def pictures(browser: Browser) -> Pictures:
    """Those of this browser, on a machine with these fonts."""
    kept = Pictures(browser.version)
    async with opened(browser) as tab:
        missing = await kept.begin(tab.page)
    return pytest.skip(missing) if missing else kept


@pytest.fixture(params=LANGUAGES)
async def studio(
    request: pytest.FixtureRequest, http: aiohttp.ClientSession, product_url: str, pictures: Pictures
) -> PalmStudio:
    """The business that is looked at, in each language."""
    return await opened_in(request.param, http, product_url)


@pytest.fixture
async def window(browser: Browser, studio: PalmStudio) -> AsyncGenerator[Tab]:
    """A tab on the day on which all pictures are made."""
    async with opened(browser, locale=TAGS[studio.language], **LOOK) as tab:
        await studio.elsewhen.begin(tab.page)
        yield tab
        await studio.elsewhen.end(tab.page)


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
        await self.read()
        for width in SIZES:
            await self.size(width, whole=whole)
            for theme in themes:
                await self.page.emulate_media(color_scheme=theme)
                await self.take(f"{name}-{self.language}-{width}{'' if theme == 'light' else '-dark'}")

    async def read(self) -> None:
        """Wait until what the screen asks for is there."""
        await self.page.wait_for_load_state("networkidle")
        await expect(self.page.locator(".skeleton, .waiting")).to_have_count(0)

    async def take(self, picture: str) -> None:
        """Once everything that the screen reads is there."""
        await self.read()
        if not await self.pictures.are_as_kept(self.page, picture):
            self.wrong.append(picture)

    def all_as_kept(self) -> None:
        """Fails with the names of those that are not."""
        assert self.wrong == [], f"what is seen is in {DIFFERENT}, with what differs in red"


async def test_the_calendar_looks_as_it_did(studio: PalmStudio, window: Tab, pictures: Pictures):
    page, url = window.page, studio.owner.url
    await page.request.post(f"{url}/api/auth/sign-in", data=studio.owner.credentials, headers={"Origin": url})
    screen = Screen(page, pictures, studio.language)
    for width in SIZES:  # what is open at the side depends on the width at which it was opened
        await screen.size(width)
        await window.open(f"{url}/calendar?view=month&day={DAY}")
        for view in ("month", "week", "agenda", "day"):
            await page.keyboard.press(view[0])
            await expect(page.locator(".calendar__state")).to_have_attribute("data-state", "live")
            await page.locator("[data-entry]").first.wait_for()
            await screen.take(f"calendar-{view}-{studio.language}-{width}")
        await page.locator(f'[data-entry="{studio.appointments[6]}"]').click()
        await page.get_by_role("dialog").wait_for()
        await screen.take(f"drawer-{studio.language}-{width}")
    screen.all_as_kept()


async def test_the_owners_screens_look_as_they_did(studio: PalmStudio, window: Tab, pictures: Pictures):
    page, url = window.page, studio.owner.url
    await page.request.post(f"{url}/api/auth/sign-in", data=studio.owner.credentials, headers={"Origin": url})
    screen = Screen(page, pictures, studio.language)
    for name, path in (("home", "home"), ("services", "services"), ("hours", f"staff/{studio.staff[0]}")):
        await window.open(f"{url}/{path}")
        await page.get_by_role("heading", level=1).wait_for()
        await screen.at_each_width(name)
    screen.all_as_kept()


async def test_the_wizards_steps_look_as_they_did(studio: PalmStudio, window: Tab, pictures: Pictures):
    page = window.page
    await studio.elsewhen.begin(page, MORNING)
    screen = Screen(page, pictures, studio.language)
    await window.open(f"{studio.owner.url}/booking/{studio.slug}")
    await page.locator(".card").first.wait_for()
    await screen.at_each_width("wizard-service", themes=BOTH)
    await page.locator(".card").first.click()
    await expect(page.locator(".chip").first).to_contain_text(re.compile(r"\d"))
    await screen.at_each_width("wizard-staff", themes=BOTH)
    await page.locator(".chip").nth(1).click()
    await page.locator(".time").first.wait_for()
    await screen.at_each_width("wizard-time", whole=False, themes=BOTH)
    await page.locator(".time").nth(2).click()
    await page.get_by_text("5:00").first.wait_for()
    await screen.at_each_width("wizard-details", themes=BOTH)
    await page.locator("input[autocomplete=name]").fill(studio.words.customers[0])
    await page.locator("input[autocomplete=email]").fill("noor@example.com")
    async with page.expect_response(re.compile("/book$")) as booking:
        await page.locator("form .button.main").click()
    await page.locator(".done .chosen").wait_for()
    await screen.at_each_width("wizard-booked", themes=BOTH)
    token = (await (await booking.value).json())["manageToken"]
    await window.open(f"{studio.owner.url}/booking/manage/{token}")
    await page.locator(".done .chosen").wait_for()
    await screen.at_each_width("wizard-manage", themes=BOTH)
    screen.all_as_kept()
