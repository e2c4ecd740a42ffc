"""A process that sends once what is due, and that a test kills: `mortal_sender.py DATABASE_URL SETTINGS [post]`."""

import asyncio
import json
import sys

from make import Links, settings

from notifications.main import create_app
from plumbing import failpoints
from plumbing.clock import utc_now
from plumbing.testing import TestKeys


async def main(database_url: str, more: str, what: str = "send") -> None:
    """Messages, or webhooks."""
    failpoints.arm(failpoints.from_environment())
    keys = TestKeys()
    state = create_app(settings(database_url, keys, **json.loads(more)), keys=keys, links=Links()).state
    if what == "send":
        await state.sender.send_due(at=utc_now())
    else:
        await state.poster.start_due(at=utc_now())
        await state.poster.settled()


asyncio.run(main(*sys.argv[1:]))
