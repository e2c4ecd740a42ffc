"""Importing a calendar, or a table, as time off."""

from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import FastAPI

from plumbing.clock import utc_now

from ..files import checked, column, done, send
from ..make import Studio


def soon(days: int) -> datetime:
    """A day to come."""
    return utc_now().astimezone(UTC).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=days)


def calendar(*events: tuple[str, datetime]) -> bytes:
    """A calendar of events of an hour."""
    lines = ["BEGIN:VCALENDAR"]
    for uid, start in events:
        lines += ["BEGIN:VEVENT", f"UID:{uid}", f"DTSTART:{start:%Y%m%dT%H%M%SZ}", "DURATION:PT1H", "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


async def sent(studio: Studio, *events: tuple[str, datetime], staff: int = 0) -> Any:
    """A calendar of somebody of the staff."""
    answer = await send(studio, "timeOff", calendar(*events), staffId=str(studio.staff[staff]))
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_the_same_calendar_again_changes_what_is_other_and_adds_nothing_twice(app: FastAPI, studio: Studio):
    first = await sent(studio, ("a", soon(1)), ("b", soon(2)))
    assert column(first, "action") == ["add", "add"]
    ids = column(await done(app, studio, first, "apply"), "entityId")
    again = await sent(studio, ("a", soon(1)), ("b", soon(3)), ("c", soon(4)), ("c", soon(5)), ("d", soon(-9)))
    assert column(again, "action") == ["skip", "update", "add", "skip", "skip"]
    assert [problem["detail"] for row in again["rows"] for problem in row["problems"]] == ["comes twice", "is over"]
    applied = await done(app, studio, again, "apply")
    assert column(applied, "outcome") == ["skipped", "updated", "added", "skipped", "skipped"]
    assert column(applied, "entityId")[:2] == ids
    other = await sent(studio, ("a", soon(1)), staff=1)
    assert column(other, "action") == ["add"]


async def test_a_calendar_needs_somebody_whose_time_off_it_is(new_studio: Any):
    studio, others = new_studio(), new_studio()
    for fields in ({}, {"staffId": str(others.staff[0])}):
        answer = await send(studio, "timeOff", calendar(("a", soon(1))), **fields)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/staffId")
    hostile = await send(studio, "timeOff", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", staffId=str(studio.staff[0]))
    assert (hostile.status_code, hostile.json()["errors"][0]["pointer"]) == (422, "/file")


async def test_a_table_names_the_staff_and_is_by_the_clock_of_the_business(app: FastAPI, studio: Studio):
    name = f"Staff {str(studio.staff[1])[-4:]}"
    made = await checked(
        studio,
        "timeOff",
        ("Employee", "From", "To", "Title"),
        [name, "2027-03-01 09:00", "2027-03-01 12:00", "Dentist"],
        ["Nobody", "2027-03-01 09:00", "2027-03-01 12:00", ""],
        [name, "2027-03-01", "", ""],
    )
    assert column(made, "action") == ["add", "error", "error"]
    assert [problem["column"] for row in made["rows"] for problem in row["problems"]] == ["staff", "start"]
    await done(app, studio, made, "apply")
    assert "2027-03-01T05:00:00Z 2027-03-01T08:00:00Z" in app.state.catalogue.added.values()
