"""A guest of a page without deposits, and what they send to wait for what is full."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from contracts.availability import Deposit

from ....desk import Cards, Stranger
from ....make import a_service

START = datetime(2027, 3, 3, 9, tzinfo=UTC)
DAY = {"from": "2027-03-03T00:00:00Z", "to": "2027-03-04T00:00:00Z"}
SARA = {"name": "Sara", "email": "sara@example.com"}
WISH = "/api/public/waiting-list/"
LINK = "/api/public/bookings/"

type NewApp = Callable[..., FastAPI]
type StrangerOf = Callable[..., Awaitable[Stranger]]


@pytest.fixture
async def app(new_app: NewApp) -> FastAPI:
    """A process that takes deposits."""
    return new_app(payments=Cards())


@pytest.fixture
async def stranger(app: FastAPI, stranger_of: StrangerOf, sql: asyncpg.Connection) -> Stranger:
    """A guest of a page whose service is free of deposits."""
    made = await stranger_of(app)
    await sells(sql, made, Deposit())
    return made


async def sells(sql: asyncpg.Connection, stranger: Stranger, deposit: Deposit) -> None:
    """The guest's service asks for this deposit."""
    slug = stranger.page.rsplit("/", 1)[1]
    details = a_service(id=stranger.service_id, deposit=deposit).model_dump_json()
    changed = "UPDATE catalogue_copy SET details = $2 FROM page_slugs s WHERE s.slug = $1 AND id = $3"
    changed += " AND catalogue_copy.business_id = s.business_id RETURNING 1"
    assert await sql.fetchval(changed, slug, details, stranger.service_id) == 1


async def join(stranger: Stranger, *, key: str | None = None, **changed: Any) -> httpx.Response:
    """POST …/waiting-list, for that day."""
    body = {"serviceId": stranger.service_id, "customer": SARA, **DAY, **changed}
    return await stranger.send("/waiting-list", body, key=key)


async def joined(stranger: Stranger, **changed: Any) -> str:
    """The path of a wish."""
    answer = await join(stranger, **changed)
    assert answer.status_code == 201, answer.text
    return WISH + answer.json()["manageToken"]
