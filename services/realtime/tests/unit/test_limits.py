"""How much is remembered, and how much one client may do."""

import logging

import pytest
from websockets.exceptions import InvalidMessage

import realtime.routes  # noqa: F401  # which says what of the library's failures is told
from realtime.domain.limits import Attendance, Pace
from realtime.domain.newest import Newest


def test_nobody_says_more_than_so_many_things_in_so_long():
    pace = Pace(most=2, seconds=10)
    assert [pace.allows(now) for now in (0, 1, 9.9, 10, 10.5, 11)] == [True, True, False, True, False, True]


def test_only_so_many_are_here_at_once():
    attendance = Attendance(1)
    assert [attendance.enter("a"), attendance.enter("a"), attendance.enter("b")] == [True, False, True]
    attendance.leave("a")
    assert attendance.enter("a")


def test_nothing_is_told_twice_and_what_was_told_long_ago_is_forgotten():
    newest = Newest(remembered=2)
    told = [("a", 1), ("a", 1), ("a", 3), ("a", 2), ("b", 1), ("c", 1), ("b", 1), ("a", 3)]
    assert [newest.is_news(*each) for each in told] == [True, False, True, False, True, True, False, True]


@pytest.mark.parametrize(
    ("error", "is_told"), [(InvalidMessage("by a stranger"), False), (TimeoutError(), False), (KeyError("ours"), True)]
)
def test_of_failures_only_ours_are_told(caplog: pytest.LogCaptureFixture, error: Exception, is_told: bool):
    logging.getLogger("websockets.server").error("connection handler failed", exc_info=error)
    assert bool(caplog.records) is is_told
