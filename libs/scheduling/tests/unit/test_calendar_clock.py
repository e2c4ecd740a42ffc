"""The clock of a zone as calendars write it."""

from datetime import UTC, date, datetime

from scheduling.calendar_clock import calendar_zone, vtimezone


def test_a_clock_that_never_changes_is_one_part():
    assert vtimezone("Asia/Dubai", date(2026, 1, 1), date(2026, 12, 31)).split("\r\n") == [
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Dubai",
        "BEGIN:STANDARD",
        "DTSTART:20251231T040000",
        "TZOFFSETFROM:+0400",
        "TZOFFSETTO:+0400",
        "TZNAME:+04",
        "END:STANDARD",
        "END:VTIMEZONE",
        "",
    ]


def test_a_change_for_a_few_weeks_is_not_passed_over():
    lines = vtimezone("Africa/Casablanca", date(2027, 1, 1), date(2027, 12, 31)).split("\r\n")
    assert [line for line in lines if line.startswith("DTSTART")][1:] == [
        "DTSTART:20270207T030000",
        "DTSTART:20270314T020000",
    ]


def test_utc_needs_no_description():
    assert vtimezone("UTC", date(2026, 1, 1), date(2026, 12, 31)) == ""


def test_a_time_that_is_shown_again_is_written_in_utc_and_its_first_by_the_clock():
    first, again = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    assert [calendar_zone("Europe/Berlin", each).key for each in (first, again)] == ["Europe/Berlin", "UTC"]
    assert calendar_zone("Europe/Berlin", first, again).key == "UTC"
