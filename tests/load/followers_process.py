"""Many clients of ours that each keep a range of a calendar, in a process of their own: it is asked by lines of JSON.

The first line says whom to follow; it is answered when all are live. The second asks what each has now, and how late
the last of them was told of each change: seconds after the moment with which the change is dated. Everything
ends with the input.
"""

import asyncio
import hashlib
import json
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from typing import Any

import aiohttp
import uvloop

from sundial.live_calendar import LiveCalendar
from tests.load.loopback import ours

_AT_ONCE = 20
_LONG = 120.0
_LONGEST = 2**24
"""Bytes: a line has a token for each business."""


class Follower(LiveCalendar):
    """Notes when it is told something."""

    late: dict[str, float]
    """By event; of all followers the longest."""

    def hear(self, message: Mapping[str, Any]) -> None:
        """As any client; and how late it is."""
        super().hear(message)
        if message["type"].startswith("appointment."):
            late = time.time() - datetime.fromisoformat(message["time"]).timestamp()
            self.late[message["id"]] = max(late, self.late.get(message["id"], 0.0))


def digest(appointments: Sequence[Any]) -> str:
    """The same for the same appointments."""
    return hashlib.sha256(json.dumps(appointments, sort_keys=True).encode()).hexdigest()


async def _run(lines: asyncio.StreamReader) -> None:
    asked = json.loads(await lines.readline())
    late = dict[str, float]()
    async with AsyncExitStack() as stack:
        connector = aiohttp.TCPConnector(limit=0)
        session = await stack.enter_async_context(aiohttp.ClientSession(connector=connector))
        followers = {
            business: [_follower(session, asked, business, token, late) for _ in range(asked["each"])]
            for business, token in asked["businesses"].items()
        }
        everybody = [each for some in followers.values() for each in some]
        room = asyncio.Semaphore(_AT_ONCE)
        await asyncio.gather(*(_follow(stack, each, room) for each in everybody))
        _answer({"live": len(everybody)})
        await lines.readline()
        states = {business: [digest(each.appointments) for each in some] for business, some in followers.items()}
        _answer({"late": sorted(late.values()), "states": states, "reads": max(each.reads for each in everybody)})
        await lines.readline()


def _follower(
    session: aiohttp.ClientSession, asked: Any, business: str, token: str, late: dict[str, float]
) -> Follower:
    async def credential() -> str:
        return token

    start, end = map(datetime.fromisoformat, asked["between"])
    made = Follower(session, ours(asked["url"]), credential, business, between=(start, end))
    made.late = late
    return made


async def _follow(stack: AsyncExitStack, follower: Follower, room: asyncio.Semaphore) -> None:
    async with room:
        await stack.enter_async_context(follower.kept())
        await follower.until(lambda: follower.is_live, seconds=_LONG)


def _answer(said: Mapping[str, Any]) -> None:
    print(json.dumps(said), flush=True)


async def _main() -> None:
    lines = asyncio.StreamReader(limit=_LONGEST)
    protocol = asyncio.StreamReaderProtocol(lines)
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, sys.stdin)
    await _run(lines)


if __name__ == "__main__":
    uvloop.run(_main())
