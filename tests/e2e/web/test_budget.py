"""How much a browser has to load before a guest or an owner can begin."""

import gzip
import json
from typing import Any

import pytest

from sundial_local.layout import web_files

CALENDAR = "src/features/calendar/CalendarPage.tsx"


@pytest.mark.parametrize(
    ("begins_with", "most"),
    [(("booking.html",), 115), (("index.html", CALENDAR), 240)],
    ids=["the wizard", "the calendar of who is signed in"],
)
def test_a_first_page_begins_with_little(begins_with: tuple[str, ...], most: int):
    built = web_files()
    chunks: dict[str, Any] = json.loads((built / ".vite" / "manifest.json").read_text())
    needed: set[str] = set()

    def need(name: str) -> None:
        if name not in needed:
            needed.add(name)
            for imported in chunks[name].get("imports", []):
                need(imported)

    for name in begins_with:
        need(name)
    sizes = {name: len(gzip.compress((built / chunks[name]["file"]).read_bytes())) for name in needed}
    assert sum(sizes.values()) <= most * 1024, sizes
