"""Many screens in a process of their own: WebSockets that only count what they are told, by one loop over epoll.

The other end is `Screens`: it opens groups of them, and waits until each of a group has been told so many messages.
"""

import asyncio
import json
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from tests.load.loopback import ours

PATIENCE_SECONDS = 180.0


class NotTold(Exception):
    """Some screens were not told what they should have been."""


class Screens:
    """The process, as the one who measures sees it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def open(self, group: str, url: str, count: int, *, token: str | None = None) -> None:
        """Open so many; with a token they sign in by it. All are greeted when this ends, if they signed in."""
        await self._ask("open", group, url=ours(url), count=count, token=token)

    async def expect(self, group: str, messages: int = 1) -> None:
        """From now on count, until each has been told so many."""
        await self._ask("expect", group, messages=messages)

    async def told(self, group: str) -> float:
        """Wait until each has been; when the last of them was, by the monotonic clock. Raises NotTold."""
        return (await self._ask("told", group))["at"]

    async def _ask(self, what: str, group: str, **more: Any) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"do": what, "group": group, **more}).encode() + b"\n")
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                answer = await self._process.stdout.readline()
        except TimeoutError:
            raise NotTold(f"{group}: {what} {more}") from None
        if not answer:
            raise NotTold(f"{group}: the process of the screens has ended")
        return json.loads(answer)


@asynccontextmanager
async def screens() -> AsyncGenerator[Screens]:
    """The process, started; it ends with the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.load.screens_process",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield Screens(process)
    finally:
        assert process.stdin
        process.stdin.close()
        await process.wait()
