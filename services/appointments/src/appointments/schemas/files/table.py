"""Reading a CSV file: its encoding, its delimiter, its columns, its rows."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from appointments.schemas.files.cells import bare
from appointments.schemas.files.columns import Columns
from contracts.imports import MOST_ROWS, RowProblem
from plumbing.problems import Invalid

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DELIMITERS = (",", ";", "\t")
_MOST_COLUMNS = 200
_LONGEST_HEADER = 20_000


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the line on which it begins, and its cells by column, without the empty ones."""

    number: int
    cells: Mapping[str, str]
    problems: Sequence[RowProblem] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, and the headers of columns that are not understood."""

    lines: list[Line]
    ignored: list[str]


def read_table(data: bytes, columns: Columns) -> Table:
    """The rows of a CSV file, of which the first names the columns. Raises Invalid for a file that cannot be read."""
    text = text_of(data)
    rows = _rows(text, _delimiter(text, columns))
    _, headers = next(rows, (0, []))
    named = _named(headers, columns)
    lines = [_line(number, row, named) for number, row in rows]
    if not lines:
        raise refused("has no rows below the one that names the columns")
    ignored = [header.strip() for header, name in zip(headers, named, strict=True) if name is None and header.strip()]
    return Table(lines, ignored)


def text_of(data: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 if it says so. Raises Invalid for any other."""
    try:
        text = data.decode("utf-16") if data.startswith(_UTF16) else data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise refused(f"is not in UTF-8 (line {line}); save it as “CSV UTF-8”") from error
    if "\x00" in text:
        raise refused("contains the character U+0000: it is no text in UTF-8; save it as “CSV UTF-8”")
    return text


def refused(detail: str) -> Invalid:
    """The file cannot be read at all."""
    return Invalid.at("/file", detail)


def _delimiter(text: str, columns: Columns) -> str:
    """The one by which most columns are understood."""
    lines = (line for line in io.StringIO(text, newline=None) if line.strip() and not _tells_delimiter(line))
    first = next(lines, "")[:_LONGEST_HEADER]
    return max(
        _DELIMITERS, key=lambda one: sum(columns.named(cell.strip('"')) is not None for cell in first.split(one))
    )


def _tells_delimiter(line: str) -> bool:
    """`sep=;`, which is for Excel."""
    return line.strip().lower().startswith("sep=")


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not blank, with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    count, begins = 0, 1
    try:
        for row in reader:
            number, begins = begins, reader.line_num + 1
            if not any(cell.strip() for cell in row) or (number == 1 and _tells_delimiter(delimiter.join(row))):
                continue
            count += 1
            if count > MOST_ROWS + 1:
                raise refused(f"has more than {MOST_ROWS} rows; split it")
            yield number, row
    except csv.Error as error:
        raise refused(f"cannot be read as CSV at line {begins}: {error}") from error


def _named(headers: Sequence[str], columns: Columns) -> list[str | None]:
    if len(headers) > _MOST_COLUMNS:
        raise refused(f"has more than {_MOST_COLUMNS} columns")
    named = [columns.named(header) for header in headers]
    known = [name for name in named if name is not None]
    twice = sorted({name for name in known if known.count(name) > 1})
    if twice:
        raise refused(f"has several columns for: {', '.join(twice)}")
    missing = [names for names in columns.needed if not set(names) & set(known)]
    if missing:
        wanted = ", ".join(" or ".join(names) for names in missing)
        raise refused(f"has no column for: {wanted}; its first row has to name the columns, such as: {_names(columns)}")
    return named


def _names(columns: Columns) -> str:
    return ", ".join(columns.names)


def _line(number: int, row: Sequence[str], named: Sequence[str | None]) -> Line:
    named_cells = ((name, bare(cell)) for name, cell in zip(named, row, strict=False) if name is not None)
    cells = {name: cell for name, cell in named_cells if cell.strip()}
    if any(cell.strip() for cell in row[len(named) :]):
        return Line(number, cells, [RowProblem(column=None, detail="has more cells than there are columns")])
    return Line(number, cells)
