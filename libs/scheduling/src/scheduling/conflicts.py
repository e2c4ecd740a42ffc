"""The one list of rules for "may this be booked?", and the conflicts that say why not."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from scheduling.hours import Hours, local_date, local_time, open_intervals
from scheduling.intervals import Interval, subtract
from scheduling.service_rules import ResourceNeed, ServiceRules
from scheduling.time_off import NO_TIME_OFF, TimeOff

DAY = timedelta(days=1)


class Kind(StrEnum):
    """What stands in the way; the values are the ones on the wire."""

    INACTIVE = "inactive"
    OUTSIDE_HOURS = "outsideHours"
    TIME_OFF = "timeOff"
    STAFF_BUSY = "staffBusy"
    RESOURCE_BUSY = "resourceBusy"
    NOTICE = "notice"
    HORIZON = "horizon"
    OFF_GRID = "offGrid"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One reason. `start` and `end` bound what is in the way, where that is a piece of time."""

    kind: Kind
    detail: str
    start: datetime | None = None
    end: datetime | None = None
    owner_id: UUID | None = None  # the appointment whose claim is in the way
    resource_kind: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A buffered window that is taken on one bookable, and by which appointment."""

    during: Interval
    owner_id: UUID


@dataclass(frozen=True, slots=True)
class Session:
    """A group session that a staff member gives, without buffers, and how many more customers it has room for."""

    during: Interval
    owner_id: UUID
    seats_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffTime:
    """All that decides when one staff member can be booked; `claims` and `sessions` in any order.

    The sessions are those of the service that is asked about: whoever wants exactly the time of one joins it. Their
    claims are among `claims`.
    """

    staff_id: UUID
    hours: Hours
    active: bool = True
    offers: bool = True  # this staff member offers the service that is asked about
    time_off: TimeOff = NO_TIME_OFF
    claims: Sequence[Claim] = ()
    sessions: Sequence[Session] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceUnit:
    """One unit of a resource kind, and when it is taken."""

    resource_id: UUID
    kind: str
    active: bool = True
    claims: Sequence[Claim] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A time that somebody wants. ValueError as for Interval.

    The buffers come from the service; a moved appointment keeps its own, so pass its own rules
    (`dataclasses.replace(service, buffer_before=…)`). Claims of `ignore_owner` never block it.
    """

    start: datetime
    end: datetime
    ignore_owner: UUID | None = None

    def __post_init__(self) -> None:
        _ = self.during

    @classmethod
    def of(cls, service: ServiceRules, start: datetime, ignore_owner: UUID | None = None) -> "Candidate":
        return cls(start, start + service.duration, ignore_owner)

    @property
    def during(self) -> Interval:
        return Interval(self.start, self.end)

    def window(self, service: ServiceRules) -> Interval:
        return self.during.expand(service.buffer_before, service.buffer_after)


@dataclass(frozen=True, slots=True)
class Question:
    """Everything a rule may look at."""

    candidate: Candidate
    service: ServiceRules
    staff: StaffTime
    resources: Sequence[ResourceUnit]
    now: datetime

    @property
    def joined(self) -> Session | None:
        """The session that is given at exactly that time: in it the candidate needs a seat, and no time of its own."""
        wanted = self.candidate
        for session in self.staff.sessions:
            if session.during == wanted.during and session.owner_id != wanted.ignore_owner:
                return session
        return None

    def overlapping(self, claims: Iterable[Claim]) -> list[Claim]:
        """Those of `claims` that overlap the buffered window and are not the candidate's own."""
        window, own = self.candidate.window(self.service), self.candidate.ignore_owner
        return [claim for claim in claims if claim.during.overlaps(window) and claim.owner_id != own]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of scheduling.md: `find` yields the conflicts of its `kind`, nothing when it holds."""

    kind: Kind
    find: Callable[[Question], Iterator[Conflict]]


def _inactive(question: Question) -> Iterator[Conflict]:
    if not question.service.active:
        yield Conflict(Kind.INACTIVE, "The service is not active.")
    if not question.staff.active:
        yield Conflict(Kind.INACTIVE, "The staff member is not active.")
    if not question.staff.offers:
        yield Conflict(Kind.INACTIVE, "The staff member does not offer this service.")


def _outside_hours(question: Question) -> Iterator[Conflict]:
    during, hours = question.candidate.during, question.staff.hours
    first, last = local_date(during.start, hours.zone), local_date(during.end, hours.zone)
    for part in subtract([during], open_intervals(hours, first - DAY, last + DAY)):
        yield Conflict(Kind.OUTSIDE_HOURS, "This is outside working hours.", part.start, part.end)


def _time_off(question: Question) -> Iterator[Conflict]:
    for off in question.staff.time_off.within(question.candidate.during):
        yield Conflict(Kind.TIME_OFF, "The staff member has time off.", off.start, off.end)


def _staff_busy(question: Question) -> Iterator[Conflict]:
    if question.joined:
        return
    for claim in question.overlapping(question.staff.claims):
        yield _taken(Kind.STAFF_BUSY, "The staff member is busy.", claim)


def _resource_busy(question: Question) -> Iterator[Conflict]:
    if question.joined:
        return
    for need in question.service.resource_needs:
        units = [unit for unit in question.resources if unit.active and unit.kind == need.kind]
        blocking = [question.overlapping(unit.claims) for unit in units]
        free = sum(not claims for claims in blocking)
        if free < need.quantity:
            yield from _short_of(need, free, [claim for claims in blocking for claim in claims])


def _short_of(need: ResourceNeed, free: int, blocking: Sequence[Claim]) -> Iterator[Conflict]:
    """One conflict per claim in the way; one without a time when there are too few units at all."""
    detail = f"{need.quantity} of {need.kind} needed, {free} free."
    for claim in blocking:
        yield _taken(Kind.RESOURCE_BUSY, detail, claim, need.kind)
    if not blocking:
        yield Conflict(Kind.RESOURCE_BUSY, detail, resource_kind=need.kind)


def _full(question: Question) -> Iterator[Conflict]:
    session = question.joined
    if session and session.seats_left < 1:
        during = session.during
        yield Conflict(Kind.FULL, "All seats of this session are taken.", during.start, during.end, session.owner_id)


def _notice(question: Question) -> Iterator[Conflict]:
    earliest = earliest_start(question.service, question.now)
    if question.candidate.start < earliest:
        yield Conflict(Kind.NOTICE, "This is too soon to be booked.", end=earliest)


def _horizon(question: Question) -> Iterator[Conflict]:
    zone = question.staff.hours.zone
    last = last_bookable_date(question.service, question.now, zone)
    if local_date(question.candidate.start, zone) > last:
        yield Conflict(Kind.HORIZON, f"This is too far ahead: the last date is {last}.")


def _off_grid(question: Question) -> Iterator[Conflict]:
    wall = local_time(question.candidate.start, question.staff.hours.zone)
    since_midnight = wall.replace(tzinfo=None) - datetime.combine(wall.date(), time())
    if since_midnight % question.service.slot_interval:
        yield Conflict(Kind.OFF_GRID, "Appointments do not start at this minute.")


def _taken(kind: Kind, detail: str, claim: Claim, resource_kind: str | None = None) -> Conflict:
    return Conflict(kind, detail, claim.during.start, claim.during.end, claim.owner_id, resource_kind)


def earliest_start(service: ServiceRules, now: datetime) -> datetime:
    """The first instant that rule 6, notice, lets a guest book."""
    return now + service.min_notice


def last_bookable_date(service: ServiceRules, now: datetime, zone: str) -> date:
    """The last local date that rule 7, horizon, lets a guest book."""
    return local_date(now, zone) + DAY * service.max_advance_days


ALL_RULES = (
    Rule(Kind.INACTIVE, _inactive),
    Rule(Kind.OUTSIDE_HOURS, _outside_hours),
    Rule(Kind.TIME_OFF, _time_off),
    Rule(Kind.STAFF_BUSY, _staff_busy),
    Rule(Kind.RESOURCE_BUSY, _resource_busy),
    Rule(Kind.FULL, _full),
    Rule(Kind.NOTICE, _notice),
    Rule(Kind.HORIZON, _horizon),
    Rule(Kind.OFF_GRID, _off_grid),
)
"""The rules of scheduling.md, in its order, `full` with those of taken time. The sets say who is held to which."""

GUEST_RULES = ALL_RULES
OWNER_RULES = ALL_RULES[:6]
OWNER_GRID_RULES = (*OWNER_RULES, ALL_RULES[8])
OFFER_RULES = (*ALL_RULES[:3], *ALL_RULES[6:])  # what availability judges of a guest's wish …
OWNER_OFFER_RULES = ALL_RULES[:3]  # … and of an owner's
BUSY_RULES = ALL_RULES[3:6]  # what is judged from the claims themselves, in the booking transaction


def why_not(
    candidate: Candidate,
    *,
    service: ServiceRules,
    staff: StaffTime,
    resources: Sequence[ResourceUnit] = (),
    now: datetime,
    rules: Sequence[Rule] = ALL_RULES,
) -> list[Conflict]:
    """Every conflict of the candidate, in the order of the rules; empty = it may be booked. `now` must be aware."""
    question = Question(candidate, service, staff, resources, now)
    return [conflict for rule in rules for conflict in rule.find(question)]


def allowing(rules: Sequence[Rule], allow: Collection[Kind]) -> tuple[Rule, ...]:
    """The rules without those an owner passes by on purpose. ValueError for a kind that nobody may pass by."""
    refused = set(allow) - {Kind.OUTSIDE_HOURS, Kind.TIME_OFF}
    if refused:
        raise ValueError(f"these can not be allowed: {', '.join(sorted(refused))}")
    return tuple(rule for rule in rules if rule.kind not in allow)
