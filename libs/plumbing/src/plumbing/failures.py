"""What becomes of a message that could not be handled: another try later, or the dead-letter queue."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from contracts.wire import rfc3339
from plumbing.arrivals import NobodyReacts, NotUnderstood, headers_of, type_of
from plumbing.broker import BrokerUnavailable, DeliveredMessage
from plumbing.problems import Problem, ServiceUnavailable
from plumbing.publisher import Outgoing
from plumbing.topology import Ladder, dead_letters_of, retries_of

ATTEMPTS = "x-attempts"
ERROR = "x-error"
DETAIL = "x-detail"
FIRST_FAILED_AT = "x-first-failed-at"
QUEUE = "x-queue"
OURS = frozenset({ATTEMPTS, ERROR, DETAIL, FIRST_FAILED_AT, QUEUE})
"""Headers that tell what happened to a message; dropped when it is replayed."""


class ProcessDied(Exception):
    """The process ended each time while it handled this message."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where a copy of the message goes; `delay` is None for the dead-letter queue."""

    delay: timedelta | None
    copy: Outgoing


def judge(message: DeliveredMessage, error: Exception, *, queue: str, ladder: Ladder, now: datetime) -> Verdict:
    """The next rung of the ladder, or its end. What can never be handled goes to the end at once."""
    headers = headers_of(message)
    tried = int(headers.get(ATTEMPTS, 0))
    final = is_permanent(error) or tried >= len(ladder)
    delay = None if final else ladder[tried]
    copy = Outgoing(
        exchange="",
        routing_key=dead_letters_of(queue) if delay is None else retries_of(queue, delay),
        body=message.body,
        message_id=message.header.properties.message_id or "",
        type=type_of(message),
        headers={
            **{name: value for name, value in headers.items() if not name.startswith("x-")},
            ATTEMPTS: tried + 1,
            ERROR: type(error).__name__,
            DETAIL: _detail(error),
            FIRST_FAILED_AT: headers.get(FIRST_FAILED_AT) or rfc3339(now),
            QUEUE: queue,
        },
    )
    return Verdict(delay, copy)


def is_permanent(error: Exception) -> bool:
    """Whether another try cannot help: not understood, refused for a reason, or deadly to the process.

    Anything unexpected may help itself: it climbs the ladder, and is logged at every step.
    """
    if isinstance(error, Problem):
        return not isinstance(error, ServiceUnavailable)
    return isinstance(error, NotUnderstood | ProcessDied)


def is_outage(error: Exception) -> bool:
    """Whether it says something about what is around us, and nothing about the message."""
    return isinstance(error, ServiceUnavailable | BrokerUnavailable | OSError)


def is_unexpected(error: Exception) -> bool:
    """Whether it is a defect that somebody has to look at."""
    return not is_outage(error) and not isinstance(error, Problem | NotUnderstood | NobodyReacts | ProcessDied)


def replayed(message: DeliveredMessage, queue: str) -> Outgoing:
    """The message as it was before it failed, for the queue in which it was."""
    headers: dict[str, Any] = {name: value for name, value in headers_of(message).items() if not name.startswith("x-")}
    properties = message.header.properties
    return Outgoing("", queue, message.body, properties.message_id or "", type_of(message), headers)


def _detail(error: Exception) -> str:
    """Words of ours only: those of others may hold values."""
    return str(error)[:500] if isinstance(error, NotUnderstood | NobodyReacts) else ""
