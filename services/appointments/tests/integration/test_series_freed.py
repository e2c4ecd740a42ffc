"""What a series gives back is offered to whoever waits for it, unless the series itself takes it again."""

from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from contracts.ids import uuid7

from ..make import Studio, at, iso
from ..series import cancel, changed, repeated, starts

pytestmark = pytest.mark.usefixtures("month_before")

_WAIT = """
INSERT INTO waiting_list (business_id, id, service_id, from_at, to_at, customer_id, offer_minutes, state,
    created_at, updated_at, revision)
VALUES ($1, $2, $3, $4, $5, $6, 30, 'waiting', now(), now(), 1)
"""


async def waiting(studio: Studio, sql: asyncpg.Connection, service: Any, series: Any) -> None:
    """The customer of a series waits for the same service too, for a month."""
    customer = series["items"][0]["customerId"]
    await sql.execute(_WAIT, studio.id, uuid7(), service.id, at(0), at(0, day=28), customer)


async def offered(studio: Studio, sql: asyncpg.Connection) -> list[Any]:
    """When the appointments start that are held for somebody."""
    rows = await sql.fetch(
        "SELECT start_time FROM appointments WHERE business_id = $1 AND expires_at IS NOT NULL", studio.id
    )
    return [row["start_time"] for row in rows]


async def test_a_cancelled_occurrence_is_offered_to_the_first_in_line(studio: Studio, sql: asyncpg.Connection):
    service = studio.sells()
    made = await repeated(studio, service=service, customer={"name": "Noor"})
    await waiting(studio, sql, service, made)
    assert (await cancel(studio, made)).status_code == 204
    assert await offered(studio, sql) == [at(9)]
    assert (await studio.book(at(9), service=service)).status_code == 409
    await studio.booked(at(9, day=7), service=service)


async def test_a_time_that_the_series_takes_again_is_not_offered(studio: Studio, sql: asyncpg.Connection):
    service = studio.sells(minutes=24 * 60)
    made = await repeated(studio, rrule="FREQ=DAILY;COUNT=3", service=service, customer={"name": "Noor"})
    await waiting(studio, sql, service, made)
    moved = await changed(studio, made, "all", start=iso(at(9, day=1)))
    assert starts(moved) == [iso(at(9) + timedelta(days=day)) for day in (1, 2, 3)]
    assert await offered(studio, sql) == [at(9)]
