"""Why not: every rule that refuses a start is named, for each staff member, and nothing else is."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from availability.consumers import keep_claims
from contracts.appointments import ClaimDetails, ClaimsChanged, SessionSeats
from contracts.ids import BookableId, OwnerId, ServiceId, StaffId, uuid7
from plumbing.clock import utc_now
from plumbing.db import UnitOfWork

from ..make import NINE_TO_FIVE, Studio, at


def dubai(hour: float) -> datetime:
    """An hour of the Monday in Dubai."""
    return at(hour - 4)


async def works(studio: Studio, name: str = "Amira") -> str:
    """A new staff member who works on Mondays from nine to five."""
    staff = (await studio.staff(name))["id"]
    await studio.must("PUT", f"/api/staff/{staff}/hours", {"blocks": [NINE_TO_FIVE]})
    return staff


async def take(uow: UnitOfWork, studio: Studio, bookables: list[str], start: float, end: float, **claim: Any) -> UUID:
    """Somebody takes this time of the Monday in Dubai on all of these; whose it is."""
    owner = OwnerId(uuid7())
    during = {"start": dubai(start), "end": dubai(end), **claim}
    claims = [ClaimDetails(bookable_id=BookableId(UUID(one)), **during) for one in bookables]
    async with uow.across_businesses() as tx:
        await keep_claims(tx, [ClaimsChanged(business_id=studio.id, revision=1, owner_id=owner, claims=claims)])
    return owner


async def why(studio: Studio, service: Any, start: datetime, **query: Any) -> Any:
    """The whole answer."""
    asked = {"serviceId": service["id"], "start": start.isoformat().replace("+00:00", "Z"), **query}
    answer = await studio.client.get("/api/availability/explain", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def kinds(studio: Studio, service: Any, start: datetime, **query: Any) -> list[str]:
    """The kinds of what is in the way of the only staff member who is asked about."""
    [one] = (await why(studio, service, start, **query))["staff"]
    return [conflict["kind"] for conflict in one["conflicts"]]


async def test_a_free_start_has_nothing_in_its_way(studio: Studio):
    staff = await works(studio)
    service = await studio.service(staffIds=[staff])
    assert await why(studio, service, dubai(9)) == {"bookable": True, "staff": [{"staffId": staff, "conflicts": []}]}


@pytest.mark.parametrize(
    ("hour", "expected"),
    [
        (8, ["outsideHours"]),
        (16.5, ["outsideHours"]),
        (10.5, ["timeOff"]),
        (12.5, ["staffBusy"]),
        (14.5, ["staffBusy"]),
        (13.5, []),
        (15.5, ["resourceBusy"]),
    ],
)
async def test_each_rule_that_refuses_is_named(studio: Studio, uow: UnitOfWork, hour: float, expected: list[str]):
    """Time off 11–12, busy 12:45–13:15 and 15–15:15, the only bed is taken 15:45–16:30; 15 minutes to tidy up."""
    staff, bed = await works(studio), (await studio.resource("bed"))["id"]
    needs = [{"kind": "bed", "quantity": 1}]
    service = await studio.service(staffIds=[staff], resourceNeeds=needs, bufferAfterMinutes=15)
    off = {"staffId": staff, "start": dubai(11).isoformat(), "end": dubai(12).isoformat()}
    await studio.must("POST", "/api/time-off", off)
    await take(uow, studio, [staff], 12.75, 13.25)
    await take(uow, studio, [staff], 15, 15.25)
    await take(uow, studio, [bed], 15.75, 16.5)
    assert await kinds(studio, service, dubai(hour)) == expected


async def test_everything_that_is_in_the_way_is_named_with_its_time_and_appointment(studio: Studio, uow: UnitOfWork):
    staff, bed = await works(studio), (await studio.resource("bed"))["id"]
    service = await studio.service(staffIds=[staff], resourceNeeds=[{"kind": "bed", "quantity": 1}], active=False)
    owner = await take(uow, studio, [staff, bed], 16.5, 17.5)
    found = await why(studio, service, dubai(16.75))
    assert found["bookable"] is False
    busy = {"start": "2027-03-01T12:30:00Z", "end": "2027-03-01T13:30:00Z", "appointmentId": str(owner)}
    assert found["staff"][0]["conflicts"] == [
        {"kind": "inactive", "detail": "The service is not active.", "staffId": staff},
        {
            "kind": "outsideHours",
            "detail": "This is outside working hours.",
            "start": "2027-03-01T13:00:00Z",
            "end": "2027-03-01T13:45:00Z",
            "staffId": staff,
        },
        {"kind": "staffBusy", "detail": "The staff member is busy.", **busy, "staffId": staff},
        {
            "kind": "resourceBusy",
            "detail": "1 of bed needed, 0 free.",
            **busy,
            "staffId": staff,
            "resourceKind": "bed",
        },
    ]


async def test_a_need_for_more_units_than_there_are_says_so(studio: Studio):
    service = await studio.service(staffIds=[await works(studio)], resourceNeeds=[{"kind": "bed", "quantity": 2}])
    await studio.resource("bed")
    [one] = (await why(studio, service, dubai(9)))["staff"]
    assert [conflict["detail"] for conflict in one["conflicts"]] == ["2 of bed needed, 1 free."]


async def test_only_a_guest_is_held_to_notice_horizon_and_grid(studio: Studio):
    staff = await works(studio)
    notice = {"minNoticeMinutes": 525_600, "maxAdvanceDays": 0, "slotIntervalMinutes": 60}
    service = await studio.service(staffIds=[staff], **notice)
    start = dubai(9.25)
    assert await kinds(studio, service, start) == []
    assert await kinds(studio, service, start, guest="true") == _guest_kinds(start)


def _guest_kinds(start: datetime) -> list[str]:
    """A start a year ahead needs no notice; whether it is, depends on when this runs."""
    is_near = start < utc_now() + timedelta(days=365)
    return (["notice"] if is_near else []) + ["horizon", "offGrid"]


async def test_somebody_who_does_not_offer_it_is_inactive_for_it(studio: Studio):
    amira, bilal = await works(studio), await works(studio, "Bilal")
    service = await studio.service(staffIds=[amira])
    assert await kinds(studio, service, dubai(9), staffId=bilal) == ["inactive"]
    assert [one["staffId"] for one in (await why(studio, service, dubai(9)))["staff"]] == [amira]
    nobody = await studio.service()
    assert await why(studio, nobody, dubai(9)) == {"bookable": False, "staff": []}


async def test_any_staff_member_who_is_free_makes_it_bookable(studio: Studio, uow: UnitOfWork):
    amira, bilal = await works(studio), await works(studio, "Bilal")
    service = await studio.service(staffIds=[amira, bilal])
    await take(uow, studio, [amira], 9, 10)
    found = await why(studio, service, dubai(9))
    assert found["bookable"] is True
    assert [len(one["conflicts"]) for one in found["staff"]] == [1, 0]
    await take(uow, studio, [bilal], 9.5, 10)
    assert (await why(studio, service, dubai(9)))["bookable"] is False


async def test_an_appointment_that_moves_keeps_its_length_and_is_not_in_its_own_way(studio: Studio, uow: UnitOfWork):
    staff, bed = await works(studio), (await studio.resource("bed"))["id"]
    service = await studio.service(staffIds=[staff], resourceNeeds=[{"kind": "bed", "quantity": 1}])
    own = await take(uow, studio, [staff, bed], 9, 11.5, buffer_before_minutes=0, buffer_after_minutes=30)
    assert await kinds(studio, service, dubai(10)) == ["staffBusy", "resourceBusy"]
    assert await kinds(studio, service, dubai(10), appointmentId=own) == []
    assert await kinds(studio, service, dubai(15.25), appointmentId=own) == ["outsideHours"]
    assert await kinds(studio, service, dubai(15), appointmentId=own) == []
    await take(uow, studio, [staff], 17.25, 18)
    assert await kinds(studio, service, dubai(15), appointmentId=own) == ["staffBusy"]


async def test_what_has_expired_is_in_nobody_s_way(studio: Studio, uow: UnitOfWork):
    staff = await works(studio)
    service = await studio.service(staffIds=[staff])
    await take(uow, studio, [staff], 9, 10, expires_at=utc_now() - timedelta(seconds=1))
    assert await kinds(studio, service, dubai(9)) == []


async def test_a_session_with_seats_is_joined_and_a_full_one_says_that_it_is_full(studio: Studio, uow: UnitOfWork):
    staff = await works(studio)
    spin = await studio.service(staffIds=[staff], capacity=2)
    owner = OwnerId(uuid7())
    for taken, expected in ((1, []), (2, ["full"])):
        claim = ClaimDetails(bookable_id=BookableId(UUID(staff)), start=dubai(9), end=dubai(10))
        seats = SessionSeats(
            service_id=ServiceId(UUID(spin["id"])),
            staff_id=StaffId(UUID(staff)),
            start=dubai(9),
            end=dubai(10),
            capacity=2,
            seats_taken=taken,
        )
        event = ClaimsChanged(business_id=studio.id, revision=taken, owner_id=owner, claims=[claim], session=seats)
        async with uow.across_businesses() as tx:
            await keep_claims(tx, [event])
        assert await kinds(studio, spin, dubai(9)) == expected
        assert await kinds(studio, spin, dubai(9), appointmentId=uuid4()) == expected  # a seat is known to its session
        [one] = (await why(studio, spin, dubai(9.5)))["staff"]
        assert [(c["kind"], c["sessionId"]) for c in one["conflicts"]] == [("staffBusy", str(owner))]


async def test_ids_that_name_nothing_are_not_found(studio: Studio, new_studio: Callable[..., Studio]):
    staff = await works(studio)
    service = await studio.service(staffIds=[staff])
    stranger = new_studio()
    mine = await stranger.service(staffIds=[await works(stranger)])
    for who, parameter, asked in (
        (studio, "serviceId", {"serviceId": str(uuid4())}),
        (studio, "staffId", {"serviceId": service["id"], "staffId": str(uuid4())}),
        (studio, "appointmentId", {"serviceId": service["id"], "appointmentId": str(uuid4())}),
        (stranger, "serviceId", {"serviceId": service["id"]}),
        (stranger, "staffId", {"serviceId": mine["id"], "staffId": staff}),
    ):
        answer = await who.client.get("/api/availability/explain", params={**asked, "start": "2027-03-01T05:00:00Z"})
        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")
        assert answer.json()["detail"] == f"{parameter} names nothing of this business"


@pytest.mark.parametrize(
    ("start", "status"),
    [
        ("2027-03-01T09:00:00", 422),
        ("2027-03-01", 422),
        ("1999-12-31T23:59:59Z", 422),
        ("2199-12-31T00:00:00Z", 422),
        ("2000-01-01T00:00:00Z", 200),
        ("2027-03-01T09:00:30.5+04:00", 200),
    ],
)
async def test_only_instants_that_a_calendar_reaches_can_be_asked_about(studio: Studio, start: str, status: int):
    service = await studio.service(staffIds=[await works(studio)])
    asked = {"serviceId": service["id"], "start": start}
    answer = await studio.client.get("/api/availability/explain", params=asked)
    assert answer.status_code == status, answer.text


async def test_it_takes_the_same_number_of_statements_however_many_staff(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
):
    seen: list[str] = []
    single = UnitOfWork.single

    async def noted(self: UnitOfWork, sql: str, *parameters: Any) -> Any:
        seen.append(sql)
        return await single(self, sql, *parameters)

    monkeypatch.setattr(UnitOfWork, "single", noted)
    counts: list[int] = []
    for many in (1, 8):
        service = await studio.service(staffIds=[await works(studio, str(one)) for one in range(many)])
        await why(studio, service, dubai(9))
        seen.clear()
        await why(studio, service, dubai(9))
        counts.append(len(seen))
    assert counts == [2, 2]  # the version, and what is taken
