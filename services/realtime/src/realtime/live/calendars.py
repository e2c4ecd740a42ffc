"""The calendars that somebody has open: who looks at which, and telling all of them at once."""

import asyncio
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from contracts.ids import BusinessId, SessionId, UserId
from realtime.domain.closes import Close
from realtime.domain.messages import Message
from realtime.domain.newest import Newest
from realtime.live.metrics import BEHIND, CALENDARS, RESYNCED, TOLD
from realtime.live.sockets import Socket
from realtime.schemas import hello

IDLE_SECONDS = 60.0
"""So long a calendar that nobody looks at any more is still listened for."""

type Write = Callable[[bytes], None]


class Bindings(Protocol):
    """What this process is told of: only of the businesses that somebody looks at."""

    async def bind(self, business_id: BusinessId) -> None:
        """From now on hear of a business. Raises BrokerUnavailable."""
        ...

    async def unbind(self, business_id: BusinessId, *, unless: Callable[[], bool]) -> None:
        """Hear of it no more, unless it turns out to be wanted again."""
        ...


class Calendar:
    """One business's calendar, and the sockets that show it.

    All sockets count the messages alike, so that a message is put into bytes once. A socket that was behind, and was
    spared some messages because newer ones made them needless, counts `lag` fewer from then on.
    """

    def __init__(self, business_id: BusinessId) -> None:
        """Nobody looks at it yet."""
        self.business_id = business_id
        self.sequence = random.randrange(1_000)  # noqa: S311  # a client relies on no particular number
        self.idle_since = asyncio.get_running_loop().time()
        self._newest = Newest()
        self._lags: dict[Socket, int] = {}
        self._behind: dict[Socket, None] = {}
        self._writes: list[tuple[int, list[Write]]] | None = None

    @property
    def sockets(self) -> list[Socket]:
        """All that show it."""
        return [*self._lags, *self._behind]

    @property
    def is_empty(self) -> bool:
        """Whether nobody looks at it."""
        return not self._lags and not self._behind

    def add(self, socket: Socket) -> None:
        """Show it on a socket too, which is greeted; from then on it is told everything."""
        self._lags[socket] = 0
        self._writes = None
        socket.listen_to(self)
        socket.transport.write(hello(self.sequence).frame(self.sequence))

    def tell(self, message: Message) -> None:
        """Send a message to everybody, unless they know it, or something newer, already."""
        if not self._newest.is_news(message.subject, message.revision):
            return
        TOLD.labels(message.type).inc()
        self.sequence += 1
        behind = [socket for socket in self._behind if _may_see(socket, message)]  # who falls behind now gets it below
        for lag, writes in self._ready() if message.only_for is None else self._spare(message):
            _write_all(writes, message.frame(self.sequence - lag))
        for socket in behind:
            socket.keep(message)

    def resync(self) -> None:
        """Greet everybody again, with a gap in the numbers: something may have been missed."""
        RESYNCED.inc()
        self.sequence += 2
        greeting = hello(self.sequence)
        for socket in list(self._behind):
            socket.backlog.clear()
            socket.sequence = self.sequence - 1
            socket.keep(greeting)
        for socket in self._lags:
            self._lags[socket] = 0
        self._writes = None
        for _, writes in self._ready():
            _write_all(writes, greeting.frame(self.sequence))

    def fell_behind(self, socket: Socket) -> None:
        """It takes nothing more for now: what comes is kept for it."""
        if socket in self._lags:
            socket.sequence = self.sequence - self._lags.pop(socket)
            self._behind[socket] = None
            self._writes = None
            BEHIND.inc()

    def caught_up(self, socket: Socket) -> None:
        """Send what was kept, and go on with everybody else when all is sent."""
        if socket in self._behind and socket.flush():
            del self._behind[socket]
            self._lags[socket] = self.sequence - socket.sequence
            self._writes = None
            BEHIND.dec()

    def left(self, socket: Socket) -> None:
        """It shows this no more."""
        if socket in self._behind:
            del self._behind[socket]
            BEHIND.dec()
        self._lags.pop(socket, None)
        self._writes = None
        self.idle_since = asyncio.get_running_loop().time()

    def _ready(self) -> list[tuple[int, list[Write]]]:
        """By lag, how to write to the sockets that are not behind; those that count alike get the same bytes."""
        if self._writes is None:
            self._writes = _by_lag(self._lags.items())
        return self._writes

    def _spare(self, message: Message) -> list[tuple[int, list[Write]]]:
        """How to write to those who may see it. For the others it never was: they count one fewer from now on."""
        told = [(socket, lag) for socket, lag in self._lags.items() if _may_see(socket, message)]
        self._lags |= {socket: lag + 1 for socket, lag in self._lags.items() if not _may_see(socket, message)}
        self._writes = None
        return _by_lag(told)


class Calendars:
    """All that are open in this process."""

    def __init__(self) -> None:
        """None is open."""
        self._open: dict[BusinessId, Calendar] = {}

    @property
    def sockets(self) -> list[Socket]:
        """All sockets that show one."""
        return [socket for calendar in self._open.values() for socket in calendar.sockets]

    def of(self, business_id: BusinessId) -> Calendar | None:
        """A business's calendar, if anybody looks at it."""
        return self._open.get(business_id)

    def of_user(self, business_id: BusinessId, user_id: UserId) -> Iterator[Socket]:
        """The sockets of a user in a business."""
        return (socket for socket in self._sockets_of(business_id) if socket.signed_in.user_id == user_id)

    def of_session(self, business_id: BusinessId, session_id: SessionId) -> Iterator[Socket]:
        """The sockets of a session."""
        return (socket for socket in self._sockets_of(business_id) if socket.signed_in.session_id == session_id)

    async def show(self, socket: Socket, business_id: BusinessId, bindings: Bindings) -> None:
        """Show a business's calendar on a socket. Raises BrokerUnavailable.

        It is greeted when nothing can be missed any more: what it then reads by HTTP, and is told, is everything.
        """
        await bindings.bind(business_id)
        if business_id not in self._open:
            self._open[business_id] = Calendar(business_id)
            CALENDARS.inc()
        if socket.is_open:
            self._open[business_id].add(socket)

    async def forget_idle(self, bindings: Bindings) -> None:
        """Listen no more for those that nobody has looked at for a while."""
        since = asyncio.get_running_loop().time() - IDLE_SECONDS
        for calendar in [each for each in self._open.values() if each.is_empty and each.idle_since <= since]:
            await bindings.unbind(calendar.business_id, unless=lambda it=calendar: not self._forget(it))

    def resync(self) -> None:
        """Have everybody read everything again."""
        for calendar in self._open.values():
            calendar.resync()

    def end_all(self, close: Close) -> None:
        """Close every socket that shows one."""
        for socket in self.sockets:
            socket.end(close)

    def _forget(self, calendar: Calendar) -> bool:
        """Whether it could be forgotten: nobody has come meanwhile."""
        if calendar.is_empty:
            del self._open[calendar.business_id]
            CALENDARS.dec()
        return calendar.is_empty

    def _sockets_of(self, business_id: BusinessId) -> Iterable[Socket]:
        calendar = self._open.get(business_id)
        return calendar.sockets if calendar else ()


def _may_see(socket: Socket, message: Message) -> bool:
    return message.only_for is None or socket.signed_in.role in message.only_for


def _by_lag(sockets: Iterable[tuple[Socket, int]]) -> list[tuple[int, list[Write]]]:
    found: defaultdict[int, list[Write]] = defaultdict(list)
    for socket, lag in sockets:
        found[lag].append(socket.transport.write)
    return list(found.items())


def _write_all(writes: Iterable[Write], frame: bytes) -> None:
    for write in writes:
        try:
            write(frame)
        except RuntimeError:  # it was closed a moment ago, and leaves with the next turn of the loop
            continue
