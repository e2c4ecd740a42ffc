"""The consumer of a service's queue: takes rounds of messages, has them handled, acknowledges them, for ever."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import structlog

from plumbing.arrivals import CANARY, type_of
from plumbing.broker import Broker, BrokerUnavailable, DeliveredMessage
from plumbing.canary import Canary
from plumbing.consumers import Consumers
from plumbing.db import UnitOfWork
from plumbing.delivery import Delivery
from plumbing.failpoints import reach
from plumbing.handling import Handling
from plumbing.problems import ServiceUnavailable
from plumbing.publisher import Publisher
from plumbing.topology import LADDER, Ladder, declare_exchange, declare_queue
from plumbing.unrouted import reclaim
from plumbing.waiting import wait_for_event

log = structlog.get_logger("consumer")

EFFECTS = 8
PROJECTIONS = 250
"""How many messages a round has at most: few where each is handled alone, many where they are handled together."""

OUTAGE_AFTER = 10
PROBE_SECONDS = 15.0
"""After ten failures in a row that are no message's fault, one message is tried every 15 s until one goes well."""

DRAIN_SECONDS = 20.0
LONGEST_PAUSE_SECONDS = 5.0


class Receiver:
    """The consumer of one process. Several processes of a service may share its queue.

    A message is acknowledged when it was handled, or when a copy of it was confirmed in a queue where it waits for
    another try or lies as a dead letter. None is ever put back by a rejection.
    """

    def __init__(
        self, consumers: Consumers, uow: UnitOfWork, broker: Broker, publisher: Publisher, ladder: Ladder = LADDER
    ) -> None:
        """`broker` is for consuming only: RabbitMQ may stop to read from connections that publish."""
        self._consumers = consumers
        self._broker = broker
        self._publisher = publisher
        self._ladder = ladder
        self._handling = Handling(consumers, uow, publisher, ladder)
        self._canary = Canary(publisher, consumers.name)
        self._most = PROJECTIONS if consumers.takes_batches else EFFECTS
        self._stopped = asyncio.Event()
        self._is_busy = False
        self._failures = 0

    def stop(self) -> None:
        """Let `run` end, once what has arrived is handled."""
        self._stopped.set()

    def silence(self) -> str | None:
        """What is wrong when this consumer gets nothing although RabbitMQ has something for it; for liveness."""
        return None if self._is_busy else self._canary.silence()

    async def run(self) -> None:
        """Consume until told to stop; connect again whenever the connection is lost."""
        while not self._stopped.is_set():
            try:
                await self._consume()
            except BrokerUnavailable as error:
                if not self._failures:
                    log.warning("consumer waits for RabbitMQ", reason=str(error))
            except Exception:
                log.exception("consumer failed")
            self._failures += 1
            await wait_for_event(self._stopped, _pause(self._failures))
        with suppress(BrokerUnavailable):
            await self._broker.close()

    async def _consume(self) -> None:
        """From a connection to its loss, or to the end of the process."""
        name = self._consumers.name
        channel = await self._broker.channel()
        await declare_exchange(channel)
        await declare_queue(channel, name, self._consumers.types, self._ladder)
        delivery = Delivery(channel, name, most=self._most)
        await delivery.begin()
        self._failures = 0
        self._canary.heard()
        singing = asyncio.create_task(self._canary.run(self._stopped))
        try:
            moved = await reclaim(self._broker, self._publisher, name, self._consumers.types)
            log.info("consumer listens", queue=name, types=self._consumers.types, reclaimed=moved)
            await self._take_rounds(delivery)
            await self._drain(delivery)
        finally:
            singing.cancel()
            with suppress(BrokerUnavailable):
                await delivery.close()

    async def _take_rounds(self, delivery: Delivery) -> None:
        while messages := await delivery.next(self._round_size, self._stopped):
            if not await self._settle(messages, delivery):
                return
            if self._is_outage:
                log.warning("consumer pauses", failures_in_a_row=self._handling.outages_in_a_row)
                await wait_for_event(self._stopped, PROBE_SECONDS)

    async def _drain(self, delivery: Delivery) -> None:
        """Handle what is in memory already, unless what is around us has failed anyway."""
        await delivery.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_SECONDS):
                while not self._is_outage and (messages := delivery.taken(self._most)):
                    if not await self._settle(messages, delivery):
                        return

    async def _settle(self, messages: Sequence[DeliveredMessage], delivery: Delivery) -> bool:
        """Have a round handled and acknowledge it; False when the process ends before the database answers."""
        self._is_busy = True
        try:
            events = [message for message in messages if type_of(message) != CANARY]
            if not await self._handle_when_possible(events, delivery):
                return False
            await reach("consumer.before_ack")
            await delivery.acknowledge(messages)
            return True
        finally:
            self._canary.heard()
            self._is_busy = False

    async def _handle_when_possible(self, events: Sequence[DeliveredMessage], delivery: Delivery) -> bool:
        """While the database does not answer, wait with the round in hand: it is nobody's failed attempt."""
        failures = 0
        while True:
            try:
                await self._handling.settle(events)
            except ServiceUnavailable as error:
                if not failures:
                    log.warning("consumer waits for the database", reason=error.code())
                failures += 1
                if await wait_for_event(self._stopped, _pause(failures)):
                    return False
                delivery.refuse_if_lost()
            else:
                return True

    @property
    def _is_outage(self) -> bool:
        return self._handling.outages_in_a_row >= OUTAGE_AFTER

    @property
    def _round_size(self) -> int:
        return 1 if self._is_outage else self._most


def _pause(failures: int) -> float:
    return min(0.5 * 2 ** min(failures, 10), LONGEST_PAUSE_SECONDS)
