"""B4: the least that a Python server can do to tell many: one frame that is ready, written by uvloop to each."""

import asyncio
import base64
import hashlib
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import uvloop

from sundial_local.ports import LOOPBACK, answers, free_port
from sundial_local.processes import Child
from sundial_local.waiting import wait_until

GO = b"!"
"""What a connection that is no WebSocket sends to have everybody told."""
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, section 1.3
_BACKLOG = 4096


class _Server:
    """All clients that are connected."""

    def __init__(self, frame: bytes) -> None:
        self._frame = frame
        self._clients: set[asyncio.Transport] = set()

    def joined(self, client: asyncio.Transport) -> None:
        self._clients.add(client)

    def left(self, client: asyncio.Transport) -> None:
        self._clients.discard(client)

    def tell(self) -> None:
        for client in self._clients:
            client.write(self._frame)


class _Client(asyncio.Protocol):
    """One connection."""

    def __init__(self, server: _Server) -> None:
        self._server = server
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is none by its class

    def data_received(self, data: bytes) -> None:
        assert self._transport is not None
        if data == GO:
            self._server.tell()
        elif data.startswith(b"GET "):
            self._transport.write(_accepted(data))
            self._server.joined(self._transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._transport is not None:
            self._server.left(self._transport)


@contextmanager
def served(folder: Path, size: int) -> Generator[tuple[Child, int]]:
    """A process that tells frames of so many bytes, and its port."""
    port = free_port()
    child = Child(f"prebuilt-frame-{port}", folder)
    child.start([sys.executable, "-m", __name__, str(port), str(size)], {}, Path.cwd())
    try:
        wait_until(lambda: answers(port), seconds=20, what="the server of the prebuilt frame starts")
        yield child, port
    finally:
        child.stop()


def _accepted(request: bytes) -> bytes:
    fields = dict(line.split(b": ", 1) for line in request.split(b"\r\n")[1:] if line)
    accept = base64.b64encode(hashlib.sha1(fields[b"Sec-WebSocket-Key"] + _GUID, usedforsecurity=False).digest())
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
    )


async def _serve(port: int, size: int) -> None:
    server = _Server(bytes([0x81, 126, *(size - 4).to_bytes(2)]) + b"x" * (size - 4))
    listening = await asyncio.get_running_loop().create_server(
        lambda: _Client(server), LOOPBACK, port, backlog=_BACKLOG
    )
    await listening.serve_forever()


if __name__ == "__main__":
    uvloop.run(_serve(*map(int, sys.argv[1:])))
