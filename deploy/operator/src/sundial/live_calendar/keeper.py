"""Keeping a range as the server has it: by the socket, and by asking while there is none."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Any

import aiohttp

from sundial.live_calendar.cached_range import CachedRange
from sundial.live_calendar.client import MOST_REFUSALS, Lost, Message, Patience, Range, as_lost, messages, opened

type Token = Callable[[], Awaitable[str]]
"""An access token, or an API key, that is good now; it may raise what aiohttp raises when nobody answers."""


class LiveCalendar:
    """A range of a business's calendar.

    Everything is read after every `hello` and after a gap in the numbers; what is told meanwhile counts if it is newer.
    While there is no socket the range is asked for every 15 s, and the socket is tried at random moments. It ends when
    the member was removed or signed out, or the third token or key in a row is not valid.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        url: str,
        token: Token,
        business_id: str,
        *,
        between: tuple[datetime, datetime],
        patience: Patience | None = None,
    ) -> None:
        """Connects to nothing yet. `url` is the gateway's."""
        self._session = session
        self._url = url
        self._token = token
        self._business_id = business_id
        self._patience = patience or Patience()
        self._range = Range(session, url, *between)
        self._cached = CachedRange(*between)
        self._number: int | None = None
        self._told: list[Message] = []
        self._reading: asyncio.Task[None] | None = None
        self._read_again = False
        self._poll_at = 0.0
        """By the clock of the loop. However often the socket is tried in vain, nothing is asked for more often."""
        self._changed = asyncio.Event()
        self._refused: Lost | None = None
        self.is_live = False
        """Whether everything that is told has been read, and is told as it happens."""
        self.reads = 0
        """How often the range was read."""

    @property
    def appointments(self) -> list[Mapping[str, Any]]:
        """By start, then id: what `GET /api/appointments` would answer."""
        return self._cached.appointments

    @asynccontextmanager
    async def kept(self) -> AsyncGenerator[None]:
        """Keep it up to date until the end of the block."""
        keeping = asyncio.create_task(self.run())
        try:
            yield
        finally:
            keeping.cancel()
            with suppress(asyncio.CancelledError, Lost):
                await keeping
            await self._stop_reading()

    async def run(self) -> None:
        """Keep it up to date for ever. Raises Lost when nothing may be seen any more."""
        failures, refusals = 0, 0
        while True:
            try:
                await self.listen()
            except Lost as lost:
                failures = 0 if self.is_live else failures + 1
                refusals = refusals + 1 if lost.is_refusal and self._number is None else 0
                await self._stop_reading()
                if lost.is_final or refusals == MOST_REFUSALS:
                    self._refused = lost
                    self._changed.set()
                    raise
            await self._poll_for(self._patience.pause(failures))

    async def until(self, fits: Callable[[], bool], *, seconds: float | None = 10.0) -> None:
        """Wait until it is so. Raises TimeoutError, and Lost when nothing may be seen any more."""
        async with asyncio.timeout(seconds):
            while not fits():
                if self._refused is not None:
                    raise self._refused
                self._changed.clear()
                await self._changed.wait()

    async def listen(self) -> None:
        """From the opening of a socket to its end. Raises Lost."""
        self._number = None
        token = await self._credential()
        with as_lost():
            async with (
                asyncio.timeout(self._patience.hello) as patience,
                opened(self._session, self._url, self._business_id, token) as socket,
            ):
                async for message in messages(socket):
                    patience.reschedule(None)
                    self.hear(message)

    def hear(self, message: Message) -> None:
        """What was told: numbered, so that it shows when something is missing."""
        number = message["sequence"]
        if message["type"] == "hello":
            self._number = number
            self._poll_at = 0.0
            self._read_soon()
            return
        if self._number is None or number <= self._number:
            return
        is_missing = number > self._number + 1
        self._number = number
        self._told.append(message)
        if is_missing:
            self._read_soon()
        elif self._reading is None:
            self._told.clear()
            self._cached.apply(message)
        self._changed.set()

    async def _credential(self) -> str:
        with as_lost():
            return await self._token()

    def _read_soon(self) -> None:
        """Read everything: again, if something is being read that may not have seen what was missed."""
        self._read_again = True
        self.is_live = False
        if self._reading is None:
            self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        try:
            while self._read_again:
                self._read_again = False
                self._told.clear()  # it is in what is read now
                items = await self._range.read(await self._credential())
                self.reads += 1
                self._cached.replace(items, self._told)
            self.is_live = True
        except Lost:
            await asyncio.sleep(self._patience.first)
            self._reading = None
            self._read_soon()
            return
        self._reading = None
        self._changed.set()

    async def _stop_reading(self) -> None:
        self.is_live = False
        reading, self._reading = self._reading, None
        self._told.clear()
        if reading is not None:
            reading.cancel()
            with suppress(asyncio.CancelledError):
                await reading
        self._changed.set()

    async def _poll_for(self, seconds: float) -> None:
        """Ask when there was a socket until now, and again every while, until so many seconds are over."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while (now := loop.time()) < until:
            if now >= self._poll_at:
                self._poll_at = now + self._patience.between_polls()
                await self._poll()
            await asyncio.sleep(min(until, self._poll_at) - loop.time())

    async def _poll(self) -> None:
        with suppress(Lost):
            self._cached.replace(await self._range.read(await self._credential()))
            self.reads += 1
            self._changed.set()
