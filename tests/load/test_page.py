"""The table, and the page that keeps it."""

from pathlib import Path

import pytest

from tests.load.__main__ import FIGURES
from tests.load.figure import Check, Effort, Line, Measured
from tests.load.page import PAGE, NoSuchMarker, replaced, write
from tests.load.samples import Spread, Target
from tests.load.table import plain

TEXT = "before\n<!-- measured: one -->\nold\n<!-- end: one -->\nbetween\n<!-- measured: two -->\n<!-- end: two -->\n"


def measured(name: str = "one", ratio: float = 0.25) -> Measured:
    line = Line("slots", "B1", 4_000, 16_000, Spread(ratio, 0.2, 0.3), Target(0.3), (0.0012, 0.0034))
    return Measured(name, "Title", [line], [Check("nothing breaks", "0 of 9", holds=True)])


def test_only_the_part_of_a_figure_is_replaced():
    text = replaced(TEXT, "one", "new \\1")
    assert text.startswith("before\n<!-- measured: one -->\n\nnew \\1\n\n<!-- end: one -->\nbetween")
    assert "old" not in text


def test_a_figure_without_a_place_is_refused():
    with pytest.raises(NoSuchMarker):
        replaced(TEXT, "three", "new")


def test_writing_twice_is_writing_once(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text(TEXT + "<!-- measured: machine --><!-- end: machine -->")
    written: list[str] = []
    for _ in range(2):
        write(measured(), ["2 cores"], Effort(7, 2), "2026-11-25", page)
        written.append(page.read_text())
    assert written[0] == written[1]
    assert "| slots | 4,000 | 1.2 / 3.4 | B1 | 16,000 | 0.25 (0.2..0.3) | ≥ 0.3 | falls short |" in written[0]
    assert "Measured on 2026-11-25, 7 rounds of 2 s each." in written[0]


def test_the_page_of_the_documentation_has_a_place_for_every_figure():
    text = PAGE.read_text(encoding="utf-8")
    for name in ("machine", *(figure.name for figure in FIGURES)):
        assert replaced(text, name, "")


def test_the_terminal_says_what_falls_short_and_what_holds():
    lines = plain(measured()).splitlines()
    assert lines[0] == "Title"
    assert lines[2].endswith("≥ 0.3   falls short")
    assert lines[3] == "holds: nothing breaks: 0 of 9"
    assert plain(measured(ratio=0.3)).splitlines()[2].endswith("≥ 0.3   met")
