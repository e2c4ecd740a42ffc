"""What runs on a timer or by a command."""

from datetime import timedelta
from uuid import UUID

import asyncpg
import time_machine
from fastapi import FastAPI

from accounts import jobs
from plumbing.clock import utc_now

from ..make import Browser, an_email


async def test_every_business_is_told_again_at_its_revision(app: FastAPI, browser: Browser, sql: asyncpg.Connection):
    made = (await browser.signed_up())["business"]
    await browser.business(name="Renamed")
    told = await jobs.republish(app.state.uow)
    assert told == await sql.fetchval("SELECT count(*) FROM businesses")
    key = f"business.changed.{made['id']}"
    [again] = await sql.fetch("SELECT body FROM outbox WHERE routing_key = $1 ORDER BY id DESC LIMIT 1", key)
    assert '"revision":2' in again["body"]
    assert '"name":"Renamed"' in again["body"]
    assert await sql.fetchval("SELECT count(*) FROM outbox WHERE routing_key = $1", key) == 3


async def test_a_session_that_is_over_is_forgotten_with_its_tokens(
    app: FastAPI, browser: Browser, sql: asyncpg.Connection
):
    business = UUID((await browser.signed_up())["business"]["id"])
    await browser.refresh()
    await jobs.purge(app.state.uow)
    assert await _stored(sql, business) == (1, 2)
    with time_machine.travel(utc_now() + timedelta(hours=36, minutes=1)):
        assert await jobs.purge(app.state.uow) >= 1
    assert await _stored(sql, business) == (0, 0)


async def test_failures_that_count_no_more_are_forgotten(app: FastAPI, browser: Browser, sql: asyncpg.Connection):
    await browser.sign_in("wrong password", email=an_email())
    await jobs.purge(app.state.uow)
    assert await sql.fetchval("SELECT count(*) FROM sign_in_failures") > 0
    with time_machine.travel(utc_now() + timedelta(days=1, minutes=1)):
        await jobs.purge(app.state.uow)
    assert await sql.fetchval("SELECT count(*) FROM sign_in_failures") == 0


async def _stored(sql: asyncpg.Connection, business: UUID) -> tuple[int, int]:
    sessions = await sql.fetchval("SELECT count(*) FROM sessions WHERE business_id = $1", business)
    return sessions, await sql.fetchval("SELECT count(*) FROM refresh_tokens WHERE business_id = $1", business)
