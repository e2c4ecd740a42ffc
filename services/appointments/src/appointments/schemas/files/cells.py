"""Cells of CSV files that a spreadsheet takes for text, whatever they begin with, and that are read as they were."""

import csv
import io
import re
from collections.abc import Iterable

BOM = "\ufeff"
"""What makes Excel read UTF-8."""

# What spreadsheets take for the beginning of a formula, also behind apostrophes: so that what is put before can be
# taken away again without a doubt.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_GUARD = "'"


def line_of(cells: Iterable[str]) -> str:
    """One line of a CSV file (RFC 4180), every cell in quotes, none of them a formula."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow([guarded(cell) for cell in cells])
    return text.getvalue()


def guarded(cell: str) -> str:
    """The cell with an apostrophe before it, if a spreadsheet would take it for a formula."""
    return _GUARD + cell if _FORMULA.match(cell) else cell


def bare(cell: str) -> str:
    """The other way round."""
    return cell[1:] if cell.startswith(_GUARD) and _FORMULA.match(cell) else cell
