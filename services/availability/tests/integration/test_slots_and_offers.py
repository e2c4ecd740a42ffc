"""What is listed can be booked, and what is not listed is refused: the search and the offer agree on stored data."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI

from availability.queries.sessions import sessions_on
from availability.queries.slots import TakenTime, Wish, slots_for
from availability.queries.time import Catalogue, catalogue_of
from availability.use_cases.copy_claims import copy_claims
from availability.use_cases.offer import offer
from contracts.appointments import ClaimDetails, ClaimsChanged, SessionSeats
from contracts.ids import BookableId, OwnerId, ServiceId, StaffId, uuid7
from contracts.offers import OfferRequest
from plumbing.db import UnitOfWork
from scheduling.conflicts import BUSY_RULES, GUEST_RULES, OWNER_GRID_RULES, Candidate, Claim, Rule, Session, why_not
from scheduling.intervals import Interval

from ..make import MONDAY, Studio

QUARTER = timedelta(minutes=15)
DAYS = 3
ZONES = ("Asia/Dubai", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe")


def some_hours(random: Random) -> list[dict[str, Any]]:
    """One or two blocks on each of the first days of the week, at odd minutes."""
    blocks: list[dict[str, Any]] = []
    for day in range(1, DAYS + 2):
        start = random.randrange(6 * 60, 12 * 60, 5)
        pause, end = start + random.randrange(60, 240, 5), start + random.randrange(300, 600, 5)
        blocks += [
            {"dayOfWeek": day, "start": f"{a // 60:02}:{a % 60:02}", "end": f"{b // 60:02}:{b % 60:02}"}
            for a, b in ((start, pause), (pause + random.choice((0, 25)), end))
        ]
    return blocks


def some_claims(random: Random, bookable: UUID) -> list[Claim]:
    """Appointments of one bookable over these days, none touching the next."""
    starts = [MONDAY + timedelta(hours=5 * number, minutes=random.randrange(0, 180, 5)) for number in range(DAYS * 5)]
    return [
        Claim(Interval(start, start + timedelta(minutes=random.randrange(10, 110, 5))), bookable) for start in starts
    ]


@dataclass(frozen=True)
class Arranged:
    """A service with buffers, who offers it, and the claims and sessions that have arrived."""

    service: ServiceId
    staff: StaffId
    claims: list[Claim]
    sessions: list[Session]


async def arranged(studio: Studio, uow: UnitOfWork, random: Random) -> Arranged:
    """All of it at random; a service for groups has a session at the time of some claims."""
    staff = (await studio.staff())["id"]
    await studio.must("PUT", f"/api/staff/{staff}/hours", {"blocks": some_hours(random)})
    service = await studio.service(
        staffIds=[staff],
        durationMinutes=random.choice((20, 45, 60)),
        slotIntervalMinutes=random.choice((15, 20, 60)),
        bufferBeforeMinutes=random.choice((0, 10)),
        bufferAfterMinutes=random.choice((0, 15)),
        minNoticeMinutes=random.choice((0, 600)),
        maxAdvanceDays=random.choice((1, 60)),
        capacity=random.choice((1, 4)),
    )
    claims = some_claims(random, UUID(staff))
    sessions = some_sessions(random, service) if service["capacity"] > 1 else []
    claims = [claim for claim in claims if not any(claim.during.overlaps(one.during) for one in sessions)]
    events = [_event(studio, UUID(staff), claims), *(_opened(studio, staff, service, one) for one in sessions)]
    async with uow.across_businesses() as tx:
        await copy_claims(tx, events)
    claims += [Claim(one.during, one.owner_id) for one in sessions]
    return Arranged(ServiceId(UUID(service["id"])), StaffId(UUID(staff)), claims, sessions)


def some_sessions(random: Random, service: Any) -> list[Session]:
    """Some that last as long as the service, some that do not; full ones, and others."""
    lengths = [timedelta(minutes=service["durationMinutes"]), timedelta(minutes=35)]
    starts = [MONDAY + timedelta(hours=4 * number, minutes=random.randrange(0, 120, 20)) for number in range(DAYS * 6)]
    return [
        Session(Interval(start, start + random.choice(lengths)), uuid7(), random.choice((0, 1, 3))) for start in starts
    ]


def _opened(studio: Studio, staff: str, service: Any, session: Session) -> ClaimsChanged:
    """What appointments tells of a session; without buffers, so that these are those of the claims alone."""
    during = session.during
    seats = SessionSeats(
        service_id=ServiceId(UUID(service["id"])),
        staff_id=StaffId(UUID(staff)),
        start=during.start,
        end=during.end,
        capacity=4,
        seats_taken=4 - session.seats_left,
    )
    claim = ClaimDetails(bookable_id=BookableId(UUID(staff)), start=during.start, end=during.end)
    owner = OwnerId(session.owner_id)
    return ClaimsChanged(business_id=studio.id, revision=1, owner_id=owner, claims=[claim], session=seats)


def _event(studio: Studio, bookable: UUID, claims: Sequence[Claim]) -> ClaimsChanged:
    taken = [
        ClaimDetails(bookable_id=BookableId(bookable), start=claim.during.start, end=claim.during.end)
        for claim in claims
    ]
    return ClaimsChanged(business_id=studio.id, revision=1, owner_id=OwnerId(uuid7()), claims=taken)


def refused(known: Catalogue, wish: OfferRequest, taken: Arranged, rules: Sequence[Rule], now: datetime) -> bool:
    """Whether the offer, or what is judged when the appointment is written, or the owner's grid refuses a start."""
    service, staff = known.services[wish.service_id], known.staff[wish.staff_id or UUID(int=0)]
    if offer(known, wish, now=now).offer is None:
        return True
    held = [*BUSY_RULES, *(rule for rule in rules if rule.kind == "offGrid")]
    time = replace(staff.time, claims=tuple(taken.claims), sessions=tuple(taken.sessions))
    candidate = Candidate.of(service.rules, wish.start)
    return bool(why_not(candidate, service=service.rules, staff=time, now=now, rules=held))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("guest", [False, True], ids=["owner", "guest"])
async def test_a_start_is_listed_exactly_when_it_could_be_booked(
    new_studio: Any, uow: UnitOfWork, app: FastAPI, seed: int, guest: bool
):
    random = Random(seed)
    studio: Studio = new_studio(timezone=ZONES[seed % len(ZONES)])
    taken = await arranged(studio, uow, random)
    service, staff = taken.service, taken.staff
    now, rules = MONDAY + timedelta(hours=7, minutes=3), GUEST_RULES if guest else OWNER_GRID_RULES
    wish = Wish(service, staff, MONDAY.date(), MONDAY.date() + timedelta(days=DAYS - 1), "UTC")
    async with uow(studio.id) as tx:
        known = await catalogue_of(tx, studio.id)
    copies = TakenTime(partial(app.state.claims.on, studio.id), partial(sessions_on, uow, studio.id))
    found = await slots_for(copies, known, wish, rules=rules, now=now)
    listed = {start for _, starts in found.days for start in starts}
    every = [MONDAY + timedelta(minutes=5 * step) for step in range(DAYS * 24 * 12)]
    assert listed
    assert listed <= set(every)
    for start in every:
        wanted = OfferRequest(business_id=studio.id, service_id=service, staff_id=staff, start=start, guest=guest)
        assert refused(known, wanted, taken, rules, now) is (start not in listed), start
