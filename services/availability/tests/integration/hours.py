"""Hours for the tests: a staff member on Mondays from nine to twelve, and what is put beside those hours."""

from typing import Any

from ..make import Studio

MONDAY, TUESDAY = "2027-03-01", "2027-03-02"
EVENING = {"start": "18:00", "end": "20:00"}
AS_EVER = ["09:00", "10:00", "11:00"]
"""What is free on a Monday with those hours, on the hour."""


def a_closure(**changed: Any) -> dict[str, Any]:
    """That Monday is a holiday."""
    return {"name": "Holiday", "startDate": MONDAY, "endDate": MONDAY, **changed}


def a_season(**changed: Any) -> dict[str, Any]:
    """Evening hours in Ramadan, in which that Monday lies."""
    blocks = [{"dayOfWeek": 1, "start": "20:00", "end": "22:00"}]
    return {"name": "Ramadan", "startDate": "2027-02-08", "endDate": "2027-03-09", "blocks": blocks, **changed}


async def pointers(studio: Studio, method: str, path: str, body: Any) -> list[str]:
    """Which fields a request is refused for."""
    answer = await studio.call(method, path, body)
    assert answer.status_code == 422, answer.text
    return [error["pointer"] for error in answer.json()["errors"]]
