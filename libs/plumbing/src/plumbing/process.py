"""The parts every service process is made of, started and stopped in order."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from importlib.metadata import version as version_of

import structlog
from fastapi import APIRouter, FastAPI

from plumbing import failpoints, inbox
from plumbing.access import Access, RemoteAccess
from plumbing.api_keys import KEPT, ApiKeys
from plumbing.auth import Keys, TokenVerifier
from plumbing.broker import Broker, BrokerUnavailable
from plumbing.consumers import Consumers
from plumbing.db import UnitOfWork, create_engine
from plumbing.event_metrics import measure_outbox
from plumbing.http import RemoteKeys, ServiceClient
from plumbing.jobs import Job, Timer
from plumbing.logs import setup_logs
from plumbing.publisher import Publisher
from plumbing.readiness import DatabaseCheck
from plumbing.receiver import Receiver
from plumbing.relay import Relay
from plumbing.revocations import READ_EVERY, Revocations
from plumbing.service_tokens import ServiceToken, ServiceTokenVerifier
from plumbing.settings import ServiceSettings
from plumbing.sqlstates import Constraints
from plumbing.tracing import setup_tracing
from plumbing.web import create_app

MEASURE_EVERY = timedelta(seconds=10)
PURGE_EVERY = timedelta(hours=1)
EVENTS_POOL_SIZE = 6
"""Connections for the relay (1) and the consumer (4 and one for its ledger): a rush of requests never takes them."""

Stop = Callable[[], None]
Close = Callable[[], Awaitable[None]]

log = structlog.get_logger("process")


class ServiceProcess:
    """One process of a service: its database, its events, its timers and its HTTP edge, on one event loop.

    It starts, and answers, while RabbitMQ or PostgreSQL are down; `/readyz` tells which. To use more cores run more
    processes of the same service side by side: the locks of the outbox's partitions, the inbox and the claims make
    that safe.
    """

    def __init__(
        self, name: str, settings: ServiceSettings, *, constraints: Constraints | None = None, keys: Keys | None = None
    ) -> None:
        """Connects to nothing yet. Without `keys`, accounts is asked for them, for revocations and for API keys."""
        self._name = name
        self._settings = settings
        url, amqp_url = settings.database_url.get_secret_value(), settings.amqp_url.get_secret_value()
        self._engine = create_engine(url, name=name, pool_size=settings.database_pool_size)
        self._events_engine = create_engine(url, name=f"{name}-events", pool_size=EVENTS_POOL_SIZE)
        self._publishing = Broker(amqp_url, name=f"{name}-publisher")
        self._consuming = Broker(amqp_url, name=f"{name}-consumer")
        self._publisher = Publisher(self._publishing)
        self._events_uow = UnitOfWork(self._events_engine, constraints=constraints, after_commit=self._wake_relay)
        self._relay = Relay(self._events_uow, self._publisher)
        self.uow = UnitOfWork(self._engine, constraints=constraints, after_commit=self._wake_relay)
        self._keys = keys or RemoteKeys(settings.jwks_url)
        self._tokens = TokenVerifier(self._keys)
        self._service_tokens = ServiceTokenVerifier(settings.trusted_service_keys, audience=name)
        self._receiver: Receiver | None = None
        self._timers = [Timer(MEASURE_EVERY, measure_outbox)]
        self._stops: list[Stop] = []
        self._closes: list[Close] = []
        self._is_stopping = False
        if keys is None:
            self.knows_callers_by(self._accounts())

    def knows_callers_by(self, access: Access, *, kept: timedelta = KEPT) -> None:
        """Refuse access tokens that were taken back, and accept API keys, about which an answer counts for `kept`."""
        revocations = Revocations(access)
        self.every(READ_EVERY, revocations.refresh)
        self._tokens = TokenVerifier(self._keys, revoked=revocations, api_keys=ApiKeys(access, kept=kept))

    def consumes(self, consumers: Consumers) -> None:
        """React to events."""
        self._receiver = Receiver(consumers, self._events_uow, self._consuming, self._publisher)
        self.every(PURGE_EVERY, inbox.purge)

    def every(self, period: timedelta, job: Job) -> None:
        """Run a job, again and again: once at the start, and then so long after each beginning."""
        self._timers.append(Timer(period, job))

    def stops(self, stop: Stop) -> None:
        """Call this as soon as the process is told to end, before what runs on timers is waited for."""
        self._stops.append(stop)

    def closes(self, close: Close) -> None:
        """Call this at the end of the process; the last that was added is called first."""
        self._closes.append(close)

    def app(self, *, summary: str, routers: Sequence[APIRouter], version: str | None = None) -> FastAPI:
        """The application, which starts and stops all parts with itself."""
        app = create_app(
            self._name,
            summary=summary,
            routers=routers,
            lifespan=self._lifespan,
            checks={"process": self._running, "database": DatabaseCheck(self.uow, self._name), "broker": self._broker},
            liveness={"consumer": self._hearing},
            version=version or version_of(f"sundial-{self._name}"),
        )
        app.state.uow = self.uow
        app.state.tokens = self._tokens
        app.state.service_tokens = self._service_tokens
        app.state.public_origins = frozenset(self._settings.public_origins)
        return app

    @asynccontextmanager
    async def _lifespan(self, _: FastAPI) -> AsyncGenerator[None]:
        setup_logs(self._settings.log_level)
        setup_tracing(self._name, self._settings.otel_exporter_otlp_endpoint)
        failpoints.arm(failpoints.from_environment())
        stop_timers = asyncio.Event()
        timers = [asyncio.create_task(timer.run(self.uow, stop_timers)) for timer in self._timers]
        consumer = asyncio.create_task(self._receiver.run()) if self._receiver else None
        relay = asyncio.create_task(self._relay.run())
        yield
        self._is_stopping = True
        stop_timers.set()
        for stop in self._stops:
            stop()
        await asyncio.gather(*timers)
        if self._receiver and consumer:
            self._receiver.stop()
            await consumer
        self._relay.stop()
        await relay
        await self._close()

    async def _close(self) -> None:
        for close in reversed(self._closes):
            await close()
        with suppress(BrokerUnavailable):
            await self._publishing.close()
        await self._events_engine.dispose()
        await self._engine.dispose()

    def _accounts(self) -> Access:
        token = ServiceToken(self._settings.service_private_key.get_secret_value(), audience="accounts")
        client = ServiceClient(self._settings.accounts_url, token)
        self.closes(client.close)
        return RemoteAccess(client)

    def _wake_relay(self) -> None:
        self._relay.wake()

    async def _running(self) -> str | None:
        return "stopping" if self._is_stopping else None

    async def _broker(self) -> str | None:
        return None if self._publishing.is_connected else "not connected"

    async def _hearing(self) -> str | None:
        return self._receiver.silence() if self._receiver else None
