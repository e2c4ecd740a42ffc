"""The parts every service process is made of, started and stopped in order."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from importlib.metadata import version as version_of

from fastapi import APIRouter, FastAPI

from plumbing import failpoints
from plumbing.auth import Keys, TokenVerifier
from plumbing.consumers import Consumers
from plumbing.db import UnitOfWork, create_engine
from plumbing.http import RemoteKeys
from plumbing.jobs import Job, Timer
from plumbing.service_tokens import ServiceTokenVerifier
from plumbing.settings import ServiceSettings
from plumbing.sqlstates import Constraints
from plumbing.web import create_app

Close = Callable[[], Awaitable[None]]


class ServiceProcess:
    """One process of a service: its database, its events, its timers and its HTTP edge, on one event loop.

    To use more cores run more processes of the same service side by side: the locks of the outbox's partitions, the
    inbox and the claims make that safe.
    """

    def __init__(
        self, name: str, settings: ServiceSettings, *, constraints: Constraints | None = None, keys: Keys | None = None
    ) -> None:
        """Connects to nothing yet. Without `keys`, those of accounts are read when the first token is checked."""
        self._name = name
        self._settings = settings
        self._engine = create_engine(
            settings.database_url.get_secret_value(), name=name, pool_size=settings.database_pool_size
        )
        self.uow = UnitOfWork(self._engine, constraints=constraints)
        self._tokens = TokenVerifier(keys or RemoteKeys(settings.jwks_url))
        self._service_tokens = ServiceTokenVerifier(settings.trusted_service_keys, audience=name)
        self._consumers: Consumers | None = None
        self._timers: list[Timer] = []
        self._closes: list[Close] = []

    def consumes(self, consumers: Consumers) -> None:
        """React to events."""
        self._consumers = consumers

    def every(self, period: timedelta, job: Job) -> None:
        """Run a job, again and again."""
        self._timers.append(Timer(period, job))

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
            checks={},
            version=version or version_of(f"sundial-{self._name}"),
        )
        app.state.uow = self.uow
        app.state.tokens = self._tokens
        app.state.service_tokens = self._service_tokens
        app.state.public_origins = frozenset(self._settings.public_origins)
        return app

    @asynccontextmanager
    async def _lifespan(self, _: FastAPI) -> AsyncGenerator[None]:
        failpoints.arm(failpoints.from_environment())
        stop = asyncio.Event()
        timers = [asyncio.create_task(timer.run(self.uow, stop)) for timer in self._timers]
        yield
        stop.set()
        await asyncio.gather(*timers)
        for close in reversed(self._closes):
            await close()
        await self._engine.dispose()
