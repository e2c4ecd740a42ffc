"""Republishing: each service tells its present state again, as the same events."""

from collections.abc import Awaitable, Callable

import accounts.jobs
import appointments.jobs
import availability.jobs
import booking_public.jobs
import notifications.jobs
from plumbing.db import UnitOfWork, create_engine
from sundial.environment import Service, database_url

_REPUBLISH: dict[Service, Callable[[UnitOfWork], Awaitable[int]]] = {
    Service.ACCOUNTS: accounts.jobs.republish,
    Service.AVAILABILITY: availability.jobs.republish,
    Service.APPOINTMENTS: appointments.jobs.republish,
    Service.BOOKING_PUBLIC: booking_public.jobs.republish,
    Service.NOTIFICATIONS: notifications.jobs.republish,
}


async def republish(service: Service) -> int:
    """Write the events of all that the service owns into its outbox; how many."""
    engine = create_engine(database_url(service), name="sundial-republish", pool_size=1)
    try:
        return await _REPUBLISH[service](UnitOfWork(engine))
    finally:
        await engine.dispose()
