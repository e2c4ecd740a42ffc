"""What screen readers are told, as Playwright's aria snapshots: compared with those kept, or kept (`make pictures`)."""

import re
from collections.abc import Iterable, Iterator
from math import inf
from pathlib import Path

from playwright.async_api import Page

from tests.e2e.web.kept_pictures import renews

FOLDER = Path(__file__).with_name("aria_snapshots")
_MOST = 3
"""Of what stands in a row: what is said of them is said of all."""
_IN_A_ROW = re.compile(r" *- (?:listitem|option)\b")
_ADDRESS = re.compile(r"\n *- /url: .*")
"""Of a link: nobody is told it, and some have secrets in them."""


async def told(page: Page) -> str:
    """Roles, names and states, in the order in which they are read."""
    found = _ADDRESS.sub("", await page.locator("body").aria_snapshot())
    return "\n".join(_shortened(found.splitlines())) + "\n"


def kept(name: str, found: str) -> str:
    """What is kept under a name: what was found, when all is renewed."""
    path = FOLDER / f"{name}.yaml"
    if renews():
        FOLDER.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _shortened(lines: Iterable[str]) -> Iterator[str]:
    """Without what follows the first few in a row, and what is in it."""
    met: dict[int, int] = {}  # how many in a row by now, by how deep they are
    left_out = inf
    for line in lines:
        depth = len(line) - len(line.lstrip())
        if depth > left_out:
            continue
        met = {each: count for each, count in met.items() if each <= depth}
        met[depth] = met.get(depth, 0) + 1 if _IN_A_ROW.match(line) else 0
        left_out = depth if met[depth] > _MOST and "[selected]" not in line else inf
        if left_out is inf:
            yield line
