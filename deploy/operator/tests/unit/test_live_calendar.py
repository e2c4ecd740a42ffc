"""How a client of live calendars waits for a server that is in trouble."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from sundial.live_calendar import LiveCalendar, Patience

START = datetime(2026, 12, 1, tzinfo=UTC)


@dataclass(slots=True)
class Server:
    """One that has nothing to show: how often it was asked, and what becomes of sockets."""

    refuses: bool = False
    silent: int = 0
    """So many sockets are not greeted."""
    sockets: int = 0
    reads: int = 0
    asked_often: asyncio.Event = field(default_factory=asyncio.Event)

    async def socket(self, request: web.Request) -> web.StreamResponse:
        """The live calendar."""
        self.sockets += 1
        if self.sockets == 10:
            self.asked_often.set()
        if self.refuses:
            raise web.HTTPServiceUnavailable
        opened = web.WebSocketResponse()
        await opened.prepare(request)
        if self.sockets > self.silent:
            await opened.send_json({"type": "hello", "sequence": 1})
        async for _ in opened:
            pass
        return opened

    async def range(self, _: web.Request) -> web.Response:
        """The range."""
        self.reads += 1
        return web.json_response({"items": []})


@asynccontextmanager
async def kept(server: Server, patience: Patience) -> AsyncGenerator[LiveCalendar]:
    """A calendar of its."""
    application = web.Application()
    application.router.add_get("/ws/calendar/1", server.socket)
    application.router.add_get("/api/appointments", server.range)

    async def token() -> str:
        return "token"

    between = (START, START + timedelta(days=1))
    async with TestServer(application) as running, aiohttp.ClientSession() as session:
        url = str(running.make_url("")).rstrip("/")
        calendar = LiveCalendar(session, url, token, "1", between=between, patience=patience)
        async with calendar.kept():
            yield calendar


async def test_a_socket_that_is_not_greeted_is_given_up_and_tried_again():
    server = Server(silent=2)
    async with kept(server, Patience(first=0.01, hello=0.1)) as calendar:
        await calendar.until(lambda: calendar.is_live)
    assert server.sockets == 3


async def test_a_socket_that_is_tried_in_vain_asks_for_nothing():
    server = Server(refuses=True)
    async with kept(server, Patience(first=0.01, longest=0.02, poll=60)), asyncio.timeout(10):
        await server.asked_often.wait()
    assert server.reads == 1


def test_it_waits_longer_after_each_failure_and_never_longer_than_it_may():
    patience = Patience(first=1.0, longest=30.0)
    longest = [max(patience.pause(failures) for _ in range(200)) for failures in (0, 3, 5_000)]
    assert longest[0] <= 1 < longest[1] <= 8 < longest[2] <= 30
