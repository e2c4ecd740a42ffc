"""The two ways to the server: the socket, and asking for the range by HTTP."""

import asyncio
from collections.abc import AsyncGenerator, Generator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from random import uniform
from typing import Any

import aiohttp

HEARTBEAT_SECONDS = 30.0
"""Whoever answers no ping for so long is taken for gone."""

_DOUBLINGS = 16

REFUSED = {4403, 4409}
"""Codes with which it is no use to come back: not this business, signed out."""

NOT_SIGNED_IN = 4401
MOST_REFUSALS = 3
"""A token may just have expired; whoever is refused so often in a row has none that is good."""

type Message = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited before the socket is tried again (at random up to so long), between polls, to be greeted."""

    first: float = 1.0
    longest: float = 30.0
    poll: float = 15.0
    hello: float = 10.0

    def pause(self, failures: int) -> float:
        """Seconds until the socket is tried again, after so many tries in vain."""
        return uniform(0, min(self.longest, self.first * 2 ** min(failures, _DOUBLINGS)))  # noqa: S311

    def between_polls(self) -> float:
        """Seconds from one poll to the next."""
        return self.poll * uniform(0.9, 1.1)  # noqa: S311


class Lost(Exception):
    """There is no socket: it could not be had, or was closed. `code` is that of the closing, if it was one."""

    def __init__(self, why: str, code: int | None = None) -> None:
        super().__init__(why)
        self.code = code

    @property
    def is_final(self) -> bool:
        """Whether trying again is of no use."""
        return self.code in REFUSED

    @property
    def is_refusal(self) -> bool:
        """Whether the token or the key was not valid."""
        return self.code == NOT_SIGNED_IN


@contextmanager
def as_lost() -> Generator[None]:
    """Raise Lost for whatever way a server did not answer."""
    try:
        yield
    except (TimeoutError, aiohttp.ClientError, ConnectionError, asyncio.IncompleteReadError) as error:
        raise Lost(type(error).__name__) from error


@asynccontextmanager
async def opened(
    session: aiohttp.ClientSession, url: str, business_id: str, token: str
) -> AsyncGenerator[aiohttp.ClientWebSocketResponse]:
    """The socket, on which the token was sent. Raises what aiohttp raises (`as_lost`)."""
    address = f"{url.replace('http', 'ws', 1)}/ws/calendar/{business_id}"
    async with session.ws_connect(address, heartbeat=HEARTBEAT_SECONDS) as socket:
        await socket.send_json({"type": "auth", "token": token})
        yield socket


async def messages(socket: aiohttp.ClientWebSocketResponse) -> AsyncGenerator[Message]:
    """What is told, until the socket is closed; then it raises Lost."""
    async for message in socket:
        if message.type is aiohttp.WSMsgType.TEXT:
            yield message.json()
    raise Lost("closed", socket.close_code)


class Range:
    """The range, as it is asked for; what has not changed is not sent again."""

    def __init__(self, session: aiohttp.ClientSession, url: str, start: datetime, end: datetime) -> None:
        """Nothing is asked yet."""
        self._session = session
        self._url = f"{url}/api/appointments"
        self._query = {"rangeStart": start.isoformat(), "rangeEnd": end.isoformat()}
        self._etag: str | None = None
        self._items: Sequence[Mapping[str, Any]] = ()

    async def read(self, token: str) -> Sequence[Mapping[str, Any]]:
        """As it is now. Raises Lost when there is no answer."""
        headers = {"Authorization": f"Bearer {token}"} | ({"If-None-Match": self._etag} if self._etag else {})
        with as_lost():
            async with self._session.get(self._url, params=self._query, headers=headers) as answer:
                if answer.status != HTTPStatus.NOT_MODIFIED:
                    answer.raise_for_status()
                    self._items = (await answer.json())["items"]
                    self._etag = answer.headers.get("ETag")
                return self._items
