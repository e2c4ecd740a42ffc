"""kill -9 around live calendars: whoever looked at one goes on looking, and sees what is."""

import asyncio
from contextlib import AsyncExitStack
from datetime import datetime
from itertools import batched

import aiohttp
import pytest

from plumbing.testing import eventually
from sundial.live_calendar import Patience
from sundial_local.product import Product
from sundial_local.services import ServiceProcess
from tests.e2e.live import Screen, kept_calendar, range_of
from tests.e2e.owner import Owner, next_week, sign_up

SCREENS = 500
AT_ONCE = 50
CALM = Patience(first=1.0, longest=4.0, poll=15.0)
"""So many ask the services no more often than they have to."""


@pytest.mark.alone
async def test_the_screens_of_a_killed_process_go_to_the_others_and_show_what_is(
    breakable: Product, http: aiohttp.ClientSession
):
    owner = await sign_up(http, breakable.url)
    staff = await owner.staff()
    service = await owner.service([staff])
    killed, other = breakable.service("realtime").processes
    calendars = [kept_calendar(owner, patience=CALM) for _ in range(SCREENS)]
    async with AsyncExitStack() as kept:
        for some in batched(calendars, AT_ONCE):
            for calendar in some:
                await kept.enter_async_context(calendar.kept())
            await asyncio.gather(*(calendar.until(lambda it=calendar: it.is_live, seconds=120) for calendar in some))
        assert await _sockets(http, killed) > SCREENS // 4
        booking = asyncio.create_task(_book_all_day(owner, service, staff))
        killed.kill()
        await booking
        expected = await range_of(owner)
        assert len(expected) == 20
        same = (
            calendar.until(lambda it=calendar: it.is_live and it.appointments == expected, seconds=120)
            for calendar in calendars
        )
        await asyncio.gather(*same)
        assert await _sockets(http, other) >= SCREENS
        killed.launch()


async def test_what_happens_while_rabbitmq_is_gone_is_seen_when_it_is_back(
    breakable: Product, http: aiohttp.ClientSession
):
    owner = await sign_up(http, breakable.url)
    staff = await owner.staff()
    service = await owner.service([staff])
    calendar = kept_calendar(owner)
    async with calendar.kept():
        await calendar.until(lambda: calendar.is_live)
        screen = await Screen.of(owner)
        breakable.rabbitmq.kill()
        booked = (await owner.book(service, staff, next_week())).body
        await calendar.until(lambda: calendar.appointments == [booked], seconds=30)
        assert await screen.closed(seconds=30) == 1013
        await asyncio.to_thread(breakable.rabbitmq.start)
        await calendar.until(lambda: calendar.is_live, seconds=60)
        await owner.book(service, staff, next_week(11))
        await calendar.until(lambda: len(calendar.appointments) == 2, seconds=20)
    assert calendar.appointments == await range_of(owner)


async def _book_all_day(owner: Owner, service: str, staff: str) -> None:
    for number in range(20):
        start = next_week(8 + number // 2, 30 * (number % 2))

        async def is_booked(start: datetime = start) -> bool:
            booked = await owner.book(service, staff, start, headers={"Idempotency-Key": start.isoformat()})
            return booked.status == 201  # so many ask at once that it may be 503: try again

        await eventually(is_booked, seconds=30)


async def _sockets(http: aiohttp.ClientSession, process: ServiceProcess) -> int:
    """How many a process says that it has."""

    async def told() -> str:
        async with http.get(f"http://127.0.0.1:{process.port}/metrics") as answer:
            return await answer.text()

    text = await eventually(told)
    return int(float(next(line.split()[1] for line in text.splitlines() if line.startswith("live_sockets "))))
