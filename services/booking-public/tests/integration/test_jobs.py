"""What runs on a timer or by a command: what is forgotten, and what is told again."""

import json
from collections.abc import Callable
from datetime import timedelta

import asyncpg

from booking_public import jobs
from plumbing.clock import utc_now
from plumbing.db import UnitOfWork

from ..make import Studio, a_page, a_slug

PAGES = "/api/booking-pages"


async def test_a_slug_that_was_given_up_long_ago_is_free(
    studio: Studio, new_studio: Callable[..., Studio], uow: UnitOfWork, sql: asyncpg.Connection
):
    page = await studio.page()
    await studio.must("PUT", f"{PAGES}/{page['id']}", {"slug": a_slug()})
    await jobs.purge(uow)
    assert (await new_studio().call("POST", PAGES, a_page(slug=page["slug"]))).status_code == 409
    over = utc_now() - timedelta(seconds=1)
    await sql.execute("UPDATE page_slugs SET until = $1 WHERE slug = $2", over, page["slug"])
    await jobs.purge(uow)
    assert (await new_studio().call("POST", PAGES, a_page(slug=page["slug"]))).status_code == 201


async def test_every_page_is_told_again_as_it_is_removed_ones_too(
    studio: Studio, uow: UnitOfWork, sql: asyncpg.Connection
):
    first, second = await studio.page(intakeQuestions=[{"label": "Injuries?"}]), await studio.page()
    await studio.must("PUT", f"{PAGES}/{first['id']}", {"slug": a_slug(), "theme": {"accent": "#1d4ed8"}})
    await studio.must("DELETE", f"{PAGES}/{second['id']}")
    told = "SELECT body FROM outbox WHERE routing_key = $1 ORDER BY id"
    key = f"booking_page.changed.{studio.id}"
    before = [json.loads(row["body"]) for row in await sql.fetch(told, key)]
    assert await jobs.republish(uow) >= 2
    again = [json.loads(row["body"]) for row in await sql.fetch(told, key)][len(before) :]
    newest = {event["subject"]: event["data"] for event in before}
    assert {event["subject"]: event["data"] for event in again} == newest
