"""A cursor continues after the last row shown."""

from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbing.pages import BY_TIME, PageRequest, _decode, _encode, page_of
from plumbing.problems import Invalid

ID = "0199f0a0-0000-7000-8000-000000000001"


def read_all(rows: list[int], limit: int) -> list[int]:
    """Page through rows as a client would."""
    shown: list[int] = []
    after: tuple[str, ...] | None = None
    while True:
        start = 0 if after is None else rows.index(int(after[0])) + 1
        page = page_of(
            rows[start : start + limit + 1], PageRequest(limit, after), key=lambda row: (row,), item=lambda row: row
        )
        shown += page.items
        if page.next_cursor is None:
            return shown
        after = _decode(page.next_cursor)


@given(st.integers(0, 30), st.integers(1, 7))
def test_paging_shows_every_row_once_and_in_order(count, limit):
    assert read_all(list(range(count)), limit) == list(range(count))


@given(st.lists(st.text(), min_size=1, max_size=3))
def test_a_cursor_says_what_was_put_in(parts):
    assert _decode(_encode(tuple(parts))) == tuple(parts)


@pytest.mark.parametrize("cursor", ["", "x", "%%%", "eyJhIjoxfQ", urlsafe_b64encode(b"[1]").decode(), "é"])
def test_a_cursor_that_is_not_ours_is_invalid(cursor):
    with pytest.raises(Invalid):
        _decode(cursor)


def test_a_page_begins_behind_the_key_that_its_cursor_names():
    key = (datetime(2027, 1, 1, tzinfo=UTC), uuid4())
    paging = PageRequest(1, (key[0].isoformat(), str(key[1])))
    assert paging.position(BY_TIME) == key
    assert PageRequest(1, (str(key[1]),)).last_id() == key[1]


def test_the_first_page_begins_behind_nothing():
    first = PageRequest(1, None)
    assert (first.position(BY_TIME), first.last_id()) == (None, None)


@pytest.mark.parametrize("parts", [(), ("x",), ("2027-01-01T00:00:00Z", "x"), ("2027-01-01T00:00:00Z", ID, "")])
def test_a_cursor_of_another_list_is_invalid(parts):
    for read in (lambda paging: paging.position(BY_TIME), PageRequest.last_id):
        with pytest.raises(Invalid):
            read(PageRequest(1, parts))
