"""What is counted about events: what waits to be told, what was told, what became of what was heard."""

from prometheus_client import Counter, Gauge

from plumbing.db import UnitOfWork

WAITING = Gauge("outbox_events", "Events that wait to be published")
OLDEST_SECONDS = Gauge("outbox_oldest_seconds", "For how long the oldest event has waited to be published")
PUBLISHED = Counter("outbox_published_total", "Events that RabbitMQ has confirmed")
CONSUMED = Counter("events_consumed_total", "Messages by what became of them", ["type", "result"])
"""`handled`; `known`: seen before; `retried`: waits for another try; `dead`: lies in the dead-letter queue."""

_OUTBOX = "SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0) FROM outbox"


async def measure_outbox(uow: UnitOfWork) -> None:
    """Look how much waits in the outbox."""
    [(waiting, oldest)] = await uow.single(_OUTBOX)
    WAITING.set(waiting)
    OLDEST_SECONDS.set(float(oldest))
