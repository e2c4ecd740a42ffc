"""What other systems got wrong, as their users reported it: one test for each kind."""

import asyncio
from typing import Any

import asyncpg
import pytest

from ..make import Studio, at, iso, path
from ..series import WEEKLY, cancel, read, repeat, repeated, statuses

pytestmark = pytest.mark.usefixtures("month_before")


async def test_its_own_time_does_not_block_a_reschedule(studio: Studio):
    """The own slot counted as busy, so a move by less than its length was refused.

    https://github.com/calcom/cal.diy/pull/8828
    """
    service = studio.sells(before=15, after=15)
    made = await studio.booked(at(9), service=service)
    for start in (at(9.25), at(9.5), at(9), at(8.5)):
        answer = await studio.change(made, start=iso(start))
        assert (answer.status_code, answer.json()["start"]) == (200, iso(start))


async def test_a_cancelled_one_cannot_be_rescheduled(studio: Studio):
    """A link to reschedule still worked when the booking was cancelled, and brought it back.

    https://github.com/calcom/cal.diy/issues/13166
    """
    made = await studio.booked(at(9))
    await studio.set_status(made, "CANCELLED")
    answer = await studio.change(made, start=iso(at(12)))
    assert (answer.status_code, answer.json()["code"]) == (409, "StatusNotAllowed")
    await studio.booked(at(12))


async def test_an_edited_service_resizes_and_reprices_no_old_booking(studio: Studio):
    """Bookings had no length or price of their own, so editing the service changed the past and the future.

    https://github.com/gwang-indoc/clinic_application/issues/31
    """
    made = await studio.booked(at(9), service=studio.sells(minutes=60, before=10, after=10))
    service = studio.sells()
    old = await studio.booked(at(12), service=service)
    service.minutes, service.price, service.name, service.after = 180, 1, "New", 60
    assert [await studio.read(one) for one in (made, old)] == [made, old]
    moved = (await studio.change(old, start=iso(at(14)))).json()
    kept = ("price", "serviceName", "bufferAfterMinutes")
    assert [moved[field] for field in kept] == [old[field] for field in kept]
    assert moved["end"] == iso(at(15))
    await studio.booked(at(15), service=studio.sells())


@pytest.mark.parametrize("number", range(4))
async def test_no_occurrence_of_a_series_is_unchecked(studio: Studio, sql: asyncpg.Connection, number: int):
    """Only the first occurrences were checked: later ones were booked over others.

    https://github.com/calcom/cal.diy/issues/15997, https://github.com/calcom/cal.diy/issues/22801
    """
    other = await studio.booked(at(9.5, day=7 * number))
    answer = await repeat(studio, rrule=WEEKLY)
    assert answer.status_code == 409
    [told] = answer.json()["conflicts"]
    assert (told["start"], told["conflicts"][0]["appointmentId"]) == (iso(at(9, day=7 * number)), other["id"])
    assert await sql.fetchval("SELECT count(*) FROM appointments WHERE business_id = $1", studio.id) == 1


async def test_the_rest_of_a_series_can_be_cancelled(studio: Studio):
    """Cancelling what remains left some of it booked, or cancelled what had been.

    https://github.com/calcom/cal.diy/issues/11654
    """
    made = await repeated(studio)
    await studio.set_status(made["items"][0], "COMPLETED")
    await studio.set_status(made["items"][2], "NO_SHOW")
    assert (await cancel(studio, made, scope="following", appointmentId=made["items"][0]["id"])).status_code == 204
    assert statuses(await read(studio, made)) == ["COMPLETED", "CANCELLED", "NO_SHOW", "CANCELLED"]
    for day in (7, 21):
        await studio.booked(at(9, day=day))


async def test_two_pending_ones_cannot_have_the_same_time(studio: Studio, sql: asyncpg.Connection):
    """Requests that waited to be confirmed did not block each other, and all were confirmed.

    https://github.com/calcom/cal.diy/issues/10789, https://github.com/calcom/cal.diy/issues/29958
    """
    starts = [at(9 + number / 4) for number in range(4)]
    answers = await asyncio.gather(*(studio.book(start, status="PENDING") for start in starts))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    [made] = [answer.json() for answer in answers if answer.status_code == 201]
    assert (await studio.set_status(made, "CONFIRMED")).status_code == 200
    rows = await sql.fetch("SELECT status FROM appointments WHERE business_id = $1", studio.id)
    assert [row["status"] for row in rows] == ["CONFIRMED"]


async def test_two_pending_ones_cannot_be_moved_to_the_same_time(studio: Studio):
    """The same by another way: a request moved onto one that waits as well.

    https://github.com/calcom/cal.diy/issues/15813
    """
    first, second = await studio.booked(at(9), status="PENDING"), await studio.booked(at(11), status="PENDING")
    answers = await asyncio.gather(*(studio.change(one, start=iso(at(14))) for one in (first, second)))
    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_a_confirmation_and_a_cancellation_at_once_leave_one_history(studio: Studio):
    """Whoever read the status before writing it could confirm what had just been cancelled.

    https://github.com/calcom/cal.diy/issues/29958
    """
    made = await studio.booked(at(9), status="PENDING")
    wanted = ["CONFIRMED", "CANCELLED"] * 3
    await asyncio.gather(*(studio.set_status(made, status) for status in wanted))
    changes = [line["change"] for line in await studio.history(made)]
    assert changes in (["created", "cancelled"], ["created", "confirmed", "cancelled"])
    assert (await studio.read(made))["status"] == "CANCELLED"


async def test_cancelling_keeps_the_appointment_and_its_history(studio: Studio):
    """Cancelling deleted the row: who had booked, and who cancelled why, was gone.

    https://github.com/alextselegidis/easyappointments/issues/412,
    https://github.com/alextselegidis/easyappointments/issues/1115
    """
    made = await studio.booked(at(9), customer={"name": "Noor", "email": "noor@example.com"})
    await studio.set_status(made, "CANCELLED", reason="ill")
    kept = await studio.read(made)
    assert (kept["status"], kept["cancellationReason"], kept["customer"]["name"]) == ("CANCELLED", "ill", "Noor")
    listed: Any = (await studio.listed(at(0), at(24), status="CANCELLED")).json()
    assert [item["id"] for item in listed["items"]] == [made["id"]]
    assert [line["change"] for line in await studio.history(made)] == ["created", "cancelled"]


async def test_deleting_keeps_the_history(studio: Studio):
    """The same for what is deleted: it is nowhere to be seen, but what happened to it is.

    https://github.com/alextselegidis/easyappointments/issues/1115
    """
    made = await studio.booked(at(9))
    await studio.set_status(made, "CANCELLED", reason="ill")
    assert (await studio.client.delete(path(made))).status_code == 204
    assert (await studio.client.get(path(made))).status_code == 404
    lines = await studio.history(made)
    assert [(line["change"], line["cause"]) for line in lines] == [
        ("created", None),
        ("cancelled", "ill"),
        ("deleted", None),
    ]
