"""In any business, the slots that are listed are those that a second reading of the rules finds, and they can be had.

The oracle reads the JSON that was sent and looks at every minute by itself; it shares no code with the product.
"""

from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from plumbing.testing import eventually
from tests.e2e.owner import Owner
from tests.e2e.random_business.arranged import Arranged, arrange
from tests.e2e.random_business.oracle import instant_of, minute_of
from tests.e2e.random_business.worlds import World, worlds

TRIED = 8
"""So many of the starts that are listed, and of those that are not, are really asked for in each business."""


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # to shrink a business over HTTP would take an hour
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(world=worlds())
async def test_listed_starts_are_those_of_the_oracle_and_each_can_be_had_and_no_other(owner: Owner, world: World):
    arranged, random = await arrange(owner, world), Random(0)
    for staff in arranged.named.staff:
        await _until_listed(arranged, staff)
        await _seats_are_told(arranged, staff)
        await _is_explained(arranged, staff, random)
    everybody = sorted({start for staff in arranged.named.staff for start in arranged.oracle.listed(staff)})
    assert sorted(await arranged.slots(None)) == everybody
    for staff in arranged.named.staff:
        await _unlisted_are_refused(arranged, staff, random)
        await _listed_can_be_had(arranged, staff, random)


async def _until_listed(arranged: Arranged, staff: str) -> None:
    """The list may lag behind the bookings, by two seconds at most."""
    listed = arranged.oracle.listed(staff)
    await eventually(lambda: arranged.slots(staff), until=lambda seen: list(seen) == listed, seconds=5)


async def _seats_are_told(arranged: Arranged, staff: str) -> None:
    if arranged.world.service["capacity"] > 1:
        told = await arranged.slots(staff)
        assert told == {start: arranged.oracle.seats_left(staff, start) for start in told}


async def _is_explained(arranged: Arranged, staff: str, random: Random) -> None:
    """Explain names every rule that refuses a start, and none that does not."""
    for start in random.sample(_minutes(arranged), TRIED):
        query = {"serviceId": arranged.named.service, "staffId": staff, "start": instant_of(start).isoformat()}
        [one] = (await arranged.owner.must("GET", "/api/availability/explain", **query))["staff"]
        said = {conflict["kind"] for conflict in one["conflicts"]}
        assert said == arranged.oracle.kinds(staff, start), (staff, start)


async def _unlisted_are_refused(arranged: Arranged, staff: str, random: Random) -> None:
    """What breaks a rule is refused by what it breaks; what is only off the grid the owner may have."""
    refused = [start for start in _minutes(arranged) if arranged.oracle.kinds(staff, start)]
    for start in random.sample(refused, min(TRIED, len(refused))):
        reply = await arranged.owner.book(arranged.named.service, staff, instant_of(start))
        broken = arranged.oracle.kinds(staff, start)
        said = {conflict["kind"] for conflict in _conflicts(reply.body)}
        assert reply.status == 409, (staff, start, broken, reply.body)
        assert said, (staff, start, broken)
        assert said <= broken, (staff, start)


async def _listed_can_be_had(arranged: Arranged, staff: str, random: Random) -> None:
    """Each is booked for good, so that the next is tried with one more appointment in the calendar."""
    for _ in range(TRIED):
        listed = arranged.oracle.listed(staff)
        if not listed:
            return
        start = random.choice(listed)
        reply = await arranged.book(arranged.named.service, staff, instant_of(start))
        assert reply.status == 201, (staff, start, reply.body)
        assert minute_of(reply.body["start"]) == start


def _minutes(arranged: Arranged) -> list[int]:
    """Every fifth minute of two days."""
    noon = minute_of(f"{arranged.world.day}T12:00:00+00:00")
    return list(range(noon - 1440, noon + 1440, 5))


def _conflicts(problem: dict[str, Any]) -> list[dict[str, Any]]:
    return problem.get("conflicts", [])
