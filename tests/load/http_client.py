"""The cheapest HTTP client that does: requests that are ready as bytes, on connections that stay open."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

from tests.load.loopback import ours

_LARGEST_HEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """A status, the body, and how long they took."""

    status: int
    body: bytes
    seconds: float


def get(url: str, headers: Mapping[str, str]) -> bytes:
    """A GET, ready to be sent."""
    where = urlsplit(ours(url))
    lines = [f"GET {where.path}?{where.query} HTTP/1.1", *_fields({"Host": where.netloc, **headers}), "", ""]
    return "\r\n".join(lines).encode()


def post(url: str, body: Mapping[str, Any], headers: Mapping[str, str], *, method: str = "POST") -> bytes:
    """A POST of JSON, or a PUT, ready to be sent."""
    where, content = urlsplit(ours(url)), json.dumps(body).encode()
    fields = {"Host": where.netloc, "Content-Type": "application/json", "Content-Length": str(len(content)), **headers}
    lines = [f"{method} {where.path} HTTP/1.1", *_fields(fields), "", ""]
    return "\r\n".join(lines).encode() + content


class Connection:
    """One connection; one request at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def to(cls, url: str) -> Self:
        """Connect to the server of a URL."""
        where = urlsplit(ours(url))
        return cls(*await asyncio.open_connection(where.hostname, where.port, limit=_LARGEST_HEAD))

    async def ask(self, request: bytes) -> Reply:
        """Send, and read the whole answer, which must say how long it is."""
        begin = time.perf_counter()
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        body = await self._reader.readexactly(_length(head))
        return Reply(int(head[9:12]), body, time.perf_counter() - begin)

    async def send(self, request: bytes) -> None:
        """Send what nobody answers."""
        self._writer.write(request)

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


@asynccontextmanager
async def connections(url: str, count: int) -> AsyncGenerator[Sequence[Connection]]:
    """So many connections to one server."""
    opened = [await Connection.to(url) for _ in range(count)]
    try:
        yield opened
    finally:
        for each in opened:
            each.close()


async def ask_all(clients: Sequence[Connection], requests: Iterable[bytes]) -> tuple[list[Reply], float]:
    """Every request once: each client takes the next as soon as it was answered. The replies, and all seconds."""
    waiting, replies = iter(requests), list[Reply]()

    async def work(client: Connection) -> None:
        for request in waiting:
            replies.append(await client.ask(request))

    begin = time.perf_counter()
    await asyncio.gather(*map(work, clients))
    return replies, time.perf_counter() - begin


async def ask_at_once(clients: Sequence[Connection], requests: Sequence[bytes]) -> tuple[list[Reply], float]:
    """One request for each client, all sent before anything is answered. The replies, and the seconds in all."""
    begin = time.perf_counter()
    pairs = zip(clients, requests, strict=True)
    replies = await asyncio.gather(*(client.ask(request) for client, request in pairs))
    return replies, time.perf_counter() - begin


def _fields(fields: Mapping[str, str]) -> list[str]:
    return [f"{name}: {value}" for name, value in fields.items()]


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name == b"content-length":
            return int(value)
    raise ValueError(f"an answer that does not say how long it is: {head[:100]!r}")
