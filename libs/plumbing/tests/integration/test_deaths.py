"""A consuming process is killed at the worst moments; another takes its place."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from plumbing.failures import ERROR
from plumbing.testing import eventually
from plumbing.topology import dead_letters_of

from .parts import QUEUE, Parts, claims, listening, running

MORTAL = Path(__file__).parent / "mortal.py"
KILLED = -signal.SIGKILL


@asynccontextmanager
async def process(parts: Parts, *deadly: str, failpoint: str = "") -> AsyncGenerator[asyncio.subprocess.Process]:
    """A process that consumes, ended with the block if it has not ended before."""
    arguments = (str(MORTAL), parts.database_url, parts.amqp_url, *deadly)
    environment = {**os.environ, "FAILPOINT": failpoint}
    started = await asyncio.create_subprocess_exec(sys.executable, *arguments, env=environment)
    try:
        yield started
    finally:
        if started.returncode is None:
            started.terminate()
            await started.wait()


@pytest.mark.parametrize(
    "failpoint",
    ["consumer.before_attempt:kill", "consumer.mid_effect:kill", "consumer.before_ack:kill"],
)
async def test_a_process_killed_at_any_moment_leaves_one_effect(parts: Parts, failpoint: str):
    async with running(parts.receiver(listening())):
        await parts.listens()
    event = claims()
    await parts.publish(event)
    async with process(parts, failpoint=failpoint) as killed:
        assert await killed.wait() == KILLED
    async with running(parts.receiver(listening())):
        await eventually(lambda: parts.count(QUEUE), until=lambda count: count == 0)
        assert await eventually(parts.effects) == [(event.subject, 1)]
    assert await parts.left() == []


async def test_what_kills_its_process_is_put_aside_and_takes_no_neighbour_along(parts: Parts):
    async with running(parts.receiver(listening())):
        await parts.listens()
    events = [claims() for _ in range(9)]
    deadly = str(events[4].subject)
    for event in events:
        await parts.publish(event)
    deaths = 0
    while await parts.count(dead_letters_of(QUEUE)) == 0:
        async with process(parts, deadly) as mortal:
            died = asyncio.create_task(mortal.wait())
            while not died.done() and not await parts.count(dead_letters_of(QUEUE)):
                await asyncio.wait([died], timeout=0.1)
            deaths += died.done()
    async with running(parts.receiver(listening())):
        await eventually(parts.effects, until=lambda seen: len(seen) == 8)
    dead = await parts.take(dead_letters_of(QUEUE))
    assert dead is not None
    assert (dead.header.properties.headers or {})[ERROR] == "ProcessDied"
    assert deaths == 3
    assert {subject for subject, _ in await parts.effects()} == {e.subject for e in events} - {events[4].subject}
    assert await parts.count(dead_letters_of(QUEUE)) == 0
