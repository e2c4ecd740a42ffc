"""The list of a range of the calendar."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from ..make import Studio, at


async def ids(studio: Studio, **query: Any) -> list[str]:
    """What is listed of that day."""
    answer = await studio.listed(at(0), at(24), **query)
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


async def test_what_overlaps_the_range_is_listed_by_start(studio: Studio):
    late, early = await studio.booked(at(10), staff=0), await studio.booked(at(9), staff=1)
    cases = {(8, 9): [], (8, 9.1): [early], (9.5, 10.5): [early, late], (10, 11): [late], (11, 12): []}
    for (start, end), expected in cases.items():
        assert (await studio.listed(at(start), at(end))).json() == {"items": expected, "nextCursor": None}


async def test_filters_narrow_the_list(studio: Studio):
    shave = studio.sells(name="Shave")
    one = (await studio.booked(at(9), staff=0, customer={"name": "Lina"}))["id"]
    two = (await studio.booked(at(10), staff=1, service=shave))["id"]
    three = await studio.booked(at(11), staff=2)
    await studio.set_status(three, "CANCELLED")
    staff = [str(member) for member in studio.staff]
    assert await ids(studio) == [one, two]
    assert await ids(studio, staffId=staff[1:]) == [two]
    assert await ids(studio, staffId=[staff[0], staff[0]]) == [one]
    assert await ids(studio, serviceId=str(shave.id)) == [two]
    assert await ids(studio, status="CANCELLED") == [three["id"]]
    assert await ids(studio, status=["CANCELLED", "CONFIRMED"]) == [one, two, three["id"]]
    customer = (await studio.read({"id": one}))["customerId"]
    assert await ids(studio, customerId=customer) == [one]


async def test_a_list_that_has_not_changed_is_not_sent_again(studio: Studio):
    await studio.booked(at(9))
    first = await studio.listed(at(0), at(24))
    studio.client.headers["If-None-Match"] = first.headers["etag"]
    again = await studio.listed(at(0), at(24))
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    await studio.booked(at(10))
    assert (await studio.listed(at(0), at(24))).status_code == 200


async def test_pages_show_every_appointment_once(studio: Studio):
    made = {(await studio.booked(at(hour), staff=staff))["id"] for hour in range(9, 12) for staff in range(3)}
    seen: list[str] = []
    query: dict[str, Any] = {"limit": 2}
    while True:
        page = (await studio.listed(at(0), at(24), **query)).json()
        seen += [item["id"] for item in page["items"]]
        if page["nextCursor"] is None:
            break
        query["cursor"] = page["nextCursor"]
    assert seen == await ids(studio)
    assert set(seen) == made


@pytest.mark.parametrize("days", [0, -1, 100.1])
async def test_a_range_has_at_most_100_days(studio: Studio, days: float):
    assert (await studio.listed(at(0), at(0) + timedelta(days=days))).status_code == 422
    assert (await studio.listed(at(0), at(0) + timedelta(days=100))).status_code == 200


async def test_both_ends_of_the_range_are_required(studio: Studio):
    for query in ({}, {"rangeStart": "2027-01-01T00:00:00Z"}):
        answer = await studio.client.get("/api/appointments", params=query)
        assert answer.status_code == 422


@pytest.mark.parametrize("cursor", ["x", "WzFd", "WyIyMDI3LTAxLTAxVDAwOjAwOjAwIiwieCJd", "é", "", "=" * 500])
async def test_a_cursor_that_was_never_given_is_refused(studio: Studio, cursor: str):
    assert (await studio.listed(at(0), at(24), cursor=cursor)).status_code == 422


async def test_the_number_of_statements_does_not_grow_with_the_list(
    new_studio: Callable[..., Studio], statements: list[str]
):
    counts: list[int] = []
    for size in (1, 12):
        studio = new_studio(staff=size)
        for staff in range(size):
            await studio.booked(at(9), staff=staff, customer={"name": "Lina"})
        statements.clear()
        assert len(await ids(studio)) == size
        counts.append(len(statements))
    assert counts == [1, 1]
