"""Events: the relay that empties the outbox, and the consumer that copies claims, against one confirm at a time."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from uuid import UUID

import psutil

from tests.load import backlog
from tests.load.baselines import confirms
from tests.load.figure import Comparison, Effort, Figure, Measure, Plan
from tests.load.samples import Sample, Target
from tests.load.site import Site, counted
from tests.load.stage import Stage

B5 = "B5"
APPOINTMENTS_A_SECOND = 6_000
"""So many appointments are told in place of each second."""
_WAITING = "SELECT count(*) FROM outbox"
_COPIED = "SELECT count(*) FROM claims_copy WHERE business_id = $1 AND bookable_id = ANY($2::uuid[])"


class Passage:
    """Events on their way from the outbox of appointments to the copy in availability, one half of it at a time."""

    def __init__(self, site: Site, appointments: int) -> None:
        self._site = site
        self._appointments = appointments
        self._staff: list[UUID] = []

    async def relay(self) -> Sample:
        """While the listener is stopped (SIGSTOP): from the outbox into the queues."""
        self._listener().suspend()
        self._staff = backlog.new_staff()
        async with self._site.database("appointments") as connection:
            events = await backlog.put(connection, self._site.business_id, self._appointments, self._staff)
            return Sample(await backlog.emptied(lambda: counted(connection, _WAITING), events))

    async def consumer(self) -> Sample:
        """With nobody who publishes: from the queue into the copy."""
        async with self._site.database("availability") as connection:

            async def left() -> int:
                return self._appointments - await counted(connection, _COPIED, self._site.business_id, self._staff)

            self._listener().resume()
            return Sample(await backlog.emptied(left, self._appointments))

    def _listener(self) -> psutil.Process:
        process = self._site.product.service("availability").processes[0].child.process
        assert process is not None, "availability does not run"
        return process


@asynccontextmanager
async def prepare(stage: Stage, effort: Effort) -> AsyncGenerator[Plan]:
    """The service processes themselves, with a million claims in the copy."""
    site = await stage.large()
    passage = Passage(site, int(effort.seconds * APPOINTMENTS_A_SECOND))
    async with confirms.connected(site.product.amqp_url) as publish:
        measures: dict[str, Measure] = {
            B5: lambda: publish(effort.seconds),
            "relay": passage.relay,
            "consumer": passage.consumer,
        }
        yield Plan(measures, _COMPARISONS)


_COMPARISONS = (
    Comparison("relay: outbox → RabbitMQ, confirmed", "relay", B5, Target(4)),
    Comparison("consumer: RabbitMQ → copy of the claims", "consumer", B5, Target(6)),
)

EVENTS = Figure("events", "Events through a backlog, against publishing with one outstanding confirm (B5)", prepare)
