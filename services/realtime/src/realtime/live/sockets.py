"""One socket: what is written to it at once, what waits because its client reads slowly, and how it ends.

`websockets` speaks the protocol. What it would do for each connection and each message alone is done here for all of
them: frames are written ready-made to the transport, pings go round on one timer, and nothing waits for a reader.
"""

import asyncio
from collections.abc import Callable
from typing import Any, Protocol

from websockets.asyncio.server import ServerConnection
from websockets.frames import DATA_OPCODES, PING, Frame
from websockets.protocol import State

from contracts.ids import BusinessId
from plumbing.auth import Member
from realtime.domain.backlog import Backlog, BacklogFull
from realtime.domain.closes import Close
from realtime.domain.limits import Pace
from realtime.domain.messages import PING_FRAME, Message
from realtime.live.admission import Credential
from realtime.live.metrics import CLOSED, SOCKETS

WRITE_LIMITS = (64 * 1024, 16 * 1024)
"""With so many bytes unsent a socket is behind; it has caught up when so few are left."""

SEND_SECONDS = 5.0
"""So long a client may read nothing while something waits for it."""

CLOSE_SECONDS = 2.0
"""So long a client may take to answer that it is closed."""

SILENCE_SECONDS = 45.0
"""Who has answered no ping for so long is gone."""


class Audience(Protocol):
    """Whoever writes to many sockets, and is told which of them it may."""

    def fell_behind(self, socket: "Socket") -> None:
        """The socket takes nothing more for now."""
        ...

    def caught_up(self, socket: "Socket") -> None:
        """The socket takes something again."""
        ...

    def left(self, socket: "Socket") -> None:
        """The socket is being closed, or is gone."""
        ...


class Socket(ServerConnection):
    """A connection, and who is behind it."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Made by the server, for each connection."""
        super().__init__(*arguments, **options)
        self.asks_for: BusinessId | None = None
        """Whose calendar is wanted."""
        self.credential: Credential | None = None
        """What the request showed."""
        self.member: Member | None = None
        self.api_key: str | None = None
        """The key by which it was let in, to be looked at again."""
        self.confirmed_at = self.loop.time()
        self.heard_at = self.loop.time()
        self.sequence = 0
        """The number of the last message that was sent while it was behind."""
        self.backlog = Backlog()
        self._audience: Audience | None = None
        self._pace = Pace()
        self._patience: asyncio.TimerHandle | None = None
        self._at_the_end: list[Callable[[], None]] = []
        self._closing: asyncio.Task[None] | None = None
        self._cut: asyncio.TimerHandle | None = None

    @property
    def is_open(self) -> bool:
        """Whether messages may be sent."""
        return self.protocol.state is State.OPEN and self._closing is None

    @property
    def signed_in(self) -> Member:
        """Who is behind it; LookupError before anybody is."""
        if self.member is None:
            raise LookupError("nobody has signed in")
        return self.member

    def let_in(self, member: Member, api_key: str | None) -> None:
        """Somebody has signed in."""
        self.member = member
        self.api_key = api_key
        self.credential = None
        self.confirmed_at = self.loop.time()

    def at_the_end(self, call: Callable[[], None]) -> None:
        """Call this when the connection is gone: at once if it is."""
        if self.connection_lost_waiter.done():
            call()
        else:
            self._at_the_end.append(call)

    def listen_to(self, audience: Audience) -> None:
        """From now on `audience` writes to it."""
        self._audience = audience

    def keep(self, message: Message) -> bool:
        """Keep a message until the client has read more; whether it took an older one's place.

        When more waits than is kept for anybody, the socket is closed.
        """
        try:
            return self.backlog.put(message)
        except BacklogFull:
            self.end(Close.TOO_SLOW)
            return True

    def flush(self) -> bool:
        """Send what waits, as far as it is taken; whether nothing waits any more."""
        while self.backlog and not self.paused:
            self.sequence += 1
            self.transport.write(self.backlog.take().frame(self.sequence))
        return not self.backlog and not self.paused

    def ping(self) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]  # nobody waits for its answer
        """Ask whether somebody is there; who has not answered for long is cut off."""
        if self.loop.time() - self.heard_at > SILENCE_SECONDS:
            self.cut_off(Close.TOO_SLOW)
        elif self.is_open and not self.paused:
            self.transport.write(PING_FRAME)

    def end(self, close: Close) -> None:
        """Close it: nothing more is sent, and when the client does not answer in time the connection is cut."""
        if self._closing is None:
            self._leave()
            CLOSED.labels(close.code).inc()
            self._closing = self.loop.create_task(self.close(close.code, close.reason))
            # The library would wait for a reader who reads nothing.
            self._cut = self.loop.call_later(CLOSE_SECONDS, self.transport.abort)

    def cut_off(self, close: Close) -> None:
        """Close it, and listen to nothing more."""
        self.end(close)
        self.transport.pause_reading()

    async def ended(self) -> None:
        """Wait until it is gone."""
        await asyncio.shield(self.connection_lost_waiter)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client has connected."""
        super().connection_made(transport)
        SOCKETS.inc()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        super().connection_lost(exc)
        SOCKETS.dec()
        self._leave()
        if self._cut is not None:
            self._cut.cancel()
        for call in self._at_the_end:
            call()

    def data_received(self, data: bytes) -> None:
        """The client has said something: also that it goes, after which nothing may be sent."""
        self.heard_at = self.loop.time()
        super().data_received(data)
        if self._audience is not None and self.protocol.state is not State.OPEN:
            self._leave()

    def process_event(self, event: Any) -> None:
        """Count what is said. Who says too much, messages or pings, is cut off."""
        if isinstance(event, Frame) and self.is_open and not self._may_say(event):
            self.cut_off(Close.FLOODING)
        super().process_event(event)

    def pause_writing(self) -> None:
        """More is unsent than should be."""
        super().pause_writing()
        self._patience = self.loop.call_later(SEND_SECONDS, self.end, Close.TOO_SLOW)
        if self._audience is not None:
            self._audience.fell_behind(self)

    def resume_writing(self) -> None:
        """The client reads again."""
        super().resume_writing()
        self._be_patient()
        if self._audience is not None:
            self._audience.caught_up(self)

    def _may_say(self, frame: Frame) -> bool:
        """Answers to our pings are not counted."""
        counts = frame.opcode in DATA_OPCODES or frame.opcode is PING
        return not counts or self._pace.allows(self.loop.time())

    def _be_patient(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _leave(self) -> None:
        audience, self._audience = self._audience, None
        self._be_patient()
        self.backlog.clear()
        if audience is not None:
            audience.left(self)
