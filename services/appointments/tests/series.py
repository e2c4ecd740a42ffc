"""What the tests of series share: making one, changing it, and what is in it."""

from datetime import datetime
from typing import Any

import httpx

from .make import Studio, at

WEEKLY = "FREQ=WEEKLY;COUNT=4"


async def repeat(studio: Studio, start: datetime | None = None, rrule: str = WEEKLY, **fields: Any) -> httpx.Response:
    """POST /api/series; four Mondays, unless it is said otherwise."""
    key = fields.pop("key", None)
    body = studio.body(start or at(9), **{"rrule": rrule, **fields})
    return await studio.client.post("/api/series", json=body, headers={"Idempotency-Key": key} if key else {})


async def repeated(studio: Studio, start: datetime | None = None, rrule: str = WEEKLY, **fields: Any) -> Any:
    """The body of a series that has to be made."""
    answer = await repeat(studio, start, rrule, **fields)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def change(studio: Studio, series: Any, scope: str, number: int | None = 0, **fields: Any) -> httpx.Response:
    """PUT /api/series/{id} that names the appointment with this number, if any."""
    named = {} if number is None else {"appointmentId": series["items"][number]["id"]}
    return await studio.client.put(where(series), json={"scope": scope, **named, **fields})


async def changed(studio: Studio, series: Any, scope: str, number: int | None = 0, **fields: Any) -> Any:
    """The body of a change that has to succeed."""
    answer = await change(studio, series, scope, number, **fields)
    assert answer.status_code == 200, answer.text
    assert answer.headers["etag"] == f'"{answer.json()["revision"]}"'
    return answer.json()


async def cancel(studio: Studio, series: Any, **query: Any) -> httpx.Response:
    """DELETE /api/series/{id}."""
    return await studio.client.delete(where(series), params=query)


async def read(studio: Studio, series: Any) -> Any:
    """GET /api/series/{id}, which has to be there."""
    answer = await studio.client.get(where(series))
    assert answer.status_code == 200, answer.text
    return answer.json()


def where(series: Any) -> str:
    """Where a series is."""
    return f"/api/series/{series['id']}"


def starts(series: Any) -> list[str]:
    """When the appointments of it start."""
    return [item["start"] for item in series["items"]]


def statuses(series: Any) -> list[str]:
    """The status of each of them."""
    return [item["status"] for item in series["items"]]
