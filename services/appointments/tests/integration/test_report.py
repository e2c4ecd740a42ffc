"""Figures about appointments: each counts once, on its date, by who gives it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from plumbing.auth import Role

from ..make import Studio, at, iso, path


async def report(studio: Studio, **query: Any) -> Any:
    """Of the first days of March."""
    params = {"rangeStart": iso(at(0)), "rangeEnd": iso(at(0, day=5)), **query}
    answer = await studio.client.get("/api/appointments/report", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_each_appointment_counts_once_on_its_date_by_the_clock_of_the_business(
    studio: Studio, new_studio: Callable[..., Studio]
):
    await studio.booked(at(9))
    await studio.set_status(await studio.booked(at(11)), "NO_SHOW")
    await studio.set_status(await studio.booked(at(13)), "CANCELLED")
    await studio.client.delete(path(await studio.booked(at(15))))
    await studio.booked(at(22), staff=1)  # two in the morning of Tuesday in Dubai
    await studio.booked(at(0, day=5))
    await new_studio().booked(at(9))
    found = await report(studio)
    assert found["days"] == [
        {"date": "2027-03-01", "booked": 2, "cancelled": 1, "noShows": 1},
        {"date": "2027-03-02", "booked": 1, "cancelled": 0, "noShows": 0},
    ]
    figures = {each["staffId"]: (each["booked"], each["noShows"], each["bookedMinutes"]) for each in found["staff"]}
    assert figures == {str(studio.staff[0]): (2, 1, 120), str(studio.staff[1]): (1, 0, 60)}


async def test_the_time_of_a_session_counts_once_however_many_have_a_seat(studio: Studio):
    yoga = studio.sells(capacity=5)
    for name in ("Noor", "Sara", "Omar"):
        await studio.booked(at(9), service=yoga, customer={"name": name})
    [figures] = (await report(studio))["staff"]
    assert (figures["booked"], figures["bookedMinutes"]) == (3, 60)


async def test_the_number_of_statements_does_not_grow_with_what_is_counted(
    new_studio: Callable[..., Studio], statements: list[str]
):
    counts: list[int] = []
    for size in (1, 6):
        studio = new_studio(staff=size)
        for staff in range(size):
            await studio.booked(at(9, day=staff % 3), staff=staff)
        statements.clear()
        assert len((await report(studio))["staff"]) == size
        counts.append(len(statements))
    assert counts == [2, 2]


@pytest.mark.parametrize("days", [0, 366.1])
async def test_a_range_is_ahead_and_has_at_most_366_days(studio: Studio, days: float):
    params = {"rangeStart": iso(at(0)), "rangeEnd": iso(at(0) + timedelta(days=days))}
    answer = await studio.client.get("/api/appointments/report", params=params)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/rangeEnd")


async def test_staff_are_not_shown_the_figures_of_the_business(studio: Studio):
    studio.act_as(Role.STAFF, studio.staff[0])
    params = {"rangeStart": iso(at(0)), "rangeEnd": iso(at(0, day=5))}
    assert (await studio.client.get("/api/appointments/report", params=params)).status_code == 403
