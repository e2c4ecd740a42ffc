"""The slots of services with several seats: sessions that have some left, and starts where one could be opened."""

from typing import Any
from uuid import UUID

from availability.use_cases.copy_claims import copy_claims
from contracts.appointments import ClaimDetails, ClaimsChanged, SessionSeats
from contracts.ids import BookableId, OwnerId, ServiceId, StaffId, uuid7
from plumbing.db import UnitOfWork

from ..make import Studio, at

NINE_TO_TWELVE = {"dayOfWeek": 1, "start": "09:00", "end": "12:00"}


async def works(studio: Studio) -> str:
    """A new staff member, on Mondays from nine to twelve."""
    staff = (await studio.staff())["id"]
    await studio.must("PUT", f"/api/staff/{staff}/hours", {"blocks": [NINE_TO_TWELVE]})
    return staff


async def yoga_of(studio: Studio, *staff: str, **changed: Any) -> Any:
    """A service of an hour with eight seats, every half hour."""
    return await studio.service(staffIds=list(staff), capacity=8, slotIntervalMinutes=30, **changed)


async def told(
    uow: UnitOfWork, studio: Studio, service: Any, staff: str, at_hour: tuple[float, int], **fields: Any
) -> UUID:
    """A session of an hour is told, which starts at a local hour with so many seats taken; or that it is closed."""
    hour, taken = at_hour
    owner, start, end = fields.get("owner") or uuid7(), at(hour - 4), at(hour - 3)
    closed, revision = fields.get("closed", False), fields.get("revision", 1)
    claims = [] if closed else [ClaimDetails(bookable_id=BookableId(UUID(staff)), start=start, end=end)]
    seats = SessionSeats(
        service_id=ServiceId(UUID(service["id"])),
        staff_id=StaffId(UUID(staff)),
        start=start,
        end=end,
        capacity=8,
        seats_taken=taken,
    )
    event = ClaimsChanged(
        business_id=studio.id, revision=revision, owner_id=OwnerId(owner), claims=claims, session=seats
    )
    async with uow.across_businesses() as tx:
        await copy_claims(tx, [event])
    return owner


async def seats(studio: Studio, service: Any, query: str = "") -> dict[str, int]:
    """The seats left at each start of that Monday, by the clock of Dubai."""
    found = await studio.must("GET", f"/api/availability/slots?serviceId={service['id']}&from=2027-03-01&days=1{query}")
    [day] = found["days"]
    return {f"{int(one['start'][11:13]) + 4:02}{one['start'][13:16]}": one["seatsLeft"] for one in day["slots"]}


async def test_a_start_without_a_session_has_all_seats(studio: Studio):
    yoga = await yoga_of(studio, await works(studio))
    assert await seats(studio, yoga) == dict.fromkeys(("09:00", "09:30", "10:00", "10:30", "11:00"), 8)


async def test_a_session_is_a_slot_with_its_seats_until_it_is_full_or_closed(studio: Studio, uow: UnitOfWork):
    staff = await works(studio)
    yoga = await yoga_of(studio, staff)
    session = await told(uow, studio, yoga, staff, (10, 5))
    assert await seats(studio, yoga) == {"09:00": 8, "10:00": 3, "11:00": 8}
    await told(uow, studio, yoga, staff, (10, 8), owner=session, revision=2)
    assert await seats(studio, yoga) == {"09:00": 8, "11:00": 8}
    await told(uow, studio, yoga, staff, (10, 7), owner=session, revision=1)
    assert await seats(studio, yoga) == {"09:00": 8, "11:00": 8}
    await told(uow, studio, yoga, staff, (10, 0), owner=session, revision=3, closed=True)
    assert len(await seats(studio, yoga)) == 5


async def test_a_session_of_another_service_is_in_the_way(studio: Studio, uow: UnitOfWork):
    staff = await works(studio)
    yoga, dance = await yoga_of(studio, staff), await yoga_of(studio, staff)
    await told(uow, studio, dance, staff, (10, 1))
    assert await seats(studio, yoga) == {"09:00": 8, "11:00": 8}


async def test_of_any_staff_the_most_seats_that_one_has_count(studio: Studio, uow: UnitOfWork):
    amira, bilal = await works(studio), await works(studio)
    yoga = await yoga_of(studio, amira, bilal)
    await told(uow, studio, yoga, amira, (10, 5))
    assert (await seats(studio, yoga))["10:00"] == 8
    await told(uow, studio, yoga, bilal, (10, 7))
    assert (await seats(studio, yoga))["10:00"] == 3
    assert (await seats(studio, yoga, f"&staffId={bilal}"))["10:00"] == 1


async def test_with_staff_a_slot_says_both_who_and_how_many_seats(studio: Studio, uow: UnitOfWork):
    amira, bilal = await works(studio), await works(studio)
    yoga = await yoga_of(studio, amira, bilal)
    await told(uow, studio, yoga, amira, (10, 8))
    query = f"serviceId={yoga['id']}&from=2027-03-01&days=1&include=staff"
    found = await studio.must("GET", f"/api/availability/slots?{query}")
    slot = next(one for one in found["days"][0]["slots"] if one["start"] == "2027-03-01T06:00:00Z")
    assert (slot["staffIds"], slot["seatsLeft"]) == ([bilal], 8)


async def test_a_service_for_one_says_nothing_of_seats(studio: Studio):
    cut = await studio.service(staffIds=[await works(studio)])
    found = await studio.must("GET", f"/api/availability/slots?serviceId={cut['id']}&from=2027-03-01&days=1")
    assert set(found["days"][0]["slots"][0]) == {"start", "end"}


async def test_another_business_sees_nothing_of_a_session(studio: Studio, new_studio: Any, uow: UnitOfWork):
    other = new_studio()
    staff, theirs = await works(studio), await works(other)
    yoga, their_yoga = await yoga_of(studio, staff), await yoga_of(other, theirs)
    await told(uow, studio, yoga, staff, (10, 8))
    assert len(await seats(other, their_yoga)) == 5
    async with uow(other.id) as tx:
        assert await tx.fetch("SELECT 1 FROM sessions_copy") == []


async def test_the_statements_do_not_grow_with_staff_and_sessions(studio: Studio, uow: UnitOfWork, monkeypatch: Any):
    asked: list[str] = []
    single = UnitOfWork.single

    async def noted(self: UnitOfWork, sql: str, *parameters: Any) -> Any:
        asked.append(sql)
        return await single(self, sql, *parameters)

    monkeypatch.setattr(UnitOfWork, "single", noted)
    counts: list[int] = []
    for people in (1, 8):
        staff = [await works(studio) for _ in range(people)]
        yoga = await yoga_of(studio, *staff)
        for one in staff:
            for hour in (9, 10, 11):
                await told(uow, studio, yoga, one, (hour, 3))
        asked.clear()
        assert set((await seats(studio, yoga)).values()) == {5}
        counts.append(len(asked))
    assert counts[0] == counts[1] == 3
