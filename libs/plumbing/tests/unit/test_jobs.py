"""Timers: a job that fails runs again, and none runs twice at once."""

import asyncio
from datetime import timedelta
from typing import Any, cast

from plumbing.jobs import Timer
from plumbing.problems import ServiceUnavailable
from plumbing.testing import eventually

NO_UOW = cast(Any, None)


async def run_until(timer: Timer, enough: Any) -> None:
    stop = asyncio.Event()
    task = asyncio.create_task(timer.run(NO_UOW, stop))
    await eventually(enough)
    stop.set()
    await task


async def test_a_failure_ends_that_run_only():
    runs = 0

    async def fail(_: object) -> None:
        nonlocal runs
        runs += 1
        raise ServiceUnavailable if runs % 2 else KeyError(runs)

    async def enough() -> bool:
        return runs >= 4

    await run_until(Timer(timedelta(milliseconds=1), fail), enough)


async def test_a_job_never_runs_twice_at_once():
    running = most = runs = 0

    async def linger(_: object) -> None:
        nonlocal running, most, runs
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.01)
        running -= 1
        runs += 1

    async def enough() -> bool:
        return runs >= 3

    await run_until(Timer(timedelta(milliseconds=1), linger), enough)
    assert most == 1


async def test_a_timer_that_is_told_to_stop_does_not_wait_for_its_period():
    runs = 0

    async def run(_: object) -> None:
        nonlocal runs
        runs += 1

    async def enough() -> bool:
        return runs == 1

    async with asyncio.timeout(5):
        await run_until(Timer(timedelta(hours=1), run), enough)
    assert runs == 1
