"""A process that is told to end while a mail server is silent: nothing is lost or sent twice, and nobody waits long."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace

from fastapi import FastAPI

from notifications.main import create_app
from notifications.use_cases.departures import Departures
from plumbing.clock import utc_now
from plumbing.testing import TestKeys
from sundial_local.databases import Database

from ..mail_server import MailServer, mail_server
from ..make import Links, Studio, a_customer, settings

LATE = 5.0
"""Half of what Docker waits before it kills, where nothing else is said; an answer may take four times as long."""


@asynccontextmanager
async def sending(database: Database, keys: TestKeys, server: MailServer) -> AsyncGenerator[FastAPI]:
    """A process that sends to this server."""
    app = create_app(settings(database.app_url, keys, **server.settings), keys=keys, links=Links())
    yield app
    await app.state.uow.engine.dispose()


async def test_what_has_not_left_when_a_process_ends_is_handed_back_at_once_and_sent_once(
    studio: Studio, database: Database, keys: TestKeys
):
    booked = await studio.books(customer=a_customer(phone=None))
    async with mail_server(stops_at="MAIL") as server, sending(database, keys, server) as app:
        async with asyncio.timeout(LATE):
            async with app.router.lifespan_context(app):
                await server.asked.wait()
        [waiting] = await studio.messages()
        assert (waiting["status"], waiting["attempts"]) == ("waiting", 0)
        assert await app.state.sender.send_due(at=utc_now()) == 0
        server.gate.set()
        successor = replace(app.state.sender, departures=Departures())
        assert [await successor.send_due(at=utc_now()) for _ in range(2)] == [1, 0]
    assert server.got == [booked.customer.email]
    assert [(each["status"], each["attempts"]) for each in await studio.messages()] == [("sent", 1)]


async def test_what_has_left_when_a_process_ends_is_waited_for_and_not_sent_again(
    studio: Studio, database: Database, keys: TestKeys
):
    booked = await studio.books(customer=a_customer(phone=None))
    async with mail_server(stops_at="DATA") as server, sending(database, keys, server) as app:
        under_way = asyncio.create_task(app.state.sender.send_due(at=utc_now()))
        await server.asked.wait()
        app.state.sender.stop()
        assert [each["status"] for each in await studio.messages()] == ["waiting"]
        server.gate.set()
        await under_way
        assert await replace(app.state.sender, departures=Departures()).send_due(at=utc_now()) == 0
    assert server.got == [booked.customer.email]
    assert [(each["status"], each["attempts"]) for each in await studio.messages()] == [("sent", 1)]


async def test_what_has_left_and_is_not_answered_is_not_waited_for_for_ever(
    studio: Studio, database: Database, keys: TestKeys
):
    await studio.books(customer=a_customer(phone=None))
    async with mail_server(stops_at="DATA") as server, sending(database, keys, server) as app:
        sender = replace(app.state.sender, departures=Departures(answer_seconds=0))
        under_way = asyncio.create_task(sender.send_due(at=utc_now()))
        await server.asked.wait()
        sender.stop()
        async with asyncio.timeout(LATE):
            await under_way
    [waiting] = await studio.messages()
    assert (waiting["status"], waiting["reason"], waiting["attempts"]) == ("waiting", "noAnswer", 1)
