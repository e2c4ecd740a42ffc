"""Calendars that somebody else has written: what is read of them, and how little a hostile one can do."""

import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appointments.schemas.files.calendar_file import MOST_EVENTS, Found, is_calendar, read_calendar
from plumbing.problems import Invalid

TODAY = datetime(2026, 11, 25, tzinfo=UTC)


def calendar(*events: str) -> bytes:
    """A calendar of events, each in lines."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for event in events:
        lines += ["BEGIN:VEVENT", *event.split("\n"), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def read(*events: str) -> list[Found]:
    """What is found, by the clock of Dubai."""
    return read_calendar(calendar(*events), "Asia/Dubai", TODAY)


def times(*events: str) -> list[str]:
    """When what is found begins and ends."""
    return [f"{one.line.cells['start'][:16]} {one.line.cells['end'][:16]}" for one in read(*events)]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART;VALUE=DATE:20261201", "2026-11-30T20:00 2026-12-01T20:00"),
        ("DTSTART;VALUE=DATE:20261201\nDTEND;VALUE=DATE:20261204", "2026-11-30T20:00 2026-12-03T20:00"),
        ("DTSTART:20261201T100000\nDTEND:20261201T113000", "2026-12-01T06:00 2026-12-01T07:30"),
        ("DTSTART:20261201T100000Z\nDURATION:PT90M", "2026-12-01T10:00 2026-12-01T11:30"),
        ("DTSTART;TZID=Europe/Berlin:20261201T100000\nDURATION:PT1H", "2026-12-01T09:00 2026-12-01T10:00"),
        ("DTSTART;TZID=W. Europe Standard Time:20261201T100000\nDURATION:PT1H", "2026-12-01T09:00 2026-12-01T10:00"),
        ("DTSTART;TZID=/example.org/Europe/Berlin:20261201T100000\nDURATION:PT1H", "2026-12-01T09:00 2026-12-01T10:00"),
        ("DTSTART;TZID=America/New_York:20270314T013000\nDURATION:PT2H", "2027-03-14T06:30 2027-03-14T07:30"),
    ],
)
def test_times_are_read_as_they_are_meant(event: str, expected: str):
    assert times(event) == [expected]


def test_what_repeats_keeps_its_time_on_the_wall_but_for_what_is_left_out_or_moved():
    master = "\n".join(
        [
            "UID:b",
            "SUMMARY:Training\\, weekly",
            "DTSTART;TZID=Europe/Berlin:20270301T100000",
            "DTEND;TZID=Europe/Berlin:20270301T120000",
            "RRULE:FREQ=WEEKLY;COUNT=6",
            "EXDATE;TZID=Europe/Berlin:20270308T100000,20270315T100000",
            "RDATE;TZID=Europe/Berlin:20270303T100000",
        ]
    )
    moved = "UID:b\nRECURRENCE-ID:20270322T090000Z\nDTSTART:20270323T120000Z\nDTEND:20270323T130000Z"
    assert times(master, moved) == [
        "2027-03-01T09:00 2027-03-01T11:00",
        "2027-03-03T09:00 2027-03-03T11:00",
        "2027-03-29T08:00 2027-03-29T10:00",
        "2027-04-05T08:00 2027-04-05T10:00",
        "2027-03-23T12:00 2027-03-23T13:00",
    ]
    uids = [one.uid for one in read(master, moved)]
    assert len(set(uids)) == 5
    assert uids[-1] == "b#2027-03-22T09:00:00Z"
    assert read(master)[0].line.cells["reason"] == "Training, weekly"


def test_what_repeats_for_ever_is_read_for_two_years():
    found = read("UID:x\nDTSTART;VALUE=DATE:19990101\nRRULE:FREQ=MONTHLY")
    assert len(found) == 24
    assert (found[0].line.cells["start"][:10], found[-1].line.cells["start"][:10]) == ("2026-11-30", "2028-10-31")


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("STATUS:CANCELLED\nDTSTART:20261201T100000", "is cancelled"),
        ("DTSTART:20261201T100000", "takes no time"),
        ("DTSTART:20261201T100000\nDTEND:20261201T090000", "takes no time"),
        ("DTSTART:20250101T100000\nDURATION:PT1H", "is over"),
        ("DTSTART:20400101T100000\nDURATION:PT1H", "is more than two years ahead"),
    ],
)
def test_what_is_no_time_off_is_left_out_in_words(event: str, words: str):
    assert [one.left_out for one in read(event)] == [words]


@pytest.mark.parametrize(
    "event",
    [
        "SUMMARY:no start",
        "DTSTART:soon",
        "DTSTART:20261301T100000",
        "DTSTART;TZID=Mars/Base:20261201T100000\nDURATION:PT1H",
        "DTSTART;VALUE=DATE:00010101",
        "DTSTART;VALUE=DATE:99991231",
        "DTSTART:20261201T100000\nDTEND;VALUE=DATE:99991231",
        "DTSTART:20261201T100000\nDURATION:P99999999W",
        "DTSTART:20261201T100000\nDURATION:PT1H\nRRULE:FREQ=SECONDLY",
        "DTSTART:20261201T100000\nDURATION:PT1H\nRRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY",
        "DTSTART:20261201T100000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20261399",
        "DTSTART:20261201T100000\nDTSTART:20261202T100000\nDURATION:PT1H",
    ],
)
def test_what_cannot_be_read_is_told_and_stops_nothing_else(event: str):
    first, second = read(event, "DTSTART;VALUE=DATE:20261201")
    assert [problem.detail for problem in first.line.problems]
    assert not second.line.problems


@pytest.mark.parametrize(
    "data",
    [
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261201T100000\r\n",
        b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\n" + b"X:1\r\n" * 1_000_000 + b"END:VCALENDAR\r\n",
        calendar(*["DTSTART;VALUE=DATE:20261201\nRRULE:FREQ=DAILY"] * 3),
        calendar(*["DTSTART;VALUE=DATE:20261201"] * (MOST_EVENTS + 1)),
        calendar(*["DTSTART;VALUE=DATE:19700101\nRRULE:FREQ=DAILY;COUNT=30000;BYMONTH=2;BYMONTHDAY=30"] * 2_000),
        calendar(
            "DTSTART;VALUE=DATE:20261201\nEXDATE;VALUE=DATE:" + "20261202," * 300_000 + "20261202\nRRULE:FREQ=DAILY"
        ),
    ],
)
def test_a_hostile_calendar_is_refused_soon(data: bytes):
    began = time.process_time()
    with pytest.raises(Invalid):
        read_calendar(data, "Asia/Dubai", TODAY)
    assert time.process_time() - began < 15


@pytest.mark.parametrize(
    "event", ["A" * 1_000_000, "BEGIN:VEVENT\n" * 10_000 + "END:VEVENT\n" * 10_000, "X:" + ";" * 10**6]
)
def test_a_hostile_event_is_told_soon(event: str):
    began = time.process_time()
    [found] = read(event)
    assert found.line.problems
    assert time.process_time() - began < 15


WORDS = st.sampled_from(
    "BEGIN:VEVENT END:VEVENT BEGIN:VCALENDAR END:VCALENDAR DTSTART:20261201T100000 DTEND;TZID=x:20261201T110000 "
    "DTSTART;VALUE=DATE:20261201 RRULE:FREQ=DAILY;COUNT=3 EXDATE:x RDATE;VALUE=PERIOD:20261201T100000Z/PT1H UID:a "
    "RECURRENCE-ID:20261201T100000 DURATION:-P1D DTEND:99991231T235959Z SUMMARY:\\ ; :x STATUS:CANCELLED X-A;B=: "
    "RRULE:FREQ=YEARLY;BYMONTH=0 BEGIN:VALARM END:VALARM RDATE: EXDATE;TZID=Europe/Berlin:20261201T100000,x".split()
)


@settings(max_examples=300, deadline=None)
@given(lines=st.lists(st.one_of(WORDS, st.text(max_size=20)), max_size=25))
def test_whatever_is_sent_is_read_or_refused(lines: list[str]):
    for text in ("\r\n".join(lines), calendar("\n".join(lines)).decode()):
        with suppress(Invalid):
            read_calendar(text.encode(), "Asia/Dubai", TODAY)


def test_a_calendar_is_known_by_its_beginning():
    assert is_calendar(b"\xef\xbb\xbf\r\nbegin:vcalendar\r\n")
    assert is_calendar("BEGIN:VCALENDAR".encode("utf-16"))
    assert not is_calendar(b"start,end\r\n")
