"""What an appointment may become, which time it takes, and the problems that a client can meet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from contracts.appointments import AppointmentDetails, Change, ClaimDetails, SessionDetails, Status
from contracts.ids import BookableId, BusinessId, OwnerId, StaffId
from contracts.offers import ConflictDetails
from plumbing.auth import Actor
from plumbing.problems import Invalid, NotAllowed, Problem

LONGEST_CLAIM = timedelta(hours=48)
"""A buffered window may be this long; it bounds how far back a search for overlaps has to look."""

BUSY = frozenset({"staffBusy", "resourceBusy", "full"})
"""Conflicts that say that somebody else has the time; every other one says that nobody may have it."""

EXPIRED = "expired"
"""The cancellation reason of an appointment whose deposit was not paid in time."""

NEXT: Mapping[Status, frozenset[Status]] = {
    Status.PENDING: frozenset({Status.CONFIRMED, Status.CANCELLED}),
    Status.CONFIRMED: frozenset({Status.CANCELLED, Status.COMPLETED, Status.NO_SHOW}),
    Status.CANCELLED: frozenset(),
    Status.COMPLETED: frozenset({Status.NO_SHOW}),
    Status.NO_SHOW: frozenset({Status.COMPLETED}),
}
"""Which status may follow which (api.md)."""

FINAL = frozenset({Status.CANCELLED, Status.COMPLETED, Status.NO_SHOW})
"""An appointment in one of these cannot be moved."""

_MINUTE = timedelta(minutes=1)

_CHANGE_TO = {
    Status.CONFIRMED: Change.CONFIRMED,
    Status.CANCELLED: Change.CANCELLED,
    Status.COMPLETED: Change.COMPLETED,
    Status.NO_SHOW: Change.NO_SHOW,
}


class SlotTaken(Problem):
    """Someone has just taken this time."""

    status = 409

    def __init__(self, conflicts: Sequence[ConflictDetails]) -> None:
        super().__init__(conflicts=_documents(conflicts))


class NotBookable(Problem):
    """This time cannot be booked."""

    status = 409

    def __init__(self, conflicts: Sequence[ConflictDetails]) -> None:
        super().__init__(conflicts=_documents(conflicts))


class StatusNotAllowed(Problem):
    """The status of this appointment does not allow that."""

    status = 409

    def __init__(self, before: Status, after: Status) -> None:
        super().__init__()
        self.fields = {"from": before.value, "to": after.value}


class AlreadyInSession(Problem):
    """Nobody has two seats in one session."""

    status = 409


class BookedByGuest(Problem):
    """Who booked this online stays its customer."""

    status = 409


class SeatsInUse(Problem):
    """More seats of this session are taken than that."""

    status = 409

    def __init__(self, seats_taken: int) -> None:
        super().__init__()
        self.fields = {"seatsTaken": seats_taken}


class SeatsLeft(Problem):
    """This session still has free seats; book one of them."""

    status = 409


class AlreadyWaiting(Problem):
    """Nobody waits twice for the same."""

    status = 409


class NothingOffered(Problem):
    """Nothing is offered now."""

    status = 409

    def __init__(self, state: str) -> None:
        super().__init__()
        self.fields = {"state": state}


class ImportState(StrEnum):
    """Where an import is in its life. `failed`: it was applied, and not a single row could be written."""

    CHECKED = "checked"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"
    FAILED = "failed"


class ImportNotReady(Problem):
    """This import is not in a state for that."""

    status = 409

    def __init__(self, state: ImportState) -> None:
        super().__init__(f"It is {state}.", state=state.value)


@dataclass(frozen=True, slots=True)
class Editor:
    """Who changes appointments: everybody's, or only those of one staff member."""

    actor: Actor
    everybodys: bool = True
    staff_id: StaffId | None = None

    def refuse_others(self, staff_id: StaffId | None) -> None:
        """Raise NotAllowed unless the appointments of this staff member may be changed; None means any of them."""
        if not self.everybodys and (staff_id is None or staff_id != self.staff_id):
            if staff_id is None and self.staff_id is not None:
                raise NotAllowed(f"You may book your own time only: send your own staffId, which is {self.staff_id}.")
            raise NotAllowed("You may change your own appointments only.")


@dataclass(frozen=True, slots=True)
class Window:
    """The time that an owner takes, on whichever bookables. Raises Invalid when it is longer than a claim may be."""

    business_id: BusinessId
    owner_id: OwnerId
    start: datetime
    end: datetime
    buffer_before: timedelta
    buffer_after: timedelta
    expires_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.upper - self.lower > LONGEST_CLAIM:
            raise Invalid.at("/end", "is more than 48 hours after the start, buffers included")

    @property
    def lower(self) -> datetime:
        """The first instant taken, buffer included."""
        return self.start - self.buffer_before

    @property
    def upper(self) -> datetime:
        """The first instant that is free again, buffer included."""
        return self.end + self.buffer_after


def refusal(conflicts: Sequence[ConflictDetails]) -> Problem:
    """SlotTaken when somebody else has the time and that is all, else NotBookable."""
    taken = all(conflict.kind in BUSY for conflict in conflicts)
    return SlotTaken(conflicts) if taken else NotBookable(conflicts)


def refuse_transition(before: Status, after: Status) -> None:
    """Raise StatusNotAllowed unless `after` may follow `before`, or is the same."""
    if after is not before and after not in NEXT[before]:
        raise StatusNotAllowed(before, after)


def window_of(appointment: AppointmentDetails) -> Window:
    """The time that it takes."""
    return Window(
        business_id=appointment.business_id,
        owner_id=OwnerId(appointment.id),
        start=appointment.start,
        end=appointment.end,
        buffer_before=timedelta(minutes=appointment.buffer_before_minutes),
        buffer_after=timedelta(minutes=appointment.buffer_after_minutes),
        expires_at=appointment.expires_at,
    )


def bookables_of(appointment: AppointmentDetails) -> list[BookableId]:
    """Whom and what it takes: the staff member, then the units."""
    return [BookableId(appointment.staff_id), *map(BookableId, appointment.resource_ids)]


def claims_of(appointment: AppointmentDetails) -> list[ClaimDetails]:
    """The claims that it must hold now: none once it is cancelled, and none for a seat, whose session holds them."""
    if appointment.status is Status.CANCELLED or appointment.session_id is not None:
        return []
    return window_claims(window_of(appointment), bookables_of(appointment))


def session_window(session: SessionDetails) -> Window:
    """The time that a group session takes."""
    return Window(
        business_id=session.business_id,
        owner_id=OwnerId(session.id),
        start=session.start,
        end=session.end,
        buffer_before=timedelta(minutes=session.buffer_before_minutes),
        buffer_after=timedelta(minutes=session.buffer_after_minutes),
        expires_at=session.expires_at,
    )


def session_bookables(session: SessionDetails) -> list[BookableId]:
    """Whom and what a group session takes: the staff member, then the units."""
    return [BookableId(session.staff_id), *map(BookableId, session.resource_ids)]


def session_claims(session: SessionDetails) -> list[ClaimDetails]:
    """The claims that an open group session holds."""
    return window_claims(session_window(session), session_bookables(session))


def window_claims(window: Window, bookables: Sequence[BookableId]) -> list[ClaimDetails]:
    """The claims by which the owner of a window takes it on these bookables."""
    return [
        ClaimDetails(
            bookable_id=bookable,
            start=window.lower,
            end=window.upper,
            expires_at=window.expires_at,
            buffer_before_minutes=window.buffer_before // _MINUTE,
            buffer_after_minutes=window.buffer_after // _MINUTE,
        )
        for bookable in bookables
    ]


def change_between(before: AppointmentDetails, after: AppointmentDetails) -> Change:
    """One word for what happened; a change of status outweighs one of staff, start, end and the rest, in this order."""
    if after.status is not before.status:
        return _CHANGE_TO[after.status]
    if after.staff_id != before.staff_id:
        return Change.REASSIGNED
    if after.start != before.start:
        return Change.RESCHEDULED
    return Change.RESIZED if after.end != before.end else Change.DETAILS


def local_start(appointment: AppointmentDetails) -> datetime:
    """The wall time that was agreed, without a zone: what must stay true when a zone's rules change."""
    return appointment.start.astimezone(ZoneInfo(appointment.timezone)).replace(tzinfo=None)


def _documents(conflicts: Sequence[ConflictDetails]) -> list[dict[str, object]]:
    return [conflict.model_dump(mode="json", exclude_none=True) for conflict in conflicts]
