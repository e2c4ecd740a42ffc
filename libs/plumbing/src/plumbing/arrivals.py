"""What a message says: an event that somebody here reacts to, or why it can never be understood."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ValidationError

from contracts.envelope import Event
from plumbing.broker import DeliveredMessage
from plumbing.consumers import Consumers, Reaction

CANARY = "canary"
"""The type of the messages by which a consumer finds out whether it still gets any."""


class NotUnderstood(Exception):
    """This message can never be handled by this code, however often it is tried."""


class NobodyReacts(Exception):
    """No reaction to this type is known here; a newer process beside this one may have it."""


class _Message[E: Event](BaseModel):
    """The parts of the envelope that are needed; unknown ones are ignored."""

    id: UUID
    type: str
    subject: UUID
    dataschema: str
    data: E


@dataclass(frozen=True, slots=True)
class Arrival:
    """An event that has arrived, and what is to be done about it."""

    message: DeliveredMessage
    id: UUID
    subject: UUID
    event: Event
    reaction: Reaction

    @property
    def needs_ledger(self) -> bool:
        """Whether its handling is noted before it begins.

        Not so for the first delivery to a reaction to many: should it end the process, every message of that round
        comes again, marked as redelivered, and is noted then.
        """
        return not self.reaction.together or bool(self.message.redelivered)

    @property
    def traceparent(self) -> str | None:
        """The trace that the event belongs to."""
        return headers_of(self.message).get("traceparent")


def read(message: DeliveredMessage, consumers: Consumers) -> Arrival:
    """The event in a message. Raises NotUnderstood or NobodyReacts."""
    event_type = type_of(message)
    reaction = consumers.reaction_to(event_type)
    if reaction is None:
        raise NobodyReacts(f"nobody reacts to {event_type}")
    try:
        found = _shape_of(reaction.kind).model_validate_json(message.body, extra="ignore")
    except ValidationError as error:
        raise NotUnderstood(_words(error)) from error
    if found.type != event_type or found.dataschema != reaction.kind.schema_name():
        raise NotUnderstood(f"{found.dataschema} instead of {reaction.kind.schema_name()}")
    return Arrival(message, found.id, found.subject, found.data, reaction)


def in_groups(arrivals: Sequence[Arrival]) -> list[list[Arrival]]:
    """As few groups as keep the order of every subject, in each the same batch reaction or none.

    An event joins the last group of its kind unless a later group has its subject already.
    """
    groups: list[list[Arrival]] = []
    last_of_kind: dict[Reaction | None, int] = {}
    last_of_subject: dict[UUID, int] = {}
    for arrival in arrivals:
        kind = arrival.reaction if arrival.reaction.together else None
        place = last_of_kind.get(kind, -1)
        if place < 0 or place < last_of_subject.get(arrival.subject, -1):
            place = len(groups)
            groups.append([])
        groups[place].append(arrival)
        last_of_kind[kind] = last_of_subject[arrival.subject] = place
    return groups


def by_subject(arrivals: Sequence[Arrival]) -> list[list[Arrival]]:
    """The events of each subject, in their order."""
    chains: dict[UUID, list[Arrival]] = {}
    for arrival in arrivals:
        chains.setdefault(arrival.subject, []).append(arrival)
    return list(chains.values())


def headers_of(message: DeliveredMessage) -> dict[str, Any]:
    """The message's headers."""
    return message.header.properties.headers or {}


def type_of(message: DeliveredMessage) -> str:
    """The type of the event, as the message's properties give it."""
    return message.header.properties.message_type or ""


@cache
def _shape_of(kind: type[Event]) -> type[_Message[Any]]:
    return _Message[kind]


def _words(error: ValidationError) -> str:
    """Where and how it is wrong, without the values: they may be personal."""
    return "; ".join(
        f"/{'/'.join(map(str, item['loc']))}: {item['type']}"
        for item in error.errors(include_input=False, include_url=False, include_context=False)[:5]
    )
