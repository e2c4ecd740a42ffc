"""Files of cells: no cell is a formula to a spreadsheet, and what was written is read again, to the character."""

import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appointments.schemas.files.cells import bare, guarded, line_of
from appointments.schemas.files.columns import COLUMNS, ImportKind
from appointments.schemas.files.table import read_table
from plumbing.problems import Invalid

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CUSTOMERS = COLUMNS[ImportKind.CUSTOMERS]

texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=30)
nasty = st.builds("{}{}{}".format, st.sampled_from(["", "'", "''"]), st.sampled_from(["", *FORMULA]), texts)


@given(cell=nasty)
def test_no_cell_is_a_formula_and_every_cell_is_read_as_it_was(cell: str):
    assert not guarded(cell).startswith(FORMULA)
    assert bare(guarded(cell)) == cell


@given(cell=nasty)
def test_what_is_no_formula_is_left_alone(cell: str):
    if not cell.lstrip("'").startswith(FORMULA):
        assert guarded(cell) == cell


@given(rows=st.lists(st.tuples(nasty, nasty), min_size=1, max_size=5))
def test_a_file_is_read_as_it_was_written(rows: list[tuple[str, str]]):
    data = "\ufeff" + line_of(["name", "notes"]) + "".join(line_of(row) for row in rows)
    wanted = [{k: v for k, v in zip(("name", "notes"), row, strict=True) if v.strip()} for row in rows]
    wanted = [row for row in wanted if row]
    if not wanted:
        return
    found = [dict(line.cells) for line in read_table(data.encode(), CUSTOMERS).lines]
    assert [row for row in found if row] == wanted


@given(rows=st.lists(st.tuples(nasty, nasty), max_size=3))
def test_a_spreadsheet_sees_no_formula_in_any_cell_of_a_file(rows: list[tuple[str, str]]):
    text = "".join(line_of(row) for row in rows)
    assert text.count("\r\n") >= len(rows)
    for row in csv.reader(io.StringIO(text, newline=""), strict=True):
        assert not any(cell.startswith(FORMULA) for cell in row)


@given(data=st.binary(max_size=200))
def test_whatever_is_sent_is_read_or_refused(data: bytes):
    for sent in (data, b"name,notes\r\n" + data):
        try:
            read_table(sent, CUSTOMERS)
        except Invalid as problem:
            assert problem.fields["errors"]  # noqa: PT017  # both are fine


@pytest.mark.parametrize(
    "data", [b"," * 5_000_000, b"name" + b",x" * 2_000_000, b'"' * 5_000_000, b"name\n" + b'"' * 10**6]
)
def test_a_hostile_table_is_refused_soon(data: bytes):
    began = time.process_time()
    with pytest.raises(Invalid):
        read_table(data, CUSTOMERS)
    assert time.process_time() - began < 10


def test_rows_are_known_by_the_line_on_which_they_begin():
    data = b'name,notes\r\nNoor,"one\r\ntwo"\r\n\r\nLina,x\r\nMei,x,y\r\n'
    lines = read_table(data, CUSTOMERS).lines
    assert [line.number for line in lines] == [2, 5, 6]
    assert [problem.detail for problem in lines[2].problems] == ["has more cells than there are columns"]
