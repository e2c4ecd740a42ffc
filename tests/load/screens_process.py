"""The process of `tests.load.screens`: it is asked by lines of JSON on its standard input, and answers by lines."""

import json
import select
import socket
import sys
import time
from dataclasses import dataclass, field
from typing import Any

from tests.load.web_socket import PING, PONG, TEXT, opened

_TWO_BYTES = 126
_READ = 256 * 1024


@dataclass(eq=False, slots=True)
class Group:
    """Screens that are told the same."""

    screens: "list[Screen]" = field(default_factory=list["Screen"])
    wanted: int = 0
    left: int = 0
    at: float = 0.0


@dataclass(eq=False, slots=True)
class Screen:
    """A socket, what of a frame has come over it so far, and how many messages."""

    socket: socket.socket
    group: Group
    rest: bytes = b""
    got: int = 0

    def take(self, data: bytes | memoryview) -> None:
        """What has come."""
        data = self.rest + bytes(data) if self.rest else data
        begin, size = 0, len(data)
        while size - begin >= 2:
            head, length = (
                (4, data[begin + 2] << 8 | data[begin + 3]) if _is_long(data, begin) else (2, data[begin + 1])
            )
            if size - begin < head + length:
                break
            if data[begin] == TEXT:
                self._count()
            elif data[begin] == PING:
                self.socket.send(PONG)
            begin += head + length
        self.rest = bytes(data[begin:])

    def _count(self) -> None:
        self.got += 1
        if self.got == self.group.wanted:
            self.group.left -= 1
            if not self.group.left:
                self.group.at = time.monotonic()


def _is_long(data: bytes | memoryview, begin: int) -> bool:
    return data[begin + 1] == _TWO_BYTES and len(data) - begin >= 4


class Loop:
    """Everything that this process does, one thing after the other."""

    def __init__(self) -> None:
        """No screen is open."""
        self._poll = select.epoll()
        self._poll.register(sys.stdin.fileno(), select.EPOLLIN)
        self._screens: dict[int, Screen] = {}
        self._groups: dict[str, Group] = {}
        self._buffer = memoryview(bytearray(_READ))
        self._waiting: Group | None = None

    def run(self) -> None:
        """Until nobody asks any more."""
        while True:
            for number, _ in self._poll.poll():
                if screen := self._screens.get(number):
                    self._read(screen)
                elif not self._asked():
                    return
            if self._waiting is not None and not self._waiting.left:
                _answer(at=self._waiting.at)
                self._waiting = None

    def _read(self, screen: Screen) -> None:
        try:
            size = screen.socket.recv_into(self._buffer)
        except BlockingIOError:
            return
        if not size:
            raise ConnectionError("the server has closed a screen")
        screen.take(self._buffer[:size])

    def _asked(self) -> bool:
        line = sys.stdin.readline()
        if not line:
            return False
        asked = json.loads(line)
        group = self._groups.setdefault(asked["group"], Group())
        match asked["do"]:
            case "open":
                self._open(group, asked)
                _answer()
            case "expect":
                group.wanted, group.left = asked["messages"], len(group.screens)
                for screen in group.screens:
                    screen.got = 0
                _answer()
            case _:
                self._waiting = group
        return True

    def _open(self, group: Group, asked: dict[str, Any]) -> None:
        group.wanted, group.left = 1, asked["count"]
        for _ in range(asked["count"]):
            screen = Screen(opened(asked["url"], asked["token"]), group)
            screen.socket.setblocking(False)
            group.screens.append(screen)
            self._screens[screen.socket.fileno()] = screen
            self._poll.register(screen.socket.fileno(), select.EPOLLIN)
            self._look(0)  # those that are open have to answer pings meanwhile
        while asked["token"] and group.left:
            self._look(None)

    def _look(self, seconds: float | None) -> None:
        for number, _ in self._poll.poll(seconds):
            if screen := self._screens.get(number):
                self._read(screen)


def _answer(**said: Any) -> None:
    print(json.dumps(said), flush=True)


if __name__ == "__main__":
    Loop().run()
