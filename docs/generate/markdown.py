"""Pieces of Markdown."""

from collections.abc import Iterable, Sequence

NOTICE = "<!-- Written by `make contracts` from the code; edits here are lost. -->"


def page(title: str, *parts: str) -> str:
    """A page: its title, the notice, and the parts, an empty line between them."""
    return "\n\n".join([f"# {title}", NOTICE, *parts]) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with these columns."""
    lines = [_row(head), _row(["---"] * len(head)), *map(_row, rows)]
    return "\n".join(lines)


def code(text: str) -> str:
    """Text as it is written in a program."""
    return f"`{text}`"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
