"""What axe (https://github.com/dequelabs/axe-core) finds wrong with a page: in light and dark, in each language."""

from functools import cache
from typing import Any, Literal

from playwright.async_api import Page, expect

from sundial_local.layout import web_files

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
THEMES: tuple[Literal["dark", "light"], ...] = ("dark", "light")
"""Light is the last, and stays."""
_SOURCE = web_files().parent / "node_modules" / "axe-core" / "axe.min.js"

_FOUND = """async (tags) => {
  scrollTo({ top: 0, behavior: "instant" });
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  for (const each of document.getAnimations()) if (each.effect.getComputedTiming().endTime < Infinity) each.finish();
  return (await axe.run({ runOnly: tags, resultTypes: ["violations"] })).violations;
}"""
"""With all that is in motion where it will be: a colour that is half way is nobody's. And from the top: what is half
below a bar that stays while the rest is scrolled counts as too small to be hit."""

_SPEAK_ANOTHER = """() => {
  const other = document.querySelector(".preferences button[lang]");
  other?.click();
  return other !== null;
}"""
"""Presses the button for the other language, if the page has one: also behind a dialog, where no hand reaches it."""


@cache
def _source() -> str:
    return _SOURCE.read_text()


class Look:
    """Holds one screen after the other against the rules."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: dict[str, Any] = {}

    async def at(self, screen: str) -> None:
        """See it as it is now."""
        await expect(self.page.locator(".skeleton, .waiting")).to_have_count(0)
        self.found[screen] = await violations(self.page)

    def is_clean(self) -> None:
        """Fails with every rule that was broken, and where."""
        assert {screen: broken for screen, broken in self.found.items() if broken} == {}


async def violations(page: Page) -> list[Any]:
    """Each rule that is broken, with where. The page stays as it is, and its theme and language change in place."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_source())
    found = await _in_each_theme(page)
    if await _speaks_another(page):
        found += await _in_each_theme(page)
        await _speaks_another(page)
    return found


async def _in_each_theme(page: Page) -> list[Any]:
    language = await page.evaluate("document.documentElement.lang")
    found: list[Any] = []
    for theme in THEMES:
        await page.emulate_media(color_scheme=theme)
        for broken in await page.evaluate(_FOUND, TAGS):
            nodes = broken["nodes"]
            where = [node["target"] for node in nodes]
            found.append((language, theme, broken["id"], where, nodes[0]["failureSummary"]))
    return found


async def _speaks_another(page: Page) -> bool:
    """Whether it has another language; then that is spoken from now on, and all that it says is there."""
    before = await page.evaluate("document.documentElement.lang")
    if not await page.evaluate(_SPEAK_ANOTHER):
        return False
    await expect(page.locator(f"html:not([lang={before}])")).to_have_count(1)
    await expect(page.locator(".skeleton")).to_have_count(0)
    return True
