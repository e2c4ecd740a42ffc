"""Telling the present state again."""

from typing import Any

import asyncpg
import orjson
from fastapi import FastAPI

from appointments import jobs

from ..make import Studio, at, path


async def told(sql: asyncpg.Connection, studio: Studio) -> list[dict[str, Any]]:
    """The events of this business in the outbox."""
    rows = await sql.fetch("SELECT body FROM outbox WHERE routing_key LIKE '%' || $1 ORDER BY id", str(studio.id))
    return [orjson.loads(row["body"]) for row in rows]


async def test_every_appointment_is_told_again_at_its_revision(app: FastAPI, studio: Studio, sql: asyncpg.Connection):
    live, cancelled, deleted = [await studio.booked(at(9), staff=staff) for staff in range(3)]
    await studio.set_status(cancelled, "CANCELLED")
    await studio.client.delete(path(deleted))
    now = {made["id"]: await studio.read(made) for made in (live, cancelled)}
    before = await told(sql, studio)
    await sql.execute("DELETE FROM outbox")

    assert await jobs.republish(app.state.uow) >= 3

    again = await told(sql, studio)
    newest = {(event["subject"], event["type"].split(".")[0]): event for event in before}
    assert len(again) == 6
    for event in again:
        first = newest[event["subject"], event["type"].split(".")[0]]
        assert event["revision"] == first["revision"]
        if event["type"] == "claims.changed":
            assert event["data"] == first["data"]
        elif event["type"] == "appointment.updated":
            assert (event["data"]["change"], event["data"]["appointment"]) == ("details", now[event["subject"]])
        else:
            assert (event["type"], event["subject"]) == ("appointment.deleted", deleted["id"])


async def test_what_is_told_again_is_all_of_it_in_batches(app: FastAPI, studio: Studio, sql: asyncpg.Connection):
    made = {(await studio.booked(at(hour)))["id"] for hour in range(9, 14)}
    await sql.execute("DELETE FROM outbox")
    await jobs.republish(app.state.uow, batch=2)
    assert {event["subject"] for event in await told(sql, studio)} == made
