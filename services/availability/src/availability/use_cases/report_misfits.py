"""Telling of appointments that were offered before the hours or the time off changed, and do not fit them any more.

An offer and the booking by it are two moments: between them somebody may go on leave. Nobody is refused then, and
nobody shall miss it: either the answer to the change names the appointment, because its claims have arrived already, or
the claims are judged here when they do. Both happen under the version of the business, so one of them sees the other.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from availability.queries.standing import Standing
from availability.queries.working_time import staff_times
from availability.tables import businesses_copy
from contracts.appointments import ClaimDetails, ClaimsChanged
from contracts.availability import AppointmentConflicted
from contracts.ids import AppointmentId, BusinessId, StaffId
from contracts.offers import ConflictDetails
from plumbing.db import Tx
from scheduling.conflicts import DAY, Kind, StaffTime
from scheduling.intervals import Interval
from scheduling.standing import in_time_off, outside_hours


async def report_misfits(tx: Tx, news: Sequence[ClaimsChanged], catalogue_versions: Mapping[UUID, int]) -> None:
    """Tell of those claims that were offered by an older version than that of their business, and do not fit now.

    The caller has locked the versions. No statement when nothing has changed since the offers, else a fixed number for
    each business in which something has.
    """
    outdated: defaultdict[BusinessId, list[ClaimsChanged]] = defaultdict(list)
    for event in news:
        if event.claims and event.basis and event.basis.catalogue_version < catalogue_versions[event.business_id]:
            outdated[event.business_id].append(event)
    for business_id, events in outdated.items():
        times = await _times(tx, business_id, events)
        for told in (told for event in events for told in _misfits(event, times)):
            tx.emit(told)


async def _times(tx: Tx, business_id: BusinessId, events: Sequence[ClaimsChanged]) -> Mapping[StaffId, StaffTime]:
    claims = [claim for event in events for claim in event.claims]
    since: date = min(claim.start for claim in claims).date() - DAY
    zone = await tx.scalar(select(businesses_copy.c.timezone).where(businesses_copy.c.business_id == business_id))
    return await staff_times(tx, business_id, {StaffId(claim.bookable_id) for claim in claims}, zone, since)


def _misfits(event: ClaimsChanged, times: Mapping[StaffId, StaffTime]) -> Iterator[AppointmentConflicted]:
    """One for each staff member whose time it takes and does not fit."""
    for claim in event.claims:
        staff_id = StaffId(claim.bookable_id)
        standing = _standing(event, claim)
        conflicts = _conflicts(event, standing, times[staff_id]) if staff_id in times else []
        if conflicts:
            yield AppointmentConflicted(
                business_id=event.business_id,
                revision=event.revision,
                appointment_id=AppointmentId(event.owner_id),
                staff_id=staff_id,
                conflicts=conflicts,
                is_session=event.session is not None,
            )


def _standing(event: ClaimsChanged, claim: ClaimDetails) -> Standing:
    start = claim.start + timedelta(minutes=claim.buffer_before_minutes)
    end = claim.end - timedelta(minutes=claim.buffer_after_minutes)
    return Standing(event.owner_id, StaffId(claim.bookable_id), Interval(start, end), event.session is not None)


def _conflicts(event: ClaimsChanged, standing: Standing, time: StaffTime) -> list[ConflictDetails]:
    allowed = event.basis.allowed if event.basis else []
    misfits = {
        Kind.OUTSIDE_HOURS: outside_hours(time.hours, [standing.during]),
        Kind.TIME_OFF: in_time_off(time.time_off, [standing.during]),
    }
    return [standing.conflict(kind) for kind, found in misfits.items() if found and kind.value not in allowed]
