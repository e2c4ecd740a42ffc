"""A process that hears events until SIGTERM, and that a test kills: `mortal_listener.py DATABASE_URL AMQP_URL`."""

import asyncio
import signal
import sys

from notifications.consumers import consumers
from plumbing import failpoints
from plumbing.broker import Broker
from plumbing.db import UnitOfWork, create_engine
from plumbing.publisher import Publisher
from plumbing.receiver import Receiver


async def main(database_url: str, amqp_url: str) -> None:
    """Until it is told to stop, or killed."""
    failpoints.arm(failpoints.from_environment())
    engine, publishing = create_engine(database_url, name="mortal"), Broker(amqp_url, name="mortal-publisher")
    receiver = Receiver(consumers, UnitOfWork(engine), Broker(amqp_url, name="mortal"), Publisher(publishing))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, receiver.stop)
    await receiver.run()
    await publishing.close()
    await engine.dispose()


asyncio.run(main(*sys.argv[1:]))
