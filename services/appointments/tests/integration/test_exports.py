"""Exports: files that open everywhere, and can be imported again."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import icalendar
from fastapi import FastAPI

from plumbing.auth import Role

from ..files import column, done, send
from ..make import Studio, at, iso

MANY = """
INSERT INTO appointments SELECT (jsonb_populate_record(a, jsonb_build_object(
    'id', gen_random_uuid(), 'start_time', a.start_time + n * interval '1 minute',
    'end_time', a.end_time + n * interval '1 minute'))).*
FROM appointments a, generate_series(1, 2500) AS n WHERE a.id = $1
"""


async def exported(studio: Studio, what: str = "csv", **query: Any) -> httpx.Response:
    """GET /api/appointments/export…, of March."""
    params = {"rangeStart": iso(at(0)), "rangeEnd": iso(at(0, day=31)), **query}
    answer = await studio.client.get(f"/api/appointments/export.{what}", params=params)
    assert answer.status_code == 200, answer.text
    return answer


def rows(answer: httpx.Response) -> list[dict[str, str]]:
    """As a spreadsheet reads them."""
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


async def test_a_spreadsheet_gets_every_appointment_in_words(studio: Studio):
    made = await studio.booked(
        at(9.5), customer={"name": "@Noor", "email": "noor@example.com", "phone": "+971501234567"}, notes="=1+1"
    )
    cancelled = await studio.booked(at(12))
    await studio.set_status(cancelled, "CANCELLED")
    answer = await exported(studio)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert answer.headers["content-disposition"] == 'attachment; filename="appointments.csv"'
    [row] = rows(answer)
    assert (row["id"], row["start"], row["end"]) == (
        made["id"],
        "2027-03-01T13:30:00+04:00",
        "2027-03-01T14:30:00+04:00",
    )
    assert (row["customer"], row["phone"], row["notes"]) == ("'@Noor", "'+971501234567", "'=1+1")
    assert (row["service"], row["price"], row["currency"]) == ("Cut", "150.00", "AED")
    assert [one["status"] for one in rows(await exported(studio, status="CANCELLED"))] == ["CANCELLED"]


async def test_what_was_exported_is_imported_again_as_it_was(app: FastAPI, studio: Studio):
    made = [
        await studio.booked(at(9), customer={"name": "-نور", "email": "noor@example.com"}, notes='"x",\r\n=y'),
        await studio.booked(at(9), staff=1, status="PENDING", customer={"name": "Lina"}),
        await studio.booked(at(11), end=iso(at(11.25))),
    ]
    data = (await exported(studio)).content
    again = (await send(studio, "appointments", data)).json()
    assert column(again, "action") == ["skip"] * 3
    for one in made:
        await studio.client.delete(f"/api/appointments/{one['id']}")
    back = await done(app, studio, (await send(studio, "appointments", data)).json(), "apply")
    assert column(back, "outcome") == ["added"] * 3
    same = ("staffId", "serviceId", "customerId", "start", "end", "status", "notes", "price", "customer")
    found = (await studio.listed(at(0), at(24))).json()["items"]
    by_key = [sorted(([one[name] for name in same] for one in some), key=str) for some in (found, made)]
    assert by_key[0] == by_key[1]


async def test_many_are_sent_page_by_page_and_each_once(studio: Studio, sql: asyncpg.Connection):
    made = await studio.booked(at(9))
    await sql.execute(MANY, made["id"])
    found = rows(await exported(studio))
    assert len({row["id"] for row in found}) == len(found) == 2501
    assert [row["start"] for row in found] == sorted(row["start"] for row in found)


async def test_a_calendar_gets_every_appointment(studio: Studio):
    made = [await studio.booked(at(9, day=day), customer={"name": "Noor"}) for day in range(3)]
    answer = await exported(studio, "ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    found = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert [one["uid"].split("@")[0] for one in found] == [one["id"] for one in made]
    assert [one.start for one in found] == [at(9, day=day) for day in range(3)]
    assert len(icalendar.Calendar.from_ical(answer.content).walk("VTIMEZONE")) == 1
    nothing = await exported(studio, "ics", rangeStart=iso(at(0, day=-31)), rangeEnd=iso(at(0, day=-30)))
    assert icalendar.Calendar.from_ical(nothing.content).walk("VEVENT") == []


async def test_exports_are_for_managers_of_a_year_of_their_business(new_studio: Callable[..., Studio]):
    mine, theirs = new_studio(), new_studio()
    await theirs.booked(at(9), customer={"name": "Noor"})
    assert rows(await exported(mine)) == []
    params = {"rangeStart": iso(at(0)), "rangeEnd": iso(at(0) + timedelta(days=367))}
    for what in ("csv", "ics"):
        answer = await mine.client.get(f"/api/appointments/export.{what}", params=params)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/rangeEnd")
    mine.act_as(Role.STAFF, mine.staff[0])
    for path in ("/api/appointments/export.csv", "/api/appointments/export.ics", "/api/customers/export.csv"):
        answer = await mine.client.get(path, params={**params, "rangeEnd": iso(at(24))})
        assert answer.status_code == 403
