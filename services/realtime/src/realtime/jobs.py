"""The timer edge: pings, looking again at who may see what, forgetting what nobody looks at."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count

import structlog

from plumbing.waiting import wait_for_event
from realtime.live.calendars import Bindings, Calendars
from realtime.live.rights import Rights
from realtime.schemas import HEARTBEAT_SECONDS

REVOKED_EVERY = 2.0
KEYS_EVERY = 3.0
ALL_EVERY = 60.0
IDLE_EVERY = 10.0
PING_EVERY = 1.0

log = structlog.get_logger("jobs")

type Job = Callable[[], Awaitable[None]]


def timers(calendars: Calendars, bindings: Bindings, rights: Rights) -> list[tuple[float, Job]]:
    """All jobs, with how many seconds lie between the beginnings of each."""
    return [
        (REVOKED_EVERY, rights.look_at_revoked),
        (KEYS_EVERY, rights.look_at_keys),
        (ALL_EVERY, rights.look_at_all),
        (IDLE_EVERY, lambda: calendars.forget_idle(bindings)),
        (PING_EVERY, Pings(calendars)),
    ]


class Pings:
    """Every second a part of the sockets is sent a ping, so that each has one every heartbeat."""

    def __init__(self, calendars: Calendars) -> None:
        self._calendars = calendars
        self._turns = count()

    async def __call__(self) -> None:
        """Those whose turn it is."""
        turn = next(self._turns) % HEARTBEAT_SECONDS
        for socket in self._calendars.sockets:
            if socket.id.int % HEARTBEAT_SECONDS == turn:
                socket.ping()


async def repeat(period: float, job: Job, stop: asyncio.Event) -> None:
    """Run a job until told to stop, so many seconds from one beginning to the next. A failure ends that run only."""
    loop = asyncio.get_running_loop()
    while not stop.is_set():
        began = loop.time()
        try:
            await job()
        except Exception:
            log.exception("job failed", job=repr(job))
        await wait_for_event(stop, period - (loop.time() - began))
