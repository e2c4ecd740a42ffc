"""A measured figure as a table: for the terminal, and for the page in the documentation."""

from collections.abc import Sequence

from tests.load.figure import Check, Line, Measured

HEAD = ("what", "a second", "p50 / p99 ms", "limit", "limit a second", "ratio (min..max)", "target", "verdict")


def plain(figure: Measured) -> str:
    """For the terminal."""
    rows = _rows(figure)
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))] if rows else []
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([figure.title, *lines, *map(_sentence, figure.checks), *figure.notes])


def markdown(figure: Measured) -> str:
    """For the page: title, table, checks and notes."""
    head, *rest = _rows(figure) or [()]
    rows = [head, ["---"] * len(HEAD), *rest] if head else []
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    listed = "\n".join(f"- {each}" for each in [*map(_sentence, figure.checks), *figure.notes])
    return "\n\n".join(part for part in (f"### {figure.title}", table, listed) if part)


def _rows(figure: Measured) -> list[Sequence[str]]:
    """With the head; nothing for a figure that only has checks."""
    return [HEAD, *map(_cells, figure.lines)] if figure.lines else []


def _cells(line: Line) -> Sequence[str]:
    spread = line.ratio
    return (
        line.what,
        _number(line.per_second),
        " / ".join(_number(seconds * 1e3) for seconds in line.times) if line.times else "",
        line.to,
        _number(line.limit_per_second),
        f"{_number(spread.median)} ({_number(spread.least)}..{_number(spread.most)})",
        str(line.target or ""),
        _verdict(line),
    )


def _verdict(line: Line) -> str:
    if line.target is None:
        return ""
    return "falls short" if line.falls_short else "met"


def _sentence(check: Check) -> str:
    return f"{'holds' if check.holds else 'BROKEN'}: {check.what}: {check.found}"


def _number(value: float) -> str:
    """Three digits that count; whole above a hundred."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
