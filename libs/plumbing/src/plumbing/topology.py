"""Names and properties of the exchange and of every queue; declaring them again changes nothing.

A service has one queue. What it cannot handle now waits in `retry.<queue>.<delay>`, from where RabbitMQ itself puts it
back; what it can never handle lies in `dlq.<queue>`. Everything here works on RabbitMQ 3.10 and on 4.x.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from plumbing.broker import RPC_SECONDS, Channel, as_unavailable

EXCHANGE = "events"
UNROUTED = "unrouted"
"""Exchange and queue of the events that nobody is bound to: kept for a week, the newest 100,000, in nobody's way."""

Ladder = tuple[timedelta, ...]
LADDER: Ladder = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
)
"""How long a message waits before each further try: 2 h 35 min in all."""

DELIVERY_LIMIT = 6
"""A backstop only: our own ledger parks a message after three lost attempts (see plumbing.inbox)."""

_MAX_QUEUE_BYTES = 1024**3
_NO_LIMIT = 1_000_000_000
"""Looking at a dead letter counts as a delivery, and from 4.0 on a queue has a limit unless it is told another."""

_DURABLE = {"x-queue-type": "quorum"}
_NEVER_DROP = {
    **_DURABLE,
    "x-dead-letter-exchange": "",
    "x-dead-letter-strategy": "at-least-once",
    "x-overflow": "reject-publish",
}


def dead_letters_of(queue: str) -> str:
    """Where messages lie that the queue's consumer could not handle."""
    return f"dlq.{queue}"


def retries_of(queue: str, delay: timedelta) -> str:
    """Where messages wait for so long, and are then put back into the queue."""
    return f"retry.{queue}.{_short(delay)}"


async def declare_exchange(channel: Channel) -> None:
    """What publishing needs. An event that no queue is bound to goes to `unrouted` and holds nobody up."""
    bounds = {
        "x-max-length": 100_000,
        "x-overflow": "drop-head",
        "x-message-ttl": int(timedelta(days=7) / timedelta(milliseconds=1)),
    }
    with as_unavailable():
        await channel.exchange_declare(UNROUTED, exchange_type="fanout", durable=True, timeout=RPC_SECONDS)
        await _queue(channel, UNROUTED, bounds)
        await channel.queue_bind(UNROUTED, UNROUTED, timeout=RPC_SECONDS)
        await channel.exchange_declare(
            EXCHANGE,
            exchange_type="topic",
            durable=True,
            arguments={"alternate-exchange": UNROUTED},
            timeout=RPC_SECONDS,
        )


async def declare_queue(channel: Channel, queue: str, types: Sequence[str], ladder: Ladder = LADDER) -> None:
    """What consuming needs: the service's queue, bound to these types of events, and where its failures go."""
    dead = dead_letters_of(queue)
    back = {**_NEVER_DROP, "x-dead-letter-routing-key": queue}
    with as_unavailable():
        await _queue(channel, dead, {**_DURABLE, "x-delivery-limit": _NO_LIMIT})
        for delay in ladder:
            await _queue(channel, retries_of(queue, delay), {**back, "x-message-ttl": _milliseconds(delay)})
        await _queue(
            channel,
            queue,
            {
                **_NEVER_DROP,
                "x-dead-letter-routing-key": dead,
                "x-delivery-limit": DELIVERY_LIMIT,
                "x-max-length-bytes": _MAX_QUEUE_BYTES,
            },
        )
        for event_type in types:
            await channel.queue_bind(queue, EXCHANGE, f"{event_type}.*", timeout=RPC_SECONDS)


async def _queue(channel: Channel, name: str, arguments: dict[str, Any]) -> None:
    await channel.queue_declare(name, durable=True, arguments=arguments, timeout=RPC_SECONDS)


def _milliseconds(delay: timedelta) -> int:
    return int(delay / timedelta(milliseconds=1))


def _short(delay: timedelta) -> str:
    """`5s`, `30m`, `2h`."""
    for unit, letters in ((timedelta(hours=1), "h"), (timedelta(minutes=1), "m"), (timedelta(seconds=1), "s")):
        if delay >= unit and not delay % unit:
            return f"{delay // unit}{letters}"
    return f"{_milliseconds(delay)}ms"
