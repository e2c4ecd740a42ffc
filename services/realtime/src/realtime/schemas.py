"""What JSON goes over a socket: which events are shown, as what; `hello`, and how a client signs in."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from contracts.accounts import BusinessChanged
from contracts.appointments import AppointmentCreated, AppointmentDeleted, AppointmentUpdated
from contracts.availability import (
    AppointmentConflicted,
    HoursChanged,
    ResourceChanged,
    ServiceChanged,
    StaffChanged,
    TimeOffAdded,
    TimeOffRemoved,
    TimeOffUpdated,
)
from contracts.envelope import Event
from contracts.notifications import MessageFailed
from contracts.wire import Instant, Wire, rfc3339
from plumbing.auth import Role
from realtime.domain.limits import LARGEST_MESSAGE
from realtime.domain.messages import Message

HEARTBEAT_SECONDS = 20
"""So often a client is sent a ping."""

_OWNERS = frozenset({Role.OWNER})


class _Told[E: Event](BaseModel):
    """The parts of the envelope that a client is shown; the others, and those that are new, are not looked at."""

    id: Any
    time: Instant
    data: E


@dataclass(frozen=True, slots=True)
class Shown[E: Event]:
    """How an event is shown: its snapshot, and what it is news of."""

    kind: type[E]
    data: Callable[[E], Mapping[str, Any]]
    subject: Callable[[E], Hashable]
    only_for: Callable[[E], frozenset[Role] | None]

    def message(self, body: bytes) -> tuple[Message, datetime]:
        """The message that tells of it, and when it happened. Raises pydantic.ValidationError for any other kind."""
        told: _Told[E] = _told(self.kind).model_validate_json(body, extra="ignore")
        event = told.data
        rest = {
            "id": str(told.id),
            "revision": event.revision,
            "time": rfc3339(told.time),
            "data": self.data(event),
        }
        head = b'{"type":"' + event.type.encode() + b'","sequence":'
        tail = b"," + orjson.dumps(rest)[1:]
        made = Message(event.type, self.subject(event), event.revision, head, tail, self.only_for(event))
        return made, told.time


class Auth(BaseModel):
    """The first message of a client that has no cookie."""

    model_config = ConfigDict(extra="forbid", strict=True)

    type: Literal["auth"]
    token: str


def hello(sequence: int) -> Message:
    """The first message of a connection, and of whatever may have been missed in the middle of one."""
    tail = orjson.dumps({"heartbeatSeconds": HEARTBEAT_SECONDS})[1:]
    return Message("hello", "hello", sequence, b'{"type":"hello","sequence":', b"," + tail)


def token_of(text: bytes) -> str | None:
    """The token of a message that signs in; None for any other message."""
    if len(text) > LARGEST_MESSAGE:
        return None
    try:
        return Auth.model_validate_json(text).token
    except ValidationError:
        return None


def _appointment(event: AppointmentCreated | AppointmentUpdated) -> Mapping[str, Any]:
    return _json(event.appointment)


def _with_history(event: Any, details: Wire) -> Mapping[str, Any]:
    """What a call answers of something that is kept with its history."""
    more = {"businessId": str(event.business_id), "revision": event.revision}
    moments = {"createdAt": event.created_at, "updatedAt": event.updated_at}
    return _json(details) | more | {name: rfc3339(at) for name, at in moments.items() if at is not None}


def _business(event: BusinessChanged) -> Mapping[str, Any]:
    answered = dict(_with_history(event, event.business))
    return {"id": answered.pop("businessId"), **answered}


def _conflicted(event: AppointmentConflicted) -> Mapping[str, Any]:
    return {name: value for name, value in _json(event).items() if name not in {"businessId", "revision"}}


def _may_know(event: MessageFailed) -> frozenset[Role]:
    """As in the list of messages: of invitations owners alone; staff would have to be told whose appointment it is."""
    return _OWNERS if event.message.audience == "invited" else _OWNERS | {Role.MANAGER}


def _everybody(_: Event) -> None:
    return None


def _only_id(event: Event) -> Mapping[str, Any]:
    return {"id": str(event.subject)}


def _json(wire: Wire) -> dict[str, Any]:
    return wire.model_dump(mode="json")


def _shown[E: Event](
    kind: type[E],
    data: Callable[[E], Mapping[str, Any]],
    *,
    subject: Callable[[E], Hashable] | None = None,
    only_for: Callable[[E], frozenset[Role] | None] = _everybody,
) -> tuple[str, Shown[Any]]:
    family = kind.type.partition(".")[0]
    return kind.type, Shown(kind, data, subject or (lambda event: (family, event.subject)), only_for)


SHOWN: Mapping[str, Shown[Any]] = dict(
    (
        _shown(AppointmentCreated, _appointment),
        _shown(AppointmentUpdated, _appointment),
        _shown(AppointmentDeleted, _only_id),
        _shown(TimeOffAdded, lambda event: _with_history(event, event.time_off)),
        _shown(TimeOffUpdated, lambda event: _with_history(event, event.time_off)),
        _shown(TimeOffRemoved, _only_id),
        _shown(ServiceChanged, lambda event: _with_history(event, event.service)),
        _shown(StaffChanged, lambda event: _with_history(event, event.staff)),
        _shown(ResourceChanged, lambda event: _with_history(event, event.resource)),
        _shown(HoursChanged, lambda event: {"staffId": str(event.staff_id)}),
        _shown(BusinessChanged, _business),
        _shown(
            AppointmentConflicted,
            _conflicted,
            subject=lambda event: ("conflicted", event.appointment_id, event.staff_id),
        ),
        _shown(MessageFailed, lambda event: _json(event.message), only_for=_may_know),
    )
)
"""Every type that a client is shown. Whatever is not in a snapshot named here stays inside."""


@cache
def _told(kind: type[Event]) -> type[_Told[Any]]:
    return _Told[kind]
