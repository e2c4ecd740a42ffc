"""A business's own system: a real server in the test's process, which checks what it gets as its owner would."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from standardwebhooks import Webhook


@dataclass(slots=True)
class Receiver:
    """Answers with `status` once `gate` is open, and the first with those of `at_once` before.

    `got` are ids and bodies; with a `secret` signatures are checked.
    """

    url: str = ""
    status: int = 204
    at_once: list[int] = field(default_factory=list[int])
    headers: dict[str, str] = field(default_factory=dict[str, str])
    said: str = ""
    secret: str | None = None
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    got: list[tuple[str, Any]] = field(default_factory=list[tuple[str, Any]])

    async def handle(self, request: web.Request) -> web.Response:
        """Take one delivery."""
        self.asked.set()
        body = (await request.read()).decode()
        event = Webhook(self.secret).verify(body, dict(request.headers)) if self.secret else body
        self.got.append((request.headers["webhook-id"], event))
        if self.at_once:
            return web.Response(status=self.at_once.pop(0))
        await self.gate.wait()
        return web.Response(status=self.status, headers=self.headers, text=self.said or None)

    @property
    def types(self) -> list[str]:
        """What it was told of, in the order in which it arrived."""
        return [event["type"] for _, event in self.got]


type Receivers = Callable[[], Receiver]


@asynccontextmanager
async def receivers() -> AsyncGenerator[Receivers]:
    """`new()`: another one, at an address of its own on this machine."""
    made: list[Receiver] = []

    async def handle(request: web.Request) -> web.Response:
        return await made[int(request.match_info["which"])].handle(request)

    app = web.Application()
    app.router.add_post("/{which}", handle)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]

    def new() -> Receiver:
        receiver = Receiver(f"http://{host}:{port}/{len(made)}")
        receiver.gate.set()
        made.append(receiver)
        return receiver

    yield new
    for each in made:
        each.gate.set()
    await runner.cleanup()
