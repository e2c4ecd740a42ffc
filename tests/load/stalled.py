"""A client that reads nothing, among many that do."""

import asyncio
import socket
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from plumbing.testing import eventually
from tests.e2e.owner import Owner
from tests.load import web_socket
from tests.load.announcing import Announce
from tests.load.crowd import Crowd, sample_of
from tests.load.figure import Check
from tests.load.live_process import LiveProcess
from tests.load.samples import Sample

SOON = 3.0
"""So many seconds after it has stalled it is still there: it is closed after five."""
_FAT = "x" * 20_000
_LITTLE = 4_096
_MOST = 100


class NotStalled(Exception):
    """It was not kept waiting, or was closed before the measurement was over."""


@dataclass(slots=True)
class Stalled:
    """Comes among a crowd, and reads nothing."""

    crowd: Crowd
    owner: Owner
    announce: Announce
    live: LiveProcess
    fat: int = 0
    """How much had to be told until it was behind."""

    async def without(self, seconds: float) -> Sample:
        """What the others wait for when as much has just been told, and it was not there."""
        for _ in range(max(self.fat, 1)):
            await self._tell_much()
        return sample_of(await self.crowd.times(min(seconds, SOON)))

    async def tell(self, seconds: float) -> Sample:
        """What the others wait for while it is there."""
        async with self._stalled():
            times = await self.crowd.times(min(seconds, SOON))
            if await self.live.counted("live_sockets_behind") != 1:
                raise NotStalled("it was closed too soon, or others were kept waiting, too")
        return sample_of(times)

    async def check(self) -> Check:
        """It is closed, and nobody else is."""
        before = await self.live.counted("live_sockets")
        async with self._stalled() as it:
            begin = time.monotonic()
            await eventually(lambda: self.live.counted("live_sockets"), until=lambda now: now == before, seconds=20)
            seconds = time.monotonic() - begin
            told = await self.crowd.told_by(self.crowd.trigger)
            it.close()
        found = f"after {seconds:.1f} s; the other {before - 1:,} were told of the next change in {told * 1e3:.0f} ms"
        return Check(
            "a client that reads nothing loses its connection, and nobody else does", found, holds=seconds < 10
        )

    @asynccontextmanager
    async def _stalled(self) -> AsyncGenerator[socket.socket]:
        await self.owner.renew()
        url = self.live.calendar(self.owner.business["id"])
        it = await asyncio.to_thread(partial(web_socket.opened, url, self.owner.token, receive_bytes=_LITTLE))
        try:
            self.fat = 0
            while await self.live.counted("live_sockets_behind") != 1:
                await self._tell_much()
                self.fat += 1
                if self.fat > _MOST:
                    raise NotStalled("everything fits into the buffers")
            yield it
        finally:
            it.close()
            await eventually(lambda: self.live.counted("live_sockets_behind"), until=lambda now: not now)

    async def _tell_much(self) -> None:
        business = UUID(self.owner.business["id"])
        await self.crowd.told_by(lambda: self.announce(business, reason=_FAT))
