"""The relay: publishes what the outbox holds, in order, and deletes it once RabbitMQ has it.

A partition is published by one relay at a time, whichever process gets its lock; the events of a subject are in one
partition, so they keep their order. Nothing is lost: a row is deleted after its confirmation. A crash between the two
publishes it again, with the same message id.
"""

import asyncio
import time
from collections.abc import Sequence
from random import uniform

import structlog

from plumbing.broker import BrokerUnavailable
from plumbing.db import Tx, UnitOfWork
from plumbing.event_metrics import PUBLISHED
from plumbing.failpoints import reach
from plumbing.outbox import PARTITIONS
from plumbing.problems import ServiceUnavailable
from plumbing.publisher import Outgoing, Publisher
from plumbing.session import Row
from plumbing.topology import EXCHANGE
from plumbing.waiting import wait_for_event

log = structlog.get_logger("relay")

POLL_SECONDS = 0.25
GATHER_SECONDS = 0.01
"""While events flow a pass begins so long after the one before it began, and publishes all committed meanwhile."""
LONGEST_PAUSE_SECONDS = 5.0
FLUSH_SECONDS = 5.0
PER_PARTITION = 100

_LOCKS = 0x5D1A
_WAITING = f"SELECT p FROM generate_series(0, {PARTITIONS - 1}) p WHERE EXISTS (SELECT 1 FROM outbox WHERE part = p)"  # noqa: S608  # a constant
_LOCK = f"SELECT p FROM unnest($1::int[]) p WHERE pg_try_advisory_xact_lock({_LOCKS}, p)"  # noqa: S608  # a constant
_OLDEST = f"""
SELECT o.* FROM unnest($1::int[]) p CROSS JOIN LATERAL (
    SELECT id, part, event_id, routing_key, body, traceparent FROM outbox
    WHERE part = p ORDER BY id LIMIT {PER_PARTITION}
) o
"""  # noqa: S608  # a constant
_DELETE = "DELETE FROM outbox WHERE id = ANY($1::bigint[])"


class Relay:
    """The relay of one process. Several processes of a service may have theirs side by side."""

    def __init__(self, uow: UnitOfWork, publisher: Publisher, *, gather_seconds: float = GATHER_SECONDS) -> None:
        """`uow` should be on connections of its own: a busy pool must not hold the events up."""
        self._uow = uow
        self._publisher = publisher
        self._gather_seconds = gather_seconds
        self._gathers_until = 0.0
        """By the monotonic clock. What happens after that happens alone, and is published at once."""
        self._woken = asyncio.Event()
        self._stopped = asyncio.Event()
        self._failures = 0

    def wake(self) -> None:
        """A hint that there is something to publish; without it that is found within 250 ms."""
        self._woken.set()

    def stop(self) -> None:
        """Let `run` end, after it has published what is left."""
        self._stopped.set()
        self._woken.set()

    async def run(self) -> None:
        """Publish until told to stop, through every outage of RabbitMQ and of the database."""
        while not self._stopped.is_set():
            self._woken.clear()
            if not await self._try():
                await self._rest()
        await self._flush()

    async def publish_waiting(self) -> int:
        """One pass over all partitions that no other relay holds; how many events were published.

        Raises BrokerUnavailable or ServiceUnavailable; what was confirmed before that is deleted nevertheless.
        """
        parts = [row[0] for row in await self._uow.single(_WAITING)]
        if not parts:
            return 0
        async with self._uow.across_businesses() as tx:
            # Two statements, as the rows must be seen as they are once the locks are ours.
            locked = [row[0] for row in await tx.fetch(_LOCK, parts)]
            rows = await tx.fetch(_OLDEST, locked) if locked else []
            done = await self._publish(tx, rows) if rows else 0
        PUBLISHED.inc(done)
        if done < len(rows):
            await self._publisher.reopen()
            raise BrokerUnavailable(f"{len(rows) - done} events were not confirmed")
        return done

    async def _publish(self, tx: Tx, rows: Sequence[Row]) -> int:
        await reach("relay.after_fetch")
        sent = await self._publisher.send([_outgoing(row) for row in rows])
        await reach("relay.after_publish")
        done = _deletable(rows, await sent.confirmed())
        await reach("relay.after_confirm")
        await tx.fetch(_DELETE, done)
        return len(done)

    async def _try(self) -> bool:
        """A pass that survives an outage; whether there may be more to publish at once."""
        begun = time.monotonic()
        try:
            await self._publisher.open()
            published = await self.publish_waiting()
        except (BrokerUnavailable, ServiceUnavailable) as error:
            if not self._failures:
                log.warning("events wait in the outbox", reason=str(error))
            self._failures += 1
            return False
        except Exception:
            log.exception("relay failed")
            self._failures += 1
            return False
        if self._failures:
            log.info("events are published again", after_failures=self._failures)
        self._failures = 0
        if published:
            self._gathers_until = begun + self._gather_seconds
        return published >= PER_PARTITION

    async def _rest(self) -> None:
        """Until the next hint or poll; during an outage longer and longer, whatever is hinted."""
        if self._failures:
            pause = min(POLL_SECONDS * 2 ** min(self._failures, 10), LONGEST_PAUSE_SECONDS)
            await wait_for_event(self._stopped, pause * uniform(0.5, 1.0))  # noqa: S311  # no secret
        elif await wait_for_event(self._woken, POLL_SECONDS):
            await wait_for_event(self._stopped, self._gathers_until - time.monotonic())

    async def _flush(self) -> None:
        try:
            async with asyncio.timeout(FLUSH_SECONDS):
                while await self.publish_waiting():
                    pass
        except (BrokerUnavailable, ServiceUnavailable, TimeoutError):
            log.warning("events are left in the outbox for the next process")
        except Exception:
            log.exception("relay failed at its end")


def _outgoing(row: Row) -> Outgoing:
    traceparent = row["traceparent"]
    return Outgoing(
        exchange=EXCHANGE,
        routing_key=row["routing_key"],
        body=row["body"].encode(),
        message_id=str(row["event_id"]),
        type=row["routing_key"].rpartition(".")[0],
        headers={"traceparent": traceparent} if traceparent else {},
    )


def _deletable(rows: Sequence[Row], confirmed: Sequence[bool]) -> list[int]:
    """The ids of what is confirmed, in each partition up to the first that is not: the rest keeps its order."""
    stuck: set[int] = set()
    done: list[int] = []
    for row, is_confirmed in zip(rows, confirmed, strict=True):
        if not is_confirmed:
            stuck.add(row["part"])
        elif row["part"] not in stuck:
            done.append(row["id"])
    return done
