"""What a service listens to: the registry of its reactions to events."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.envelope import Event
from plumbing.db import Tx

type Handle[E: Event] = Callable[[Tx, E], Awaitable[None]]
type HandleMany[E: Event] = Callable[[Tx, Sequence[E]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Reaction:
    """What is done about one type of event: with each alone, or with all that have arrived, in one transaction."""

    kind: type[Event]
    handle: Callable[[Tx, Any], Awaitable[None]]
    together: bool


class Consumers:
    """The reactions of a service, one per type of event; its queue and its inbox carry the same name.

    A reaction runs in a transaction across businesses, together with the note in the inbox that it was done: whatever
    happens, its effect is there once. Events of one subject come in their order, except those that wait for another
    try after a failure; so a copy still has to compare revisions before it overwrites anything.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._reactions: dict[str, Reaction] = {}

    def on[E: Event](self, kind: type[E]) -> Callable[[Handle[E]], Handle[E]]:
        """React to each event of this kind, in a transaction of its own."""

        def register(handle: Handle[E]) -> Handle[E]:
            self._add(Reaction(kind, handle, together=False))
            return handle

        return register

    def on_batch[E: Event](self, kind: type[E]) -> Callable[[HandleMany[E]], HandleMany[E]]:
        """React to all events of this kind that have arrived, in one transaction: for copies that change often.

        When that fails the events are handed over one by one, so that the one at fault delays no other.
        """

        def register(handle: HandleMany[E]) -> HandleMany[E]:
            self._add(Reaction(kind, handle, together=True))
            return handle

        return register

    @property
    def types(self) -> tuple[str, ...]:
        """The types of events that are listened to."""
        return tuple(sorted(self._reactions))

    @property
    def takes_batches(self) -> bool:
        """Whether any reaction is to many events at once."""
        return any(reaction.together for reaction in self._reactions.values())

    def reaction_to(self, event_type: str) -> Reaction | None:
        """What is done about events of this type."""
        return self._reactions.get(event_type)

    def _add(self, reaction: Reaction) -> None:
        if reaction.kind.type in self._reactions:
            raise ValueError(f"{self.name} reacts to {reaction.kind.type} already")
        self._reactions[reaction.kind.type] = reaction
