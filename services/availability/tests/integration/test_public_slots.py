"""The slots that a stranger sees: on open pages, of what is offered there, by all rules, and never a stale one."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine

from availability.use_cases.copy_booking_page import copy_booking_page
from availability.use_cases.copy_claims import copy_claims
from contracts.booking import BookingPageChanged
from contracts.ids import ServiceId, StaffId, uuid7
from plumbing.clock import utc_now
from plumbing.db import UnitOfWork

from ..make import NINE_TO_FIVE, Studio, claims_changed, session_changed
from ..pages import page_changed
from .counting import statements_of

HOURS = {"blocks": [{**NINE_TO_FIVE, "dayOfWeek": day} for day in range(1, 8)]}
MONDAY = date(2027, 3, 1)

type Tell = Callable[[BookingPageChanged], Awaitable[None]]


@pytest.fixture
def tell(uow: UnitOfWork) -> Tell:
    """booking-public tells of a page."""

    async def told(event: BookingPageChanged) -> None:
        async with uow.across_businesses() as tx:
            await copy_booking_page(tx, event)

    return told


async def a_service(studio: Studio, staff: int = 1, **changed: Any) -> tuple[str, list[str]]:
    """A service of an hour on the whole hour, which so many people give every day from nine to five, Dubai time."""
    people: list[str] = []
    for number in range(staff):
        people.append((await studio.staff(f"Person {number}"))["id"])
        await studio.must("PUT", f"/api/staff/{people[-1]}/hours", HOURS)
    fields = {"slotIntervalMinutes": 60, "maxAdvanceDays": 730, **changed}
    return (await studio.service(staffIds=people, **fields))["id"], people


def slug() -> str:
    """One that nobody has."""
    return f"page-{uuid4().hex[:12]}"


def where(page: str, service: str, first: date = MONDAY, days: int = 1, **more: str) -> str:
    """The address of a page's slots."""
    query = {"serviceId": service, "date": str(first), "days": str(days), **more}
    return f"/api/public/booking/{page}/availability?" + "&".join(f"{name}={value}" for name, value in query.items())


def starts(answer: Any) -> list[str]:
    """All starts, in order."""
    return [slot["start"] for day in answer["days"] for slot in day["slots"]]


async def test_a_stranger_sees_the_slots_of_a_page(studio: Studio, tell: Tell):
    service, _ = await a_service(studio)
    event = page_changed(studio.id, slug())
    await tell(event)
    del studio.client.headers["Authorization"]
    answer = await studio.call("GET", where(event.page.slug, service))
    found = answer.json()
    assert (answer.status_code, found["timezone"], found["nextAvailable"]) == (200, "Asia/Dubai", None)
    assert found["days"][0]["date"] == "2027-03-01"
    assert found["days"][0]["slots"][0] == {"start": "2027-03-01T05:00:00Z", "end": "2027-03-01T06:00:00Z"}
    assert len(starts(found)) == 8
    assert answer.headers["cache-control"] == "no-cache"
    again = await studio.call("GET", where(event.page.slug, service), If_None_Match=answer.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


async def test_a_month_is_sent_compressed_to_who_reads_that(studio: Studio, tell: Tell):
    service, _ = await a_service(studio)
    event = page_changed(studio.id, slug())
    await tell(event)
    asked = where(event.page.slug, service, days=7)
    plain = await studio.call("GET", asked, Accept_Encoding="identity")
    packed = await studio.call("GET", asked, Accept_Encoding="gzip, br")
    assert ("content-encoding" in plain.headers, packed.headers["content-encoding"]) == (False, "gzip")
    assert (packed.json(), packed.headers["etag"]) == (plain.json(), f"W/{plain.headers['etag']}")
    for tag in (plain.headers["etag"], packed.headers["etag"]):
        known = await studio.call("GET", asked, Accept_Encoding="gzip", If_None_Match=tag)
        assert (known.status_code, known.content) == (304, b"")


async def test_a_page_that_is_off_or_unknown_says_so(studio: Studio, tell: Tell):
    service, _ = await a_service(studio)
    off = page_changed(studio.id, slug(), active=False)
    await tell(off)
    unknown = await studio.call("GET", where(slug(), service))
    assert (unknown.status_code, unknown.json()["code"]) == (404, "NotFound")
    assert unknown.json()["detail"] == "There is no booking page at this address."
    closed = await studio.call("GET", where(off.page.slug, service))
    assert (closed.status_code, closed.json()["detail"]) == (404, "This booking page is switched off.")


async def test_switching_a_page_off_and_on_counts_at_once(studio: Studio, tell: Tell):
    service, _ = await a_service(studio)
    event = page_changed(studio.id, slug())
    address = where(event.page.slug, service)
    for revision, active in ((1, True), (2, False), (3, True)):
        page = event.page.model_copy(update={"active": active})
        await tell(event.model_copy(update={"revision": revision, "page": page}))
        assert (await studio.call("GET", address)).status_code == (200 if active else 404)


async def test_only_what_is_offered_on_the_page_can_be_asked_for(studio: Studio, tell: Tell):
    service, people = await a_service(studio, staff=2)
    hidden, _ = await a_service(studio)
    event = page_changed(
        studio.id, slug(), service_ids=[ServiceId(UUID(service))], staff_ids=[StaffId(UUID(people[0]))]
    )
    await tell(event)
    found = await studio.must("GET", where(event.page.slug, service, include="staff"))
    assert {each for slot in found["days"][0]["slots"] for each in slot["staffIds"]} == {people[0]}
    for address in (
        where(event.page.slug, hidden),
        where(event.page.slug, service, staffId=people[1]),
        where(event.page.slug, str(uuid7())),
    ):
        assert (await studio.call("GET", address)).status_code == 404
    nobody = event.page.model_copy(update={"staff_ids": []})
    await tell(event.model_copy(update={"revision": 2, "page": nobody}))
    answer = await studio.must("GET", where(event.page.slug, service))
    assert (starts(answer), answer["nextAvailable"]) == ([], None)


async def test_another_business_s_service_is_not_on_the_page(
    studio: Studio, new_studio: Callable[..., Studio], tell: Tell
):
    theirs, _ = await a_service(new_studio())
    event = page_changed(studio.id, slug(), service_ids=[ServiceId(UUID(theirs))])
    await tell(event)
    assert (await studio.call("GET", where(event.page.slug, theirs))).status_code == 404


async def test_taken_time_leaves_the_list_at_once(studio: Studio, tell: Tell, uow: UnitOfWork):
    service, people = await a_service(studio)
    event = page_changed(studio.id, slug())
    await tell(event)
    before = starts(await studio.must("GET", where(event.page.slug, service)))
    async with uow.across_businesses() as tx:
        await copy_claims(tx, [claims_changed(studio.id, bookable=UUID(people[0]), count=2)])
    after = starts(await studio.must("GET", where(event.page.slug, service)))
    assert set(before) - set(after) == {"2027-03-01T09:00:00Z", "2027-03-01T10:00:00Z"}


async def test_seats_left_are_told_and_nothing_of_who_has_the_others(studio: Studio, tell: Tell, uow: UnitOfWork):
    service, people = await a_service(studio, capacity=8)
    event = page_changed(studio.id, slug())
    await tell(event)
    told = session_changed(studio.id)
    assert told.session
    person = UUID(people[0])
    claim = told.claims[0].model_copy(update={"bookable_id": person})
    session = told.session.model_copy(update={"service_id": UUID(service), "staff_id": person})
    async with uow.across_businesses() as tx:
        await copy_claims(tx, [told.model_copy(update={"claims": [claim], "session": session})])
    found = await studio.must("GET", where(event.page.slug, service))
    seats = {slot["start"]: slot["seatsLeft"] for slot in found["days"][0]["slots"]}
    assert seats["2027-03-01T09:00:00Z"] == 7
    assert seats["2027-03-01T12:00:00Z"] == 8
    assert str(told.owner_id) not in str(found)


async def test_notice_and_horizon_count_and_go_on_with_the_clock(studio: Studio, tell: Tell):
    service, _ = await a_service(studio, minNoticeMinutes=60, maxAdvanceDays=1)
    event = page_changed(studio.id, slug())
    await tell(event)
    address = where(event.page.slug, service, days=4)
    with time_machine.travel(datetime(2027, 3, 1, 4, 0, tzinfo=UTC), tick=False) as clock:
        first = await studio.must("GET", address)
        assert starts(first)[0] == "2027-03-01T05:00:00Z"
        assert [day["date"] for day in first["days"] if day["slots"]] == ["2027-03-01", "2027-03-02"]
        clock.shift(timedelta(minutes=1))
        assert starts(await studio.must("GET", address))[0] == "2027-03-01T06:00:00Z"
        clock.move_to(datetime(2027, 3, 1, 5, 0, tzinfo=UTC))
        assert starts(await studio.must("GET", address))[0] == "2027-03-01T06:00:00Z"
        clock.move_to(datetime(2027, 3, 1, 20, 0, tzinfo=UTC))  # midnight in Dubai
        later = await studio.must("GET", address)
        assert [day["date"] for day in later["days"] if day["slots"]] == ["2027-03-02", "2027-03-03"]


async def test_the_next_available_date_goes_on_with_the_clock(studio: Studio, tell: Tell):
    service, _ = await a_service(studio, maxAdvanceDays=2)
    event = page_changed(studio.id, slug())
    await tell(event)
    address = where(event.page.slug, service, first=date(2027, 2, 20))
    with time_machine.travel(datetime(2027, 3, 1, 4, 0, tzinfo=UTC), tick=False) as clock:
        for moment, expected in (
            (datetime(2027, 3, 1, 4, 0, tzinfo=UTC), "2027-03-01"),
            (datetime(2027, 3, 1, 12, 0, tzinfo=UTC), "2027-03-01"),
            (datetime(2027, 3, 1, 12, 0, 1, tzinfo=UTC), "2027-03-02"),
        ):
            clock.move_to(moment)
            assert (await studio.must("GET", address))["nextAvailable"] == expected


async def test_a_former_slug_leads_to_the_page_until_its_time_is_over(studio: Studio, tell: Tell):
    service, _ = await a_service(studio)
    former, over = slug(), slug()
    now = utc_now()
    aliases = {former: now + timedelta(days=90), over: now - timedelta(seconds=1)}
    await tell(page_changed(studio.id, slug(), aliases=aliases))
    assert (await studio.call("GET", where(former, service))).status_code == 200
    assert (await studio.call("GET", where(over, service))).status_code == 404


async def test_a_slug_that_went_to_another_page_leads_there_in_whatever_order_it_is_told(
    studio: Studio, new_studio: Callable[..., Studio], tell: Tell
):
    wanted, mine = slug(), (await a_service(studio))[0]
    other = new_studio()
    theirs, _ = await a_service(other)
    before = page_changed(other.id, wanted)
    aliases = {wanted: utc_now() + timedelta(days=90)}
    after = page_changed(other.id, slug(), page_id=before.page.id, revision=2, aliases=aliases)
    takes_over = page_changed(studio.id, wanted)
    for event in (takes_over, after, before):
        await tell(event)
    assert (await studio.call("GET", where(wanted, mine))).status_code == 200
    assert (await studio.call("GET", where(after.page.slug, theirs))).status_code == 200


async def test_an_older_event_that_comes_late_changes_nothing(studio: Studio, tell: Tell):
    service, _ = await a_service(studio)
    event = page_changed(studio.id, slug())
    removed = event.page.model_copy(update={"archived": True})
    await tell(event.model_copy(update={"revision": 2, "page": removed}))
    await tell(event)
    assert (await studio.call("GET", where(event.page.slug, service))).status_code == 404


@pytest.mark.parametrize(
    "page", ["..", "a", "A" * 10, "x" * 61, "%00abc", "page'--", "page%20x", "%F0%9F%A6%84abc", "page%2fx", "*"]
)
async def test_hostile_slugs_are_not_found(studio: Studio, page: str):
    answer = await studio.call("GET", where(page, str(uuid7())))
    assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("", "/serviceId"),
        ("serviceId=1&date=2027-03-01", "/serviceId"),
        ("serviceId={id}", "/date"),
        ("serviceId={id}&date=2027-02-30", "/date"),
        ("serviceId={id}&date=9999-12-31", "/date"),
        ("serviceId={id}&date=2199-12-31", "/date"),
        ("serviceId={id}&date=2027-03-01&days=0", "/days"),
        ("serviceId={id}&date=2027-03-01&days=43", "/days"),
        ("serviceId={id}&date=2027-03-01&days=1e9", "/days"),
        ("serviceId={id}&date=2027-03-01&staffId='", "/staffId"),
        ("serviceId={id}&date=2027-03-01&timezone=../../etc/passwd", "/timezone"),
        ("serviceId={id}&date=2027-03-01&timezone=" + "x" * 101, "/timezone"),
        ("serviceId={id}&date=2027-03-01&include=customers", "/include"),
    ],
)
async def test_hostile_queries_are_refused_by_their_pointer(studio: Studio, tell: Tell, query: str, pointer: str):
    event = page_changed(studio.id, slug())
    await tell(event)
    address = f"/api/public/booking/{event.page.slug}/availability?{query.format(id=uuid7())}"
    answer = await studio.call("GET", address)
    assert (answer.status_code, answer.json()["code"]) == (422, "Invalid"), answer.text
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]


async def test_a_day_in_another_zone_is_that_zone_s(studio: Studio, tell: Tell):
    service, _ = await a_service(studio)
    event = page_changed(studio.id, slug())
    await tell(event)
    answer = await studio.must("GET", where(event.page.slug, service, timezone="Pacific/Auckland"))
    assert answer["timezone"] == "Pacific/Auckland"
    assert answer["days"][0]["date"] == "2027-03-01"
    assert [starts(answer)[0], starts(answer)[-1]] == ["2027-02-28T11:00:00Z", "2027-03-01T10:00:00Z"]


async def test_a_kept_answer_costs_one_look_at_slug_and_version(counted: tuple[Studio, list[str]], uow: UnitOfWork):
    studio, sent = counted
    service, _ = await a_service(studio, staff=3)
    event = page_changed(studio.id, slug())
    async with uow.across_businesses() as tx:
        await copy_booking_page(tx, event)
    address = where(event.page.slug, service, days=42)
    first = await statements_of(studio, address, sent)
    (again,) = await statements_of(studio, address, sent)
    assert "FROM page_slugs_copy" in again
    assert len(first) == 15
