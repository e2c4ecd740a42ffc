"""Bugs that users of other systems reported, over HTTP: each cannot happen here.

The numbers are those of the peers' trackers. What appointments alone decides is in its own test_peers_bugs.py.
"""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from tests.e2e.owner import EVERY_DAY, Owner, sign_up

NINE_TO_FIVE = [{"dayOfWeek": day, "start": "09:00", "end": "17:00"} for day in range(1, 8)]


async def listed(owner: Owner, service: str, day: str, **query: str | int) -> dict[str, list[str]]:
    """The starts by their dates, by the clock of the zone that is asked for, or the business's."""
    answer = await owner.must("GET", "/api/availability/slots", serviceId=service, **{"from": day, **query})
    zone = ZoneInfo(answer["timezone"])
    return {
        shown["date"]: [f"{datetime.fromisoformat(slot['start']).astimezone(zone):%H:%M}" for slot in shown["slots"]]
        for shown in answer["days"]
    }


async def test_an_override_is_on_the_business_s_date_for_a_guest_beyond_the_date_line(
    http: aiohttp.ClientSession, product_url: str
):
    """cal.diy #8833, #10200, #9964, #6136, #16912: the day off moved to the date before or after for a far guest."""
    owner = await sign_up(http, product_url, timezone="Pacific/Kiritimati")
    staff = await owner.staff(blocks=NINE_TO_FIVE)
    service = await owner.service([staff], durationMinutes=60, slotIntervalMinutes=60)
    await owner.must("PUT", f"/api/staff/{staff}/overrides/2027-06-02", {"blocks": []})
    at_home = await listed(owner, service, "2027-06-01", days=3)
    assert {day: len(starts) for day, starts in at_home.items()} == {
        "2027-06-01": 8,
        "2027-06-02": 0,
        "2027-06-03": 8,
    }
    # Noon on the island is eleven in the morning of the day before, 25 hours away.
    far = await listed(owner, service, "2027-05-31", days=3, timezone="Pacific/Pago_Pago")
    assert {day: len(starts) for day, starts in far.items()} == {"2027-05-31": 8, "2027-06-01": 0, "2027-06-02": 8}
    assert far["2027-05-31"][0] == "08:00"


async def test_a_buffer_of_an_appointment_outside_the_asked_dates_counts(owner: Owner):
    """cal.diy PR #29540: a booking just before the asked range lost its buffer, and the first slot was offered."""
    staff = await owner.staff(blocks=EVERY_DAY)
    long = await owner.service([staff], name="Long", bufferAfterMinutes=45)
    service = await owner.service([staff], durationMinutes=30, slotIntervalMinutes=30, bufferBeforeMinutes=30)
    late = datetime(2027, 6, 1, 23, 15, tzinfo=UTC)  # until 23:45, and its buffer until 00:30 of the next date
    assert (await owner.book(long, staff, late)).status == 201
    await owner.until_listed(service, staff, late.replace(minute=0), listed=False)
    assert (await listed(owner, service, "2027-06-02"))["2027-06-02"][0] == "01:00"
    early = datetime(2027, 6, 4, 0, 0, tzinfo=UTC)
    before = await owner.service([staff], name="Prepared", bufferBeforeMinutes=60)
    assert (await owner.book(before, staff, early)).status == 201
    await owner.until_listed(service, staff, early, listed=False)
    assert (await listed(owner, service, "2027-06-03"))["2027-06-03"][-1] == "22:30"


@pytest.mark.parametrize(
    ("zone", "offset"),
    [("Asia/Kathmandu", 345), ("Asia/Kolkata", 330), ("Pacific/Chatham", 765), ("America/St_Johns", -150)],
)
async def test_slots_keep_to_the_clock_where_offsets_are_odd(
    http: aiohttp.ClientSession, product_url: str, zone: str, offset: int
):
    """cal.diy #2102: with an offset of half an hour slots began at half past, or were an hour off."""
    owner = await sign_up(http, product_url, timezone=zone)
    staff = await owner.staff(blocks=NINE_TO_FIVE)
    service = await owner.service([staff], durationMinutes=60, slotIntervalMinutes=60)
    answer = await owner.must("GET", "/api/availability/slots", serviceId=service, **{"from": "2027-06-01", "days": 1})
    [first, *_] = [slot["start"] for slot in answer["days"][0]["slots"]]
    nine = datetime(2027, 6, 1, 9, tzinfo=UTC) - timedelta(minutes=offset)
    assert datetime.fromisoformat(first) == nine
    assert (await listed(owner, service, "2027-06-01"))["2027-06-01"] == [f"{hour:02}:00" for hour in range(9, 17)]


async def test_the_hour_that_comes_twice_and_the_one_that_never_comes_are_what_they_are(
    http: aiohttp.ClientSession, product_url: str
):
    """cal.diy #10517, #12137, Easy!Appointments #1504, #985, calrs #215: slots an hour off, intervals turned around."""
    owner = await sign_up(http, product_url, timezone="Europe/Berlin")
    staff = await owner.staff(blocks=[{"dayOfWeek": 7, "start": "01:00", "end": "04:00"}])
    service = await owner.service([staff], durationMinutes=60, slotIntervalMinutes=60)
    spring = await listed(owner, service, "2027-03-28", days=1)
    autumn = await listed(owner, service, "2027-10-31", days=1)
    assert spring == {"2027-03-28": ["01:00", "03:00"]}
    assert autumn == {"2027-10-31": ["01:00", "02:00", "02:00", "03:00"]}
    answer = await owner.must("GET", "/api/availability/slots", serviceId=service, **{"from": "2027-10-31", "days": 1})
    starts = [datetime.fromisoformat(slot["start"]) for slot in answer["days"][0]["slots"]]
    assert [later - earlier for earlier, later in pairwise(starts)] == [timedelta(hours=1)] * 3
    for start in starts:
        reply = await owner.book(service, staff, start)
        assert (reply.status, reply.body and reply.body["end"]) == (
            201,
            f"{start + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}",
        )
