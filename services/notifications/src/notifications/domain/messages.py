"""A message: what somebody is to be told, until when, how often it was tried, and when it is true no more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from contracts.appointments import AppointmentDetails, Status
from contracts.ids import AppointmentId, BusinessId, CustomerId, MessageId, StaffId
from notifications.domain.kinds import ENDED_KINDS, LIVE_KINDS, Audience, Channel, Kind
from plumbing.problems import Problem

LADDER = tuple(timedelta(seconds=seconds) for seconds in (0, 30, 2 * 60, 10 * 60, 60 * 60, 4 * 60 * 60, 12 * 60 * 60))
"""How long after the try before it each try is made; after the last one a message is given up."""

LEASE = timedelta(seconds=60)
"""So long a message is one process's to send. If the process dies, another one sends it then."""

MONEY_LIFE = timedelta(days=7)
"""What became of a deposit is still news after that time, and then not any more."""

_LIVE = frozenset({Status.PENDING, Status.CONFIRMED})


class State(StrEnum):
    """How far a message is."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    """Given up: the owner sees it."""
    SKIPPED = "skipped"
    """Not sent, on purpose: it was true no more, or there was no way to send it."""


class MessageNotFailed(Problem):
    """Only a message that has failed can be sent again."""

    status = HTTPStatus.CONFLICT


class MessageOver(Problem):
    """The time in which this message would have been of use is over."""

    status = HTTPStatus.CONFLICT


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one addressee by one channel. `recipient` is set where no appointment says who it is."""

    business_id: BusinessId
    id: MessageId
    kind: Kind
    channel: Channel
    audience: Audience
    due_at: datetime
    expires_at: datetime
    appointment_id: AppointmentId | None = None
    appointment_revision: int | None = None
    customer_id: CustomerId | None = None
    staff_id: StaffId | None = None
    """Whoever gave the service when this was planned: the audience `staff`."""
    start_at: datetime | None = None
    recipient: str | None = None
    payload: Mapping[str, Any] = field(default_factory=dict[str, Any])
    attempts: int = 0
    state: State = State.WAITING
    reason: str | None = None
    revision: int = 1


@dataclass(frozen=True, slots=True)
class KnownAppointment:
    """An appointment as this service last heard of it."""

    details: AppointmentDetails
    deleted: bool

    @property
    def is_live(self) -> bool:
        """Whether it is going to take place."""
        return not self.deleted and self.details.status in _LIVE


def untrue(message: Message, known: KnownAppointment | None) -> str | None:
    """Why what a message says is not so any more; None when it still is."""
    if message.kind in LIVE_KINDS:
        return _untrue_of_live(message, known)
    if message.kind in ENDED_KINDS and known is not None and known.is_live:
        return "takesPlace"
    return None


def next_try(attempts: int, *, at: datetime, ladder: Sequence[timedelta] = LADDER) -> datetime | None:
    """When what was tried so often is tried again; None when it is given up."""
    return at + ladder[attempts] if attempts < len(ladder) else None


def _untrue_of_live(message: Message, known: KnownAppointment | None) -> str | None:
    if known is None:
        return None
    if not known.is_live:
        return "cancelled"
    if message.start_at != known.details.start:
        return "moved"
    if message.kind is Kind.CONFIRMED and known.details.status is not Status.CONFIRMED:
        return "notConfirmed"
    if message.kind is Kind.WAITING_LIST_OFFER and known.details.expires_at is None:
        return "accepted"
    return None
