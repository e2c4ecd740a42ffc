"""What axe (https://github.com/dequelabs/axe-core) finds wrong with a page."""

from functools import cache
from typing import Any

from playwright.async_api import Page

from sundial_local.layout import web_files

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_SOURCE = web_files().parent / "node_modules" / "axe-core" / "axe.min.js"


@cache
def _source() -> str:
    return _SOURCE.read_text()


async def violations(page: Page) -> list[Any]:
    """Each rule that is broken, with where."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_source())
    found = await page.evaluate("tags => axe.run({runOnly: tags, resultTypes: ['violations']})", TAGS)
    return [
        (each["id"], [node["target"] for node in each["nodes"]], each["nodes"][0]["failureSummary"])
        for each in found["violations"]
    ]
