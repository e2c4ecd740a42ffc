"""How a message leaves: what all channels have in common, one that is switched off, and rest for a broken one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from notifications.domain.deliveries import Receipt, SwitchedOff
from notifications.domain.kinds import Channel

BREAKS_AFTER = 5
"""So many tries in a row without an answer."""

REST = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A calendar's entry, and what it is to do with it."""

    content: bytes
    method: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message as it is handed to a provider, to one address. `id` is the same at every try."""

    id: str
    to: str
    text: str
    locale: str
    subject: str | None = None
    html: str | None = None
    invite: Attachment | None = None
    sender_name: str | None = None
    reply_to: str | None = None


type Leaves = Callable[[], None]
"""Called once, at the moment from which on a message may arrive whatever is heard of it; raises what then stops it."""


class Provider(Protocol):
    """Takes messages of one channel."""

    async def send(self, message: Outgoing, leaves: Leaves) -> Receipt:
        """Hand it over. Raises Refused, Unanswered and SwitchedOff."""
        ...

    async def close(self) -> None:
        """Let go of what is kept open."""
        ...


class NoProvider:
    """This product is not set up for the channel."""

    async def send(self, message: Outgoing, leaves: Leaves) -> Receipt:
        """Raises SwitchedOff."""
        raise SwitchedOff("switchedOff")

    async def close(self) -> None:
        """Nothing is open."""


class Breaker:
    """Leaves a provider in peace that has not answered several times in a row, and then tries it with one message."""

    def __init__(self) -> None:
        self._failures = 0
        self._rests_until: datetime | None = None

    def room(self, most: int, *, at: datetime) -> int:
        """How many messages may be tried now."""
        if self._rests_until is None:
            return most
        return 1 if at >= self._rests_until else 0

    def answered(self) -> None:
        """It takes messages, or refuses them: it is there."""
        self._failures, self._rests_until = 0, None

    def silent(self, *, at: datetime) -> None:
        """It did not answer."""
        self._failures += 1
        if self._failures >= BREAKS_AFTER:
            self._rests_until = at + REST


@dataclass(frozen=True, slots=True)
class Way:
    """A channel: its provider, and whether that is to be left in peace."""

    channel: Channel
    provider: Provider
    breaker: Breaker
