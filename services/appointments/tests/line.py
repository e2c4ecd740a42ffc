"""People who stand in line: what the tests of the waiting list are arranged with."""

from typing import Any

from .make import Sold, Studio, at, iso


async def waits(studio: Studio, service: Sold, name: str = "Lina", **fields: Any) -> Any:
    """Somebody who is in line: for a seat with `sessionId`, else for that Monday."""
    answer = await get_in_line(studio, service, name, **fields)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def get_in_line(studio: Studio, service: Sold, name: str = "Lina", **fields: Any) -> Any:
    """POST /api/waiting-list."""
    span = {} if "sessionId" in fields else {"from": iso(at(0)), "to": iso(at(24))}
    body = {"serviceId": str(service.id), "customer": {"name": name}, **span, **fields}
    return await studio.client.post("/api/waiting-list", json=body)


async def read(studio: Studio, waiting: Any) -> Any:
    """GET /api/waiting-list/{id}."""
    answer = await studio.client.get(f"/api/waiting-list/{waiting['id']}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def answered(studio: Studio, waiting: Any, word: str) -> Any:
    """POST /api/waiting-list/{id}/accept or decline."""
    return await studio.client.post(f"/api/waiting-list/{waiting['id']}/{word}")


async def full(studio: Studio, seats: int = 2, hour: float = 9) -> tuple[Sold, list[Any]]:
    """A group service, and those who have all seats of a session of it."""
    yoga = studio.sells(capacity=seats)
    return yoga, [await studio.booked(at(hour), service=yoga, staff=0) for _ in range(seats)]
