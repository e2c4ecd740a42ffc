"""How much time there is, as booking-public asks."""

from typing import Any

from plumbing.service_tokens import ServiceToken
from plumbing.testing import TestKeys

from ..make import Studio, at

DAY = {"blocks": [{"dayOfWeek": 1, "start": "09:00", "end": "12:00"}]}


async def asked(studio: Studio, keys: TestKeys, **changed: Any) -> Any:
    """The answer about two weeks from a Monday on."""
    token = ServiceToken(keys.private_json, audience="availability").current()
    body = {"businessId": str(studio.id), "start": at(0).isoformat(), "end": at(24 * 14).isoformat(), **changed}
    return await studio.call("POST", "/internal/open-minutes", body, authorization=f"Bearer {token}")


async def test_the_hours_of_all_staff_count(studio: Studio, keys: TestKeys):
    assert (await asked(studio, keys)).json() == {"minutes": 0}
    for name in ("Amira", "Omar"):
        staff = (await studio.staff(name))["id"]
        await studio.must("PUT", f"/api/staff/{staff}/hours", DAY)
    assert (await asked(studio, keys)).json() == {"minutes": 2 * 2 * 180}


async def test_a_range_has_an_end(studio: Studio, keys: TestKeys):
    assert (await asked(studio, keys, end=at(24 * 101).isoformat())).status_code == 422
    assert (await asked(studio, keys, end=at(0).isoformat())).status_code == 422


async def test_only_a_service_may_ask(studio: Studio):
    assert (await studio.call("POST", "/internal/open-minutes", {})).status_code == 401
