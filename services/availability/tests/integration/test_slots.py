"""The owner's list of slots, worked through the API on a real database."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from availability.use_cases.copy_claims import copy_claims
from contracts.appointments import ClaimDetails, ClaimsChanged
from contracts.ids import BookableId, OwnerId, uuid7
from plumbing.db import UnitOfWork

from ..make import Studio, at

NINE_TO_TWELVE = {"dayOfWeek": 1, "start": "09:00", "end": "12:00"}
EVERY_DAY = [{"dayOfWeek": day, "start": "00:00", "end": "24:00"} for day in range(1, 8)]


async def works(studio: Studio, *blocks: dict[str, Any], name: str = "Amira") -> str:
    """A new staff member with these hours; nine to twelve on Mondays, unless said otherwise."""
    staff = await studio.staff(name)
    await studio.must("PUT", f"/api/staff/{staff['id']}/hours", {"blocks": list(blocks) or [NINE_TO_TWELVE]})
    return staff["id"]


async def ask(studio: Studio, service: dict[str, Any], query: str = "from=2027-03-01&days=1") -> Any:
    """The slots of a service; those of that Monday, unless said otherwise."""
    return await studio.must("GET", f"/api/availability/slots?serviceId={service['id']}&{query}")


def local(found: Any, hours: int = 4) -> list[str]:
    """All starts, as the clock of a zone shows them; Dubai's, unless said otherwise."""
    starts = [slot["start"] for day in found["days"] for slot in day["slots"]]
    return [f"{(int(start[11:13]) + hours) % 24:02}{start[13:16]}" for start in starts]


async def taken(uow: UnitOfWork, studio: Studio, bookable: str, start: float, end: float, **buffers: int) -> None:
    """A claim arrives: taken from one local hour of that Monday to another, buffers included."""
    claim = ClaimDetails(bookable_id=BookableId(UUID(bookable)), start=at(start - 4), end=at(end - 4), **buffers)
    event = ClaimsChanged(business_id=studio.id, revision=1, owner_id=OwnerId(uuid7()), claims=[claim])
    async with uow.across_businesses() as tx:
        await copy_claims(tx, [event])


async def test_every_quarter_hour_that_an_hour_fits_in_is_a_slot(studio: Studio):
    service = await studio.service(staffIds=[await works(studio)])
    found = await ask(studio, service)
    assert found["timezone"] == "Asia/Dubai"
    assert found["nextAvailable"] is None
    assert found["days"][0]["date"] == "2027-03-01"
    assert found["days"][0]["slots"][0] == {"start": "2027-03-01T05:00:00Z", "end": "2027-03-01T06:00:00Z"}
    assert local(found) == ["09:00", "09:15", "09:30", "09:45", "10:00", "10:15", "10:30", "10:45", "11:00"]


async def test_taken_time_is_no_slot_and_buffers_add_to_it(studio: Studio, uow: UnitOfWork):
    staff = await works(studio)
    plain = await studio.service(staffIds=[staff])
    buffered = await studio.service(staffIds=[staff], bufferBeforeMinutes=10, bufferAfterMinutes=10)
    await taken(uow, studio, staff, 10, 10.5)
    assert local(await ask(studio, plain)) == ["09:00", "10:30", "10:45", "11:00"]
    assert local(await ask(studio, buffered)) == ["10:45", "11:00"]


async def test_the_slots_of_any_staff_are_the_union_and_say_who_is_free(studio: Studio, uow: UnitOfWork):
    amira, bilal = await works(studio), await works(studio, name="Bilal")
    service = await studio.service(staffIds=[amira, bilal], slotIntervalMinutes=60)
    await taken(uow, studio, amira, 9, 10)
    await taken(uow, studio, bilal, 10, 11)
    assert local(await ask(studio, service)) == ["09:00", "10:00", "11:00"]
    assert local(await ask(studio, service, f"from=2027-03-01&days=1&staffId={amira}")) == ["10:00", "11:00"]
    named = await ask(studio, service, "from=2027-03-01&days=1&include=staff")
    assert [slot["staffIds"] for slot in named["days"][0]["slots"]] == [[bilal], [amira], sorted([amira, bilal])]


async def test_a_start_needs_enough_free_units_of_what_the_service_needs(studio: Studio, uow: UnitOfWork):
    units = [(await studio.resource())["id"] for _ in range(2)]
    staff, needs = await works(studio), [{"kind": "reformer", "quantity": 1}]
    service = await studio.service(staffIds=[staff], resourceNeeds=needs, slotIntervalMinutes=60)
    await taken(uow, studio, units[0], 9, 11)
    assert local(await ask(studio, service)) == ["09:00", "10:00", "11:00"]
    await taken(uow, studio, units[1], 10, 11)
    assert local(await ask(studio, service)) == ["09:00", "11:00"]


async def test_a_guest_sees_the_same_instants_under_the_dates_of_their_zone(new_studio: Callable[..., Studio]):
    island = new_studio(timezone="Pacific/Kiritimati")
    staff = await works(island, {"dayOfWeek": 1, "start": "09:00", "end": "10:00"})
    service = await island.service(staffIds=[staff])
    here = await ask(island, service, "from=2027-03-01&days=1")
    there = await ask(island, service, "from=2027-02-28&days=1&timezone=Pacific/Pago_Pago")
    assert here["days"][0]["slots"] == there["days"][0]["slots"] != []
    assert (there["timezone"], there["days"][0]["date"]) == ("Pacific/Pago_Pago", "2027-02-28")
    assert (await ask(island, service, "from=2027-03-01&days=1&timezone=Pacific/Pago_Pago"))["days"][0]["slots"] == []


@pytest.mark.parametrize(
    ("day", "starts"),
    [("2026-03-29", ["00:00", "01:00"]), ("2026-10-25", ["23:00", "00:00", "01:00", "02:00"])],
    ids=["spring", "autumn"],
)
async def test_nights_on_which_the_clocks_change_have_the_hours_they_have(
    new_studio: Callable[..., Studio], day: str, starts: list[str]
):
    berlin = new_studio(timezone="Europe/Berlin")
    staff = await works(berlin, {"dayOfWeek": 7, "start": "01:00", "end": "04:00"})
    service = await berlin.service(staffIds=[staff], slotIntervalMinutes=60)
    assert local(await ask(berlin, service, f"from={day}&days=1"), hours=0) == starts


async def test_dates_without_slots_are_listed_and_the_next_one_that_has_some_is_named(studio: Studio):
    service = await studio.service(staffIds=[await works(studio)])
    found = await ask(studio, service, "from=2027-03-02&days=3")
    assert found["days"] == [{"date": f"2027-03-0{day}", "slots": []} for day in (2, 3, 4)]
    assert found["nextAvailable"] == "2027-03-08"
    assert (await ask(studio, service, "from=2027-03-01&days=3"))["nextAvailable"] is None


async def test_the_next_date_is_found_behind_taken_ones_and_weeks_ahead(studio: Studio, uow: UnitOfWork):
    staff = await works(studio, {**NINE_TO_TWELVE, "validFrom": "2027-04-05"})
    service = await studio.service(staffIds=[staff])
    assert (await ask(studio, service))["nextAvailable"] == "2027-04-05"
    await taken(uow, studio, staff, 35 * 24 + 9, 35 * 24 + 12)
    assert (await ask(studio, service))["nextAvailable"] == "2027-04-12"


async def test_the_next_date_is_found_more_than_a_year_ahead(studio: Studio):
    service = await studio.service(staffIds=[await works(studio, NINE_TO_TWELVE | {"validFrom": "2028-12-04"})])
    assert (await ask(studio, service))["nextAvailable"] == "2028-12-04"
    later = await studio.service(staffIds=[await works(studio, NINE_TO_TWELVE | {"validFrom": "2030-01-07"})])
    assert (await ask(studio, later))["nextAvailable"] is None


async def test_dates_on_which_nobody_works_are_passed_over_without_reading_what_is_taken(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
):
    read: list[str] = []
    single = UnitOfWork.single

    async def noted(self: UnitOfWork, sql: str, *parameters: Any) -> Any:
        read.extend([sql] if "claims_copy" in sql else [])
        return await single(self, sql, *parameters)

    monkeypatch.setattr(UnitOfWork, "single", noted)
    service = await studio.service(staffIds=[await works(studio, NINE_TO_TWELVE | {"validFrom": "2028-12-04"})])
    await ask(studio, service)
    assert len(read) == 2  # of the asked date, and of those of the next one


async def test_nobody_who_works_means_no_next_date(studio: Studio):
    idle = (await studio.staff())["id"]
    for service in (await studio.service(), await studio.service(staffIds=[idle])):
        assert (await ask(studio, service))["nextAvailable"] is None


async def test_who_does_not_offer_the_service_has_no_slots(studio: Studio):
    staff, other = await works(studio), await works(studio)
    service = await studio.service(staffIds=[staff])
    assert local(await ask(studio, service, f"from=2027-03-01&days=1&staffId={other}")) == []


async def test_the_owner_s_list_has_past_starts_and_those_beyond_the_horizon(studio: Studio):
    staff = await works(studio)
    service = await studio.service(staffIds=[staff], maxAdvanceDays=0, minNoticeMinutes=525_600)
    assert len(local(await ask(studio, service, "from=2020-03-02&days=1"))) == 9
    assert len(local(await ask(studio, service, "from=2150-03-02&days=1"))) == 9


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("days=1", "/from"),
        ("from=2027-02-30&days=1", "/from"),
        ("from=2027-03-01&days=0", "/days"),
        ("from=2027-03-01&days=43", "/days"),
        ("from=2199-12-01&days=42", "/from"),
        ("from=2027-03-01&days=1&timezone=Mars/Olympus", "/timezone"),
        ("from=2027-03-01&days=1&timezone=localtime", "/timezone"),
        ("from=2027-03-01&days=1&staffId=somebody", "/staffId"),
        ("from=2027-03-01&days=1&include=everything", "/include"),
    ],
)
async def test_a_query_that_cannot_be_accepted_is_refused_by_its_field(studio: Studio, query: str, pointer: str):
    answer = await studio.call("GET", f"/api/availability/slots?serviceId={uuid7()}&{query}")
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


async def test_ids_of_nothing_and_of_another_business_are_not_found(studio: Studio, new_studio: Callable[..., Studio]):
    staff = await works(studio)
    service = (await studio.service(staffIds=[staff]))["id"]
    stranger = new_studio()
    known = (await stranger.service())["id"]
    for caller, service_id, staff_id in (
        (studio, uuid7(), staff),
        (studio, service, uuid7()),
        (stranger, service, None),
        (stranger, known, staff),
        (new_studio(), uuid7(), None),
    ):
        wanted = f"&staffId={staff_id}" if staff_id else ""
        answer = await caller.call("GET", f"/api/availability/slots?serviceId={service_id}&from=2027-03-01{wanted}")
        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")


async def test_who_is_not_signed_in_is_told_nothing(studio: Studio):
    service = await studio.service()
    del studio.client.headers["Authorization"]
    answer = await studio.call("GET", f"/api/availability/slots?serviceId={service['id']}&from=2027-03-01")
    assert (answer.status_code, answer.json()["code"]) == (401, "NotSignedIn")


async def test_the_last_dates_of_the_calendar_can_be_asked_for(studio: Studio):
    service = await studio.service(staffIds=[await works(studio, *EVERY_DAY)])
    assert len((await ask(studio, service, "from=2199-12-20&days=3"))["days"]) == 3
