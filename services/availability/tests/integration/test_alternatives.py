"""Alternatives as other services ask for them: the free starts nearest to what was wanted."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from availability.consumers import keep_claims
from contracts.alternatives import AlternativesAnswer
from contracts.appointments import ClaimDetails, ClaimsChanged
from contracts.ids import BookableId, OwnerId, uuid7
from plumbing.db import UnitOfWork
from plumbing.service_tokens import ServiceToken
from plumbing.testing import TestKeys

from ..make import NINE_TO_FIVE, Studio, at

type Ask = Callable[..., Any]


def dubai(hour: float, *, day: int = 0) -> datetime:
    """An hour of the Monday in Dubai, or of a day after it."""
    return at(hour - 4, day=day)


TEN = dubai(10)


@pytest.fixture
def ask(studio: Studio, keys: TestKeys) -> Ask:
    """Ask as a service that is trusted; near ten o'clock at the studio, unless said otherwise."""
    token = ServiceToken(keys.private_json, audience="availability").current()

    async def near(service: Any, start: datetime = TEN, **wish: Any) -> AlternativesAnswer:
        asked = {
            "businessId": str(studio.id),
            "serviceId": service["id"],
            "start": start.isoformat(),
            "most": 5,
            **wish,
        }
        answer = await studio.call("POST", "/internal/alternatives", asked, authorization=f"Bearer {token}")
        assert answer.status_code == 200, answer.text
        return AlternativesAnswer.model_validate_json(answer.content)

    return near


async def works(studio: Studio, name: str = "Amira", **block: Any) -> str:
    """A staff member who works on Mondays from nine to five."""
    staff = (await studio.staff(name))["id"]
    await studio.must("PUT", f"/api/staff/{staff}/hours", {"blocks": [NINE_TO_FIVE | block]})
    return staff


async def take(uow: UnitOfWork, studio: Studio, bookable: str, start: datetime, end: datetime) -> str:
    """Somebody takes this time; whose it is."""
    owner = OwnerId(uuid7())
    claim = ClaimDetails(bookable_id=BookableId(UUID(bookable)), start=start, end=end)
    async with uow.across_businesses() as tx:
        await keep_claims(tx, [ClaimsChanged(business_id=studio.id, revision=1, owner_id=owner, claims=[claim])])
    return str(owner)


def starts(found: AlternativesAnswer) -> list[datetime]:
    """When they start."""
    return [one.start for one in found.alternatives]


async def test_the_nearest_free_starts_come_first(studio: Studio, ask: Ask, uow: UnitOfWork):
    staff = await works(studio)
    service = await studio.service(staffIds=[staff], slotIntervalMinutes=60)
    await take(uow, studio, staff, dubai(10), dubai(11))
    found = await ask(service)
    assert starts(found) == [dubai(hour) for hour in (9, 11, 12, 13, 14)]
    assert (found.alternatives[0].end, found.alternatives[0].staff_ids) == (dubai(10), [UUID(staff)])
    assert starts(await ask(service, most=2)) == [dubai(9), dubai(11)]


async def test_with_too_few_near_it_is_searched_weeks_around(studio: Studio, ask: Ask):
    staff = await works(studio, end="10:00")
    service = await studio.service(staffIds=[staff])
    assert starts(await ask(service, dubai(9, day=8))) == [dubai(9, day=7 * week) for week in (1, 2, 0, 3, -1)]


async def test_a_nearer_start_on_the_next_date_comes_before_farther_ones_of_the_same(
    studio: Studio, ask: Ask, uow: UnitOfWork
):
    late = {"dayOfWeek": 1, "start": "06:00", "end": "11:00"}
    early = {"dayOfWeek": 2, "start": "00:00", "end": "02:00"}
    staff = (await studio.staff())["id"]
    await studio.must("PUT", f"/api/staff/{staff}/hours", {"blocks": [late, early]})
    service = await studio.service(staffIds=[staff], slotIntervalMinutes=60)
    found = await ask(service, dubai(22), most=3)
    assert starts(found) == [dubai(24), dubai(25), dubai(10)]


async def test_of_anybody_each_start_says_who_is_free(studio: Studio, ask: Ask, uow: UnitOfWork):
    amira, bilal = await works(studio), await works(studio, "Bilal")
    service = await studio.service(staffIds=[amira, bilal], slotIntervalMinutes=60)
    await take(uow, studio, amira, dubai(9), dubai(11))
    found = await ask(service, most=3)
    assert [(one.start, len(one.staff_ids)) for one in found.alternatives] == [
        (dubai(10), 1),
        (dubai(9), 1),
        (dubai(11), 2),
    ]
    assert starts(await ask(service, most=2, staffId=amira)) == [dubai(11), dubai(12)]


async def test_what_moves_is_not_in_its_own_way_and_keeps_its_length(studio: Studio, ask: Ask, uow: UnitOfWork):
    staff = await works(studio)
    service = await studio.service(staffIds=[staff], slotIntervalMinutes=60)
    own = await take(uow, studio, staff, dubai(9), dubai(13))
    extent = {"minutes": 180, "bufferBeforeMinutes": 0, "bufferAfterMinutes": 60}
    found = await ask(service, dubai(16), most=3, moving=own, extent=extent)
    assert starts(found) == [dubai(14), dubai(13), dubai(12)]
    assert found.alternatives[0].end == dubai(17)
    assert found.extent is not None
    assert found.extent.buffer_after_minutes == 60
    await take(uow, studio, staff, dubai(17), dubai(18))
    assert starts(await ask(service, dubai(16), most=1, moving=own, extent=extent)) == [dubai(13)]


async def test_units_are_needed_and_named(studio: Studio, ask: Ask, uow: UnitOfWork):
    staff, units = await works(studio), [(await studio.resource("bed"))["id"] for _ in range(2)]
    needs = [{"kind": "bed", "quantity": 2}]
    service = await studio.service(staffIds=[staff], slotIntervalMinutes=60, resourceNeeds=needs)
    await take(uow, studio, units[0], dubai(10), dubai(12))
    found = await ask(service, most=2)
    assert starts(found) == [dubai(9), dubai(12)]
    assert [(need.kind, need.quantity, len(need.resource_ids)) for need in found.resources] == [("bed", 2, 2)]


async def test_a_guest_is_offered_only_what_guests_may_book(studio: Studio, ask: Ask):
    service = await studio.service(staffIds=[await works(studio)], maxAdvanceDays=0)
    assert len((await ask(service)).alternatives) == 5
    assert (await ask(service, guest=True)).alternatives == []


async def test_what_is_past_is_no_alternative_to_what_is_to_come(studio: Studio, ask: Ask):
    hours = [{"dayOfWeek": day, "start": "00:00", "end": "24:00"} for day in range(1, 8)]
    staff = (await studio.staff())["id"]
    await studio.must("PUT", f"/api/staff/{staff}/hours", {"blocks": hours})
    service = await studio.service(staffIds=[staff])
    past = datetime.fromisoformat("2026-01-05T10:00:00+00:00")
    assert starts(await ask(service, past, most=1)) == [past]
    assert min(starts(await ask(service, past, most=50))) == past


async def test_ids_of_nothing_have_no_alternatives(studio: Studio, ask: Ask, new_studio: Callable[..., Studio]):
    theirs = await new_studio().service()
    service = await studio.service(staffIds=[await works(studio)])
    assert await ask(theirs) == AlternativesAnswer()
    assert await ask(service, staffId=str(uuid7())) == AlternativesAnswer()


async def test_only_services_may_ask(studio: Studio):
    service = await studio.service(staffIds=[await works(studio)])
    asked = {"businessId": str(studio.id), "serviceId": service["id"], "start": dubai(9).isoformat(), "most": 5}
    assert (await studio.call("POST", "/internal/alternatives", asked)).status_code == 401
