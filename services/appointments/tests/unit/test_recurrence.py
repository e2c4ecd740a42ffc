"""Rules of calendars that strangers send: the dates that everybody else finds, in bounded time."""

import time
from datetime import date, datetime, timedelta

import pytest
from dateutil import rrule
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from appointments.schemas.files.recurrence import Budget, Recurrence, TooMuch

SINCE, LAST = date(2026, 3, 1), date(2028, 2, 29)
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
weekdays = st.sampled_from(WEEKDAYS)
numbered = st.builds("{}{}".format, st.sampled_from(["1", "2", "-1", "5", "-5"]), weekdays)


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Any rule that is understood."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}"]
    if draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(1, 5))}")
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 60))}")
    if draw(st.booleans()):
        kinds = [weekdays, numbered] if frequency in {"MONTHLY", "YEARLY"} else [weekdays]
        days = draw(st.lists(draw(st.sampled_from(kinds)), min_size=1, max_size=3))
        parts.append(f"BYDAY={','.join(days)}")
    if frequency != "WEEKLY" and draw(st.booleans()):
        parts.append(
            f"BYMONTHDAY={','.join(map(str, draw(st.lists(st.sampled_from([1, 13, 29, 31, -1, -31]), min_size=1))))}"
        )
    if draw(st.booleans()):
        parts.append(f"BYMONTH={','.join(map(str, draw(st.lists(st.integers(1, 12), min_size=1, max_size=4))))}")
    if len(parts) > 2 and any(part.startswith("BY") for part in parts) and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from([1, 2, -1]))}")
    if draw(st.booleans()):
        parts.append(f"WKST={draw(weekdays)}")
    return ";".join(parts)


@settings(deadline=None, max_examples=60)  # the library is slow
@given(text=rules(), first=st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_the_dates_are_those_that_a_library_finds(text: str, first: date):
    if "WEEKLY" in text and "BYSETPOS" in text:  # of a first week that is cut off the library counts the rest
        first -= timedelta(days=(first.weekday() - WEEKDAYS.index(text.partition("WKST=")[2] or "MO")) % 7)
    found = list(Recurrence.parse(text).dates(first, SINCE, LAST, Budget()))
    assume(
        found or not {"BYMONTHDAY", "BYSETPOS"} & {part.split("=")[0] for part in text.split(";")}
    )  # it would not end
    start, end = datetime.combine(first, datetime.min.time()), datetime.combine(LAST, datetime.min.time())
    rule = rrule.rrulestr(text + ("" if "COUNT" in text else ";UNTIL=20280229T000000"), dtstart=start)
    assert found == [at.date() for at in rule if at.date() >= SINCE and at <= end]


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1",
        "FREQ=DAILY;COUNT=99999",
        "FREQ=YEARLY;INTERVAL=10000",
        "FREQ=DAILY;BYSETPOS=366",
    ],
)
def test_no_rule_takes_long(text: str):
    began = time.process_time()
    with_budget = Budget()
    found = list(Recurrence.parse(text).dates(date(1970, 1, 1), SINCE, LAST, with_budget))
    assert len(found) <= 731
    assert time.process_time() - began < 1


def test_all_rules_of_a_file_share_one_budget():
    budget = Budget(left=100)
    with pytest.raises(TooMuch):
        list(Recurrence.parse("FREQ=DAILY").dates(SINCE, SINCE, LAST, budget))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "X",
        "FREQ=HOURLY",
        "FREQ=SECONDLY;COUNT=1",
        "FREQ=DAILY;BYHOUR=1",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=DAILY;COUNT=0",
        "FREQ=YEARLY;BYWEEKNO=1",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=DAILY;UNTIL=soon",
        "FREQ=DAILY;FREQ=DAILY",
    ],
)
def test_what_is_not_understood_is_refused(text: str):
    with pytest.raises(ValueError, match=r"rule|repeats|numbers"):
        Recurrence.parse(text)
