"""The cheapest WebSocket client that does: a handshake, a sign-in, and a plain socket afterwards."""

import json
import socket
from urllib.parse import urlsplit

from tests.load.loopback import ours

TEXT, PING, PONG = 0x81, 0x89, bytes([0x8A, 0x80, 0, 0, 0, 0])
_MASKED, _TWO_BYTES = 0x80, 126


def opened(url: str, token: str | None = None, *, receive_bytes: int | None = None) -> socket.socket:
    """A WebSocket; the token is on its way, if there is one. Raises ConnectionError when it is refused.

    `receive_bytes`: what the kernel keeps of what is not read.
    """
    where = urlsplit(ours(url))
    made = socket.socket()
    if receive_bytes is not None:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
    made.connect((where.hostname, where.port))
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    made.sendall(
        f"GET {where.path} HTTP/1.1\r\nHost: {where.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    head = _head(made)
    if b" 101 " not in head:
        raise ConnectionError(head.decode())
    if token:
        text = json.dumps({"type": "auth", "token": token}).encode()
        made.sendall(bytes([TEXT, _MASKED | _TWO_BYTES]) + len(text).to_bytes(2) + bytes(4) + text)
    return made


def _head(made: socket.socket) -> bytes:
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = made.recv(1)
        if not byte:
            raise ConnectionError("closed during the handshake")
        head += byte
    return head
