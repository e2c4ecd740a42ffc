"""News for live calendars, and for nobody else: that some time off is another now, straight into RabbitMQ."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

import aio_pika

from contracts.availability import TimeOffDetails, TimeOffUpdated
from contracts.envelope import Head
from contracts.ids import BusinessId, EventId, StaffId, TimeOffId, uuid7
from plumbing.clock import utc_now
from plumbing.topology import EXCHANGE
from realtime.schemas import SHOWN
from tests.load.loopback import ours

REASON = "x" * 500
"""So that a frame has as many bytes as one that tells of an appointment: about 900."""
_START = datetime(2150, 1, 1, 8, tzinfo=UTC)
_revisions = count(1)

Announce = Callable[..., Awaitable[None]]
"""`announce(business_id, reason=…)`: publish one."""


@asynccontextmanager
async def announcing(amqp_url: str) -> AsyncGenerator[Announce]:
    """A connection to RabbitMQ."""
    async with await aio_pika.connect(ours(amqp_url)) as connection:
        channel = await connection.channel(publisher_confirms=False)
        exchange = await channel.get_exchange(EXCHANGE)

        async def announce(business_id: UUID, *, reason: str = REASON) -> None:
            event, body = _told(business_id, reason)
            await exchange.publish(aio_pika.Message(body, type=event.type), f"{event.type}.{business_id}")

        yield announce


def frame_size(business_id: UUID) -> int:
    """How many bytes a client is sent of one."""
    message, _ = SHOWN[TimeOffUpdated.type].message(_told(business_id, REASON)[1])
    return len(message.frame(1_000))


def _told(business_id: UUID, reason: str) -> tuple[TimeOffUpdated, bytes]:
    details = TimeOffDetails(
        id=TimeOffId(business_id),
        staff_id=StaffId(business_id),
        start=_START,
        end=_START + timedelta(hours=1),
        reason=reason,
        weekly=None,
    )
    now = utc_now()
    revision = next(_revisions)
    event = TimeOffUpdated(
        business_id=BusinessId(business_id), revision=revision, time_off=details, created_at=now, updated_at=now
    )
    return event, Head.of(event, event_id=EventId(uuid7()), at=now).around(event).encode()
