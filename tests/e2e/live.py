"""Whoever looks at a calendar: kept by the client of ours, or read message by message."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

import aiohttp

from sundial.live_calendar import LiveCalendar, Patience
from tests.e2e.owner import Owner, next_week

SOON = Patience(first=0.2, longest=1.0, poll=0.5)


@dataclass(slots=True)
class Screen:
    """A socket, and every frame that came over it."""

    socket: aiohttp.ClientWebSocketResponse
    frames: list[str] = field(default_factory=list[str])

    @classmethod
    async def opened(cls, owner: Owner, business_id: str | None = None, **options: Any) -> Self:
        """Without a sign-in, unless the headers in `options` are one."""
        path = f"/ws/calendar/{business_id or owner.business['id']}"
        made = cls(await owner.session.ws_connect(owner.url.replace("http", "ws", 1) + path, **options))
        _opened[:] = [each for each in _opened if not each.socket.closed] + [made]
        return made

    @classmethod
    async def of(cls, owner: Owner, business_id: str | None = None) -> Self:
        """Signed in by the owner's token, and greeted."""
        screen = await cls.opened(owner, business_id)
        await screen.sign_in(owner.token)
        assert (await screen.next())["type"] == "hello"
        return screen

    async def sign_in(self, token: str) -> None:
        """Send a token as the first message."""
        await self.socket.send_json({"type": "auth", "token": token})

    async def next(self, seconds: float = 10.0) -> Mapping[str, Any]:
        """The next message."""
        text = await self.socket.receive_str(timeout=seconds)
        self.frames.append(text)
        return json.loads(text)

    async def until(self, kind: str) -> Mapping[str, Any]:
        """The next message of a type."""
        while True:
            message = await self.next()
            if message["type"] == kind:
                return message

    async def closed(self, seconds: float = 10.0) -> int | None:
        """The code with which the server closes it."""
        while True:
            message = await self.socket.receive(timeout=seconds)
            if message.type in {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSING}:
                return self.socket.close_code
            if message.type is aiohttp.WSMsgType.TEXT:
                self.frames.append(message.data)


def next_weeks(days: int = 7) -> tuple[datetime, datetime]:
    """A range about a week ahead."""
    return next_week(0), next_week(0, day=days)


def kept_calendar[C: LiveCalendar](owner: Owner, kind: type[C] = LiveCalendar, *, patience: Patience = SOON) -> C:
    """A calendar of the owner's next weeks."""

    async def token() -> str:
        return owner.token

    return kind(owner.session, owner.url, token, owner.business["id"], between=next_weeks(), patience=patience)


async def range_of(owner: Owner) -> list[Any]:
    """The same range, read anew."""
    start, end = next_weeks()
    query = {"rangeStart": start.isoformat(), "rangeEnd": end.isoformat()}
    return (await owner.must("GET", "/api/appointments", **query))["items"]


_opened: list[Screen] = []
"""They end with the session that they are of, and must not be forgotten before."""
