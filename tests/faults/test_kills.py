"""kill -9 of one part at a time while people book: nothing acknowledged is lost, and everything heals."""

import asyncio
from typing import Protocol

import pytest

from plumbing.testing import eventually
from sundial_local.product import Product
from tests.e2e.owner import Owner
from tests.faults.stored import Databases
from tests.faults.storm import Ledger, Storm, storm_on

OPERATIONS = 1_200
BEFORE = 300
"""Answers that are given before the part is killed."""
MEANWHILE = 50
"""Answers, or refusals to answer, that are given before it is started again."""
VICTIMS = ["appointments", "availability", "postgres", "rabbitmq"]


class Part(Protocol):
    """A part of the product that runs as processes of its own."""

    def kill(self) -> None:
        """kill -9."""
        ...

    def start(self) -> None:
        """Start it again on what it kept."""
        ...


@pytest.mark.parametrize("victim", VICTIMS)
async def test_nothing_acknowledged_is_lost_when_a_part_is_killed(
    breakable: Product, breakable_owner: Owner, breakable_databases: Databases, victim: str
):
    business = breakable_owner.business["id"]
    storm = await storm_on(breakable_owner, seed=VICTIMS.index(victim))
    async with asyncio.TaskGroup() as group:
        run = group.create_task(storm.run(OPERATIONS))
        group.create_task(kill_and_start(breakable.part(victim), storm))
    assert await breakable_databases.overlaps() == 0
    assert await breakable_databases.broken_promises(business, run.result()) == []
    await breakable_databases.until_copy_is_equal(business, seconds=60)


async def kill_and_start(part: Part, storm: Storm) -> None:
    await answers(storm.ledger, BEFORE)
    await asyncio.to_thread(part.kill)
    await answers(storm.ledger, storm.ledger.answers.total() + MEANWHILE)
    await asyncio.to_thread(part.start)


async def answers(ledger: Ledger, count: int) -> None:
    async def given() -> int:
        return ledger.answers.total()

    await eventually(given, until=lambda seen: seen >= count, seconds=60)
