"""A consuming process that a test can kill: `mortal.py DATABASE_URL AMQP_URL [SUBJECT that kills it]`."""

import asyncio
import os
import signal
import sys

from parts import Parts, leave_effect, listening

from contracts.appointments import ClaimsChanged
from plumbing import failpoints
from plumbing.db import Tx


async def main(database_url: str, amqp_url: str, deadly: str = "") -> None:
    """Consume until SIGTERM, or until something kills."""

    async def react(tx: Tx, event: ClaimsChanged) -> None:
        if str(event.subject) == deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        await leave_effect(tx, event)

    failpoints.arm(failpoints.from_environment())
    made = Parts(database_url, amqp_url)
    receiver = made.receiver(listening(react=react))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, receiver.stop)
    await receiver.run()
    await made.close()


asyncio.run(main(*sys.argv[1:]))
