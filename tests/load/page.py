"""docs/reference/performance.md: what was measured stands between markers; the prose around them stays."""

import re
from collections.abc import Sequence
from pathlib import Path

from sundial_local.layout import checkout
from tests.load.figure import Effort, Measured
from tests.load.table import markdown

PAGE = checkout() / "docs" / "reference" / "performance.md"


class NoSuchMarker(Exception):
    """The page has no place for what was measured."""


def write(figure: Measured, machine: Sequence[str], effort: Effort, on: str, page: Path = PAGE) -> None:
    """Replace the part of this figure and leave all others."""
    text = page.read_text(encoding="utf-8")
    where = "\n".join(f"- {line}" for line in machine)
    measured = f"Measured on {on}, {effort.rounds} rounds of {effort.seconds:g} s each."
    text = replaced(text, figure.name, f"{markdown(figure)}\n\n{measured}")
    page.write_text(replaced(text, "machine", where), encoding="utf-8")


def replaced(text: str, name: str, part: str) -> str:
    """The text with another part between `<!-- measured: name -->` and `<!-- end: name -->`. Raises NoSuchMarker."""
    begin, end = f"<!-- measured: {name} -->", f"<!-- end: {name} -->"
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not pattern.search(text):
        raise NoSuchMarker(f"the page has no {begin} … {end}")
    return pattern.sub(lambda _: f"{begin}\n\n{part}\n\n{end}", text)
