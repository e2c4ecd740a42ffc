"""Handling what has arrived: the ledger first, then each effect with its note in the inbox, in one transaction."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

import structlog

from plumbing.arrivals import Arrival, by_subject, in_groups, read, type_of
from plumbing.broker import BrokerUnavailable, DeliveredMessage
from plumbing.clock import utc_now
from plumbing.consumers import Consumers
from plumbing.db import UnitOfWork
from plumbing.event_metrics import CONSUMED
from plumbing.failpoints import reach
from plumbing.failures import ProcessDied, is_outage, is_unexpected, judge
from plumbing.inbox import MOST_ATTEMPTS, Inbox
from plumbing.problems import ServiceUnavailable
from plumbing.publisher import Publisher
from plumbing.topology import LADDER, Ladder
from plumbing.tracing import consuming

log = structlog.get_logger("consumer")

AT_ONCE = 4
"""So many subjects are handled side by side; the events of one never are."""
HANDLER_SECONDS = 30.0


class Handling:
    """Handles messages of one consumer."""

    def __init__(self, consumers: Consumers, uow: UnitOfWork, publisher: Publisher, ladder: Ladder = LADDER) -> None:
        self._consumers = consumers
        self._uow = uow
        self._inbox = Inbox(uow, consumers.name)
        self._publisher = publisher
        self._ladder = ladder
        self._places = asyncio.Semaphore(AT_ONCE)
        self.outages_in_a_row = 0
        """How often handling has failed for what is around us, since it last went well."""

    async def settle(self, messages: Sequence[DeliveredMessage]) -> None:
        """Bring every message to an end: handled, or put aside as a copy. Then all of them can be acknowledged.

        Raises ServiceUnavailable before anything is done, and BrokerUnavailable when a copy could not be published.
        """
        arrivals = await self._read(messages)
        if not arrivals:
            return
        await reach("consumer.before_attempt")
        careful = {arrival.id for arrival in arrivals if arrival.needs_ledger}
        begun = await self._inbox.begin(careful)
        ready: dict[UUID, Arrival] = {}
        for arrival in arrivals:
            if arrival.id in begun.again:
                # Its handling once ended with the process: nothing else is under way while it is tried again.
                await self._handle(list(ready.values()))
                ready.clear()
                await self._handle_suspect(arrival)
            elif arrival.id in begun.first or arrival.id not in careful:
                ready.setdefault(arrival.id, arrival)
            else:
                _count([arrival], "known")
        await self._handle(list(ready.values()))

    async def _read(self, messages: Sequence[DeliveredMessage]) -> list[Arrival]:
        arrivals: list[Arrival] = []
        for message in messages:
            try:
                arrivals.append(read(message, self._consumers))
            except Exception as error:  # noqa: BLE001  # whatever is wrong with a message, it must not hold up others
                await self._put_aside(message, error)
        return arrivals

    async def _handle(self, arrivals: Sequence[Arrival]) -> None:
        for group in in_groups(arrivals):
            if len(group) > 1 and group[0].reaction.together:
                await self._handle_together(group)
            else:
                await self._handle_each(group)

    async def _handle_together(self, group: Sequence[Arrival]) -> None:
        """All in one transaction; when that fails, one by one, as if each had come alone."""
        first = group[0]
        try:
            with consuming(first.event.type, *(arrival.traceparent for arrival in group)):
                await self._apply(group)
        except Exception as error:  # noqa: BLE001  # the one at fault is found by handling each alone
            log.warning("batch failed", type=first.event.type, events=len(group), error=type(error).__name__)
            await self._inbox.begin({arrival.id for arrival in group})
            await self._handle_each(group)
        else:
            self.outages_in_a_row = 0

    async def _handle_each(self, group: Sequence[Arrival]) -> None:
        """Each in its own transaction; several subjects side by side, the events of each in their order."""
        try:
            async with asyncio.TaskGroup() as tasks:
                for chain in by_subject(group):
                    tasks.create_task(self._handle_chain(chain))
        except* BrokerUnavailable as failed:
            raise BrokerUnavailable("messages could not be put aside") from failed

    async def _handle_chain(self, chain: Sequence[Arrival]) -> None:
        async with self._places:
            for arrival in chain:
                await self._handle_one(arrival)

    async def _handle_suspect(self, arrival: Arrival) -> None:
        attempts = await self._inbox.begin_again(arrival.id)
        if attempts is None:
            _count([arrival], "known")
        elif attempts > MOST_ATTEMPTS:
            await self._put_aside(arrival.message, ProcessDied(), arrival)
        else:
            await self._handle_one(arrival)

    async def _handle_one(self, arrival: Arrival) -> None:
        with consuming(arrival.event.type, arrival.traceparent):
            try:
                await self._apply([arrival])
            except Exception as error:  # noqa: BLE001  # every failure has an end: another try, or a dead letter
                self.outages_in_a_row += is_outage(error)
                await self._put_aside(arrival.message, error, arrival)
            else:
                self.outages_in_a_row = 0

    async def _apply(self, group: Sequence[Arrival]) -> None:
        """The effect and the note that it is done, in one transaction; what was done before is left out."""
        reaction = group[0].reaction
        async with asyncio.timeout(HANDLER_SECONDS), self._uow.across_businesses() as tx:
            new = await self._inbox.finish(tx, {arrival.id for arrival in group})
            events = [arrival.event for arrival in group if arrival.id in new]
            if events:
                await reaction.handle(tx, events if reaction.together else events[0])
            await reach("consumer.mid_effect")
        _count([arrival for arrival in group if arrival.id in new], "handled")
        _count([arrival for arrival in group if arrival.id not in new], "known")

    async def _put_aside(self, message: DeliveredMessage, error: Exception, arrival: Arrival | None = None) -> None:
        """Publish a copy to where it waits or lies; only when that is confirmed does the message count as settled."""
        queue = self._consumers.name
        verdict = judge(message, error, queue=queue, ladder=self._ladder, now=utc_now())
        await self._publisher.publish(verdict.copy)
        await reach("consumer.after_retry_publish")
        result = "dead" if verdict.delay is None else "retried"
        CONSUMED.labels(type_of(message), result).inc()
        log.warning(
            f"message {result}",
            type=type_of(message),
            message_id=verdict.copy.message_id,
            error=type(error).__name__,
            again_in=str(verdict.delay) if verdict.delay else None,
            exc_info=error if is_unexpected(error) else None,
        )
        if arrival is not None:
            with suppress(ServiceUnavailable):
                await self._inbox.forget_attempts(arrival.id)


def _count(group: Sequence[Arrival], result: str) -> None:
    if group:
        CONSUMED.labels(group[0].event.type, result).inc(len(group))
