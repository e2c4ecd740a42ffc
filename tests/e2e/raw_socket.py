"""A WebSocket by hand: what no library would send, and reading only when a test wants to."""

import asyncio
import base64
import json
import os
import struct
from dataclasses import dataclass
from typing import Any, Self

from sundial_local.ports import LOOPBACK

TEXT, BINARY, PING, CONTINUATION, FINAL = 0x81, 0x82, 0x89, 0x00, 0x80
_TWO_BYTES, _EIGHT_BYTES = 126, 127


def frame(first: int, payload: bytes, *, masked: bool = True, length: int | None = None) -> bytes:
    """A frame as a client sends it; of any length that is claimed."""
    size, bit = (len(payload) if length is None else length), (0x80 if masked else 0)
    if size < _TWO_BYTES:
        head = bytes([first, bit | size])
    elif size < 1 << 16:
        head = bytes([first, bit | _TWO_BYTES]) + struct.pack(">H", size)
    else:
        head = bytes([first, bit | _EIGHT_BYTES]) + struct.pack(">Q", size)
    return head + (bytes(4) if masked else b"") + payload


@dataclass(slots=True)
class RawSocket:
    """A connection to a process; reading stops by itself when 128 kB lie here."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def connected(cls, port: int) -> Self:
        """Nothing is sent yet."""
        return cls(*await asyncio.open_connection(LOOPBACK, port))

    @classmethod
    async def opened(cls, port: int, business_id: str) -> Self:
        """The handshake is done."""
        made = await cls.connected(port)
        made.writer.write(
            f"GET /ws/calendar/{business_id} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        head = await asyncio.wait_for(made.reader.readuntil(b"\r\n\r\n"), 5)
        assert b" 101 " in head
        return made

    def sign_in(self, token: str) -> None:
        """Send a token as the first message."""
        self.writer.write(frame(TEXT, json.dumps({"type": "auth", "token": token}).encode()))

    async def message(self) -> dict[str, Any]:
        """The next message; pings are left out."""
        while True:
            first, size = await self.reader.readexactly(2)
            if size == _TWO_BYTES:
                size = int.from_bytes(await self.reader.readexactly(2))
            payload = await self.reader.readexactly(size)
            if first == TEXT:
                return json.loads(payload)

    async def send_until_cut_off(self, sent: bytes) -> None:
        """Send it; the other side ends the connection within a few seconds."""
        try:
            self.writer.write(sent)
            await self.writer.drain()
            await asyncio.wait_for(self.reader.read(), 8)
        except ConnectionError:
            pass
        self.writer.close()
