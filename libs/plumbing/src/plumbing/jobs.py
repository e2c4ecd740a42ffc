"""The timer edge: jobs that run again and again while the process runs."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from plumbing.db import UnitOfWork
from plumbing.problems import ServiceUnavailable
from plumbing.waiting import wait_for_event

log = structlog.get_logger("jobs")

Job = Callable[[UnitOfWork], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Timer:
    """A job and how often it begins. It never runs twice at once in a process; several processes may run it at once."""

    period: timedelta
    job: Job

    async def run(self, uow: UnitOfWork, stop: asyncio.Event) -> None:
        """Until told to stop: run the job, then wait for the rest of its period. A failure ends that run only."""
        loop = asyncio.get_running_loop()
        while not stop.is_set():
            began = loop.time()
            await self._once(uow)
            rest = self.period.total_seconds() - (loop.time() - began)
            await wait_for_event(stop, rest)

    async def _once(self, uow: UnitOfWork) -> None:
        name = getattr(self.job, "__qualname__", repr(self.job))
        try:
            await self.job(uow)
        except ServiceUnavailable as error:
            log.warning("job put off", job=name, reason=error.code())
        except Exception:
            log.exception("job failed", job=name)
