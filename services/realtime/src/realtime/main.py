"""The process: everything that it is made of is constructed here."""

import asyncio
import gc
import random
import signal
from collections.abc import Sequence

import structlog
import uvloop
from websockets.asyncio.server import Server

from plumbing import failpoints
from plumbing.access import RemoteAccess
from plumbing.api_keys import ApiKeys
from plumbing.auth import Keys, TokenVerifier
from plumbing.broker import Broker
from plumbing.http import RemoteKeys, ServiceClient
from plumbing.logs import setup_logs
from plumbing.publisher import Publisher
from plumbing.revocations import Revocations
from plumbing.service_tokens import ServiceToken
from plumbing.web import COLLECT_AFTER
from realtime.clients.accounts import Sessions
from realtime.clients.feed import Feed, Listener
from realtime.consumers import Consumers
from realtime.domain.closes import Close
from realtime.domain.limits import Attendance
from realtime.jobs import repeat, timers
from realtime.live.calendars import Calendars
from realtime.live.rights import Rights
from realtime.live.sockets import Socket
from realtime.routes import Caps, Edge, Health
from realtime.settings import Settings

log = structlog.get_logger("process")


class Process:
    """One process of the service. Several of them may run side by side: each hears of whatever its own clients show."""

    def __init__(self, settings: Settings, *, keys: Keys | None = None) -> None:
        """Connects to nothing yet. Without `keys`, accounts is asked for them."""
        self._settings = settings
        token = ServiceToken(settings.service_private_key.get_secret_value(), audience="accounts")
        self._accounts = ServiceClient(settings.accounts_url, token)
        access = RemoteAccess(self._accounts)
        revocations = Revocations(access)
        verifier = TokenVerifier(keys or RemoteKeys(settings.jwks_url), revoked=revocations, api_keys=ApiKeys(access))
        amqp_url = settings.amqp_url.get_secret_value()
        self._singing = Broker(amqp_url, name="realtime-publisher")
        self.calendars = Calendars()
        rights = Rights(self.calendars, Sessions(self._accounts), revocations, verifier)
        consumers = Consumers(self.calendars, rights)
        listener = Listener(
            hear=consumers.hear,
            missed=self.calendars.resync,
            deaf=lambda: self.calendars.end_all(Close.UNAVAILABLE),
        )
        self.feed = Feed(Broker(amqp_url, name="realtime-consumer"), Publisher(self._singing), listener)
        self._timers = timers(self.calendars, self.feed, rights)
        self._stopping = asyncio.Event()
        self._edge = Edge(
            calendars=self.calendars,
            bindings=self.feed,
            verifier=verifier,
            caps=Caps(
                user=Attendance(settings.sockets_per_user),
                business=Attendance(settings.sockets_per_business),
                network=Attendance(settings.sockets_per_network),
            ),
            health=Health(
                ready={"process": self._running, "broker": self._broker}, alive={"consumer": self.feed.silence}
            ),
            public_origins=frozenset(settings.public_origins),
        )
        self._server: Server | None = None
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def port(self) -> int:
        """Where it listens; LookupError before it does."""
        if self._server is None:
            raise LookupError("it does not listen")
        return next(iter(self._server.sockets)).getsockname()[1]

    async def start(self) -> None:
        """Listen, whether or not RabbitMQ and accounts answer: `/readyz` tells."""
        self._tasks.append(asyncio.create_task(self.feed.run()))
        self._tasks += [asyncio.create_task(repeat(period, job, self._stopping)) for period, job in self._timers]
        self._server = await self._edge.serve(self._settings.host, self._settings.port)

    async def ready(self) -> None:
        """Wait until everything that happens is heard."""
        await self.feed.listening()

    async def stop(self) -> None:
        """Take nobody in any more, send everybody away one after the other, and close in order."""
        self._stopping.set()
        if self._server is not None:
            self._server.close(close_connections=False)
            await self._send_away([each for each in self._server.connections if isinstance(each, Socket)])
        self.feed.stop()
        await asyncio.gather(*self._tasks)
        await self._singing.close()
        await self._accounts.close()

    async def _send_away(self, sockets: Sequence[Socket]) -> None:
        """Each at a moment of its own, so that they do not all come back at once; also who has not signed in yet."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        moments = {socket: random.uniform(0, self._settings.drain_seconds) for socket in sockets}  # noqa: S311
        for socket, moment in sorted(moments.items(), key=lambda each: each[1]):
            await asyncio.sleep(begun + moment - loop.time())
            socket.end(Close.RESTARTING)
        await asyncio.gather(*(socket.ended() for socket in sockets))

    def _running(self) -> str | None:
        return "stopping" if self._stopping.is_set() else None

    def _broker(self) -> str | None:
        return None if self.feed.is_listening else "not connected"


async def run(settings: Settings) -> None:
    """Until SIGTERM or SIGINT."""
    asked_to_end = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, asked_to_end.set)
    process = Process(settings)
    await process.start()
    log.info("listening", port=settings.port)
    await asked_to_end.wait()
    await process.stop()


def main() -> None:
    """The console script."""
    settings = Settings.load()
    setup_logs(settings.log_level)
    failpoints.arm(failpoints.from_environment())
    gc.freeze()  # what is there by now stays: modules, classes, schemas are never looked through again
    gc.set_threshold(COLLECT_AFTER)
    uvloop.run(run(settings))
