"""Ports of our own choosing: never a standard one, and never one that outgoing connections are given."""

import random
import socket
from contextlib import ExitStack

LOOPBACK = "127.0.0.1"
OURS = range(21_000, 32_000)
"""Above what is registered for well-known servers, below where Linux begins to give ports to outgoing connections."""


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on, all different."""
    with ExitStack() as held:
        return [_hold_one(held) for _ in range(count)]


def free_port() -> int:
    """A port that nobody listens on."""
    return free_ports(1)[0]


def is_free(port: int) -> bool:
    """Whether we could listen on it now."""
    with socket.socket() as probe:
        return _bind(probe, port)


def answers(port: int) -> bool:
    """Whether somebody accepts connections on it."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOOPBACK, port)) == 0


def _hold_one(held: ExitStack) -> int:
    """A port that stays ours until `held` is closed, so that it is not found twice."""
    while True:
        probe = held.enter_context(socket.socket())
        port = random.choice(OURS)  # noqa: S311  # nobody must guess it
        if _bind(probe, port):
            return port


def _bind(probe: socket.socket, port: int) -> bool:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind((LOOPBACK, port))
    except OSError:
        return False
    return True
