"""Why not: every rule that refuses a start, for each staff member who could be asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from availability.queries.owned_claims import Extent, Taken, extent_of, taken_within
from availability.queries.sessions import sessions_on
from availability.queries.time import Catalogue, Service
from contracts.ids import AppointmentId, BusinessId, GroupSessionId, ServiceId, StaffId
from contracts.offers import ConflictDetails
from plumbing.db import UnitOfWork
from plumbing.problems import NotFound
from scheduling.conflicts import (
    GUEST_RULES,
    OWNER_RULES,
    Candidate,
    Conflict,
    Kind,
    ResourceUnit,
    Rule,
    Session,
    StaffTime,
    why_not,
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What somebody wonders about: may this start, for a guest or for us, of a new appointment or of one that moves?"""

    service_id: ServiceId
    staff_id: StaffId | None
    start: datetime
    appointment_id: AppointmentId | None = None
    guest: bool = False


@dataclass(frozen=True, slots=True)
class Explained:
    """One staff member, and all that is in the way of them."""

    staff_id: StaffId
    conflicts: Sequence[ConflictDetails]


@dataclass(frozen=True, slots=True)
class _Case:
    """All that there is to know to answer, but who is asked about."""

    service: Service
    candidate: Candidate
    units: Sequence[ResourceUnit]
    taken: Taken
    sessions: Mapping[UUID, Sequence[Session]]
    rules: Sequence[Rule]
    now: datetime


async def explain(
    uow: UnitOfWork, business_id: BusinessId, catalogue: Catalogue, doubt: Doubt, *, now: datetime
) -> list[Explained]:
    """The staff member who is wondered about, or everybody who offers the service, each with their conflicts.

    An appointment that moves keeps its length and buffers, and its own time never blocks it. Raises NotFound for a
    service, staff member or appointment that is none of these. A fixed number of statements.
    """
    sold = catalogue.services.get(doubt.service_id)
    if sold is None:
        raise NotFound.asked("serviceId")
    if doubt.staff_id is not None and doubt.staff_id not in catalogue.staff:
        raise NotFound.asked("staffId")
    moving = doubt.appointment_id and await extent_of(uow, business_id, doubt.appointment_id)
    if doubt.appointment_id and moving is None and sold.capacity == 1:  # a seat of a session takes no time of its own
        raise NotFound.asked("appointmentId")
    service = _as_long_as(sold, moving) if moving else sold
    ids = service.staff_ids if doubt.staff_id is None else (doubt.staff_id,)
    units = catalogue.units_for(service)
    case = await _case(uow, business_id, doubt, service=service, ids=ids, units=units, now=now)
    return [_judged(case, catalogue.staff[staff_id].time) for staff_id in ids]


async def _case(
    uow: UnitOfWork,
    business_id: BusinessId,
    doubt: Doubt,
    *,
    service: Service,
    ids: Sequence[StaffId],
    units: Sequence[ResourceUnit],
    now: datetime,
) -> _Case:
    candidate = Candidate.of(service.rules, doubt.start, doubt.appointment_id)
    window = candidate.window(service.rules)
    taken = await taken_within(uow, business_id, [*ids, *(unit.resource_id for unit in units)], window, now)
    units = [replace(unit, claims=taken.claims.get(unit.resource_id, ())) for unit in units]
    sessions = await sessions_on(uow, business_id, service.id, ids, window) if service.capacity > 1 else {}
    return _Case(service, candidate, units, taken, sessions, GUEST_RULES if doubt.guest else OWNER_RULES, now)


def _judged(case: _Case, time: StaffTime) -> Explained:
    staff = replace(
        time,
        offers=time.staff_id in case.service.staff_ids,
        claims=case.taken.claims.get(time.staff_id, ()),
        sessions=case.sessions.get(time.staff_id, ()),
    )
    conflicts = why_not(
        case.candidate,
        service=case.service.rules,
        staff=staff,
        resources=case.units,
        now=case.now,
        rules=case.rules,
    )
    staff_id = StaffId(time.staff_id)
    return Explained(staff_id, [_details(one, staff_id, case.taken.sessions) for one in conflicts])


def _as_long_as(service: Service, extent: Extent) -> Service:
    rules = replace(
        service.rules,
        duration=extent.length,
        buffer_before=extent.buffer_before,
        buffer_after=extent.buffer_after,
    )
    return replace(service, rules=rules)


def _details(conflict: Conflict, staff_id: StaffId, sessions: frozenset[UUID]) -> ConflictDetails:
    owner = conflict.owner_id
    of_session = conflict.kind is Kind.FULL or owner in sessions
    return ConflictDetails(
        kind=conflict.kind.value,
        detail=conflict.detail,
        start=conflict.start,
        end=conflict.end,
        staff_id=staff_id,
        appointment_id=AppointmentId(owner) if owner and not of_session else None,
        session_id=GroupSessionId(owner) if owner and of_session else None,
        resource_kind=conflict.resource_kind,
    )
