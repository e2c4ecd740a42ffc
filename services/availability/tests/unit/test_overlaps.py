"""Blocks of weekly hours overlap when they hold at the same local time of some date."""

from datetime import date

import pytest

from availability.domain import overlap, refuse_overlaps
from plumbing.problems import Invalid
from scheduling.hours import Block

NINE, NOON, FIVE = 540, 720, 1020
MONDAY_2_MARCH = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Block(1, NINE, FIVE), Block(1, NINE, FIVE), True),
        (Block(1, NINE, FIVE), Block(1, NOON, NOON + 1), True),
        (Block(1, NINE, NOON), Block(1, NOON, FIVE), False),  # they touch
        (Block(1, NINE, FIVE), Block(2, NINE, FIVE), False),  # other days
        (Block(1, NINE, FIVE, date(2026, 1, 1), None), Block(1, NINE, FIVE, None, date(2025, 12, 31)), False),
        (Block(1, NINE, FIVE, None, MONDAY_2_MARCH), Block(1, NINE, FIVE, MONDAY_2_MARCH, None), True),
        # the dates that both have are a Tuesday to a Sunday: no Monday among them
        (Block(1, NINE, FIVE, None, date(2026, 3, 8)), Block(1, NINE, FIVE, date(2026, 3, 3), None), False),
        (Block(7, NINE, FIVE, None, date(2026, 3, 8)), Block(7, NINE, FIVE, date(2026, 3, 3), None), True),
        (Block(1, NINE, FIVE, date(2026, 3, 1), None), Block(1, NINE, FIVE), True),
    ],
)
def test_blocks_overlap_only_on_dates_that_both_have(one: Block, other: Block, expected: bool):
    assert overlap(one, other) is expected
    assert overlap(other, one) is expected


def test_every_later_block_that_overlaps_is_named():
    blocks = [Block(1, NINE, NOON), Block(2, NINE, NOON), Block(1, NINE, FIVE), Block(2, NOON - 1, FIVE)]
    with pytest.raises(Invalid) as refused:
        refuse_overlaps(blocks)
    assert [error["pointer"] for error in refused.value.fields["errors"]] == ["/blocks/2", "/blocks/3"]
    assert "/blocks/0" in refused.value.fields["errors"][0]["detail"]


def test_hours_around_midnight_are_two_blocks_that_touch():
    refuse_overlaps([Block(1, 1320, 1440), Block(2, 0, 120)])
