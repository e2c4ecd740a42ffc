"""What axe (https://github.com/dequelabs/axe-core) finds wrong with a page."""

from functools import cache
from typing import Any

from playwright.async_api import Page

from sundial_local.layout import web_files

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AT_REST = """new Promise(requestAnimationFrame).then(() => Promise.allSettled(document.getAnimations()
    .filter((each) => each.effect.getComputedTiming().endTime < Infinity).map((each) => each.finished)))"""
"""What is faded in has its colours only then; what turns forever is not waited for."""

_SOURCE = web_files().parent / "node_modules" / "axe-core" / "axe.min.js"


@cache
def _source() -> str:
    return _SOURCE.read_text()


async def violations(page: Page) -> list[Any]:
    """Each rule that is broken, with where."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_source())
    await page.evaluate(_AT_REST)
    found = await page.evaluate("tags => axe.run({runOnly: tags, resultTypes: ['violations']})", TAGS)
    return [
        (each["id"], [node["target"] for node in each["nodes"]], each["nodes"][0]["failureSummary"])
        for each in found["violations"]
    ]
