"""A world made real: everything is sent to the product, as its owner would."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from tests.e2e.owner import Owner, Reply, sign_up

from .oracle import Named, Oracle, Stored, minute_of
from .worlds import World

ALLOW = ["outsideHours", "timeOff"]


@dataclass
class Arranged:
    """A business that exists, and what is booked in it."""

    owner: Owner
    world: World
    named: Named
    other_service: str
    stored: list[Stored]

    @property
    def oracle(self) -> Oracle:
        """What must be bookable now."""
        return Oracle(self.world, self.named, self.stored)

    async def slots(self, staff: str | None) -> dict[int, int | None]:
        """The starts that are listed on the three days around, each with the seats that are left."""
        first = self.world.day - timedelta(days=1)
        query = {"serviceId": self.named.service, "staffId": staff, "from": first.isoformat(), "days": 3}
        answer = await self.owner.must("GET", "/api/availability/slots", **query)
        slots = [slot for day in answer["days"] for slot in day["slots"]]
        return {minute_of(slot["start"]): slot.get("seatsLeft") for slot in slots}

    async def book(self, service: str, staff: str, start: datetime, **more: Any) -> Reply:
        """Ask for an appointment, and remember one that was made."""
        reply = await self.owner.book(service, staff, start, **more)
        assert reply.status in {201, 409}, reply.body
        if reply.status == 201:
            self._remember(reply.body)
        return reply

    def _remember(self, made: dict[str, Any]) -> None:
        one = Stored(
            service=made["serviceId"],
            staff=made["staffId"],
            units=tuple(made["resourceIds"]),
            start=minute_of(made["start"]),
            end=minute_of(made["end"]),
            before=made["bufferBeforeMinutes"],
            after=made["bufferAfterMinutes"],
        )
        if not made.get("sessionId"):
            self.stored.append(one)
            return
        place = (one.service, one.staff, one.start, one.end)
        for number, seated in enumerate(self.stored):
            if (seated.service, seated.staff, seated.start, seated.end) == place:
                self.stored[number] = replace(seated, seats=seated.seats + 1)
                return
        self.stored.append(one)


async def arrange(owner: Owner, world: World) -> Arranged:
    """Send all of a world to a new business of its zone."""
    owner = await sign_up(owner.session, owner.url, timezone=world.zone)
    units = {
        (await owner.must("POST", "/api/resources", {"name": f"{kind} {number}", "kind": kind}))["id"]: kind
        for number, kind in enumerate(world.units)
    }
    staff = {await _staff(owner, number, world): plan for number, plan in enumerate(world.staff)}
    for closure in world.closures:
        await owner.must("POST", "/api/closures", closure)
    for season in world.seasons:
        await owner.must("POST", "/api/seasons", season)
    offering = [staff_id for staff_id, plan in staff.items() if plan.offers]
    service = await owner.service(offering, **world.service)
    other = await owner.service(list(staff), **world.other_service)
    arranged = Arranged(owner, world, Named(service, staff, units), other, [])
    for is_other, who, start in world.booked:
        await arranged.book(other if is_other else service, list(staff)[who % len(staff)], start, allow=ALLOW)
    return arranged


async def _staff(owner: Owner, number: int, world: World) -> str:
    plan = world.staff[number]
    staff = await owner.staff(f"Staff {number}", plan.blocks)
    for on, blocks in plan.overrides.items():
        await owner.must("PUT", f"/api/staff/{staff}/overrides/{on}", {"blocks": blocks})
    for one in plan.time_off:
        await owner.must("POST", "/api/time-off", {"staffId": staff, **one})
    return staff
