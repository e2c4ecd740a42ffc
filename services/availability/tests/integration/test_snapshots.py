"""The catalogue for a copy that has not heard of all of it: as the events tell it, for trusted services alone."""

import json
from typing import Any

import asyncpg
import httpx

from plumbing.service_tokens import ServiceToken
from plumbing.testing import TestKeys

from ..make import Studio


async def asked(studio: Studio, keys: TestKeys) -> Any:
    """What a trusted service is answered."""
    token = ServiceToken(keys.private_json, audience="availability").current()
    sent = {"businessId": str(studio.id)}
    answer = await studio.client.post("/internal/catalogue", json=sent, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_snapshots_are_what_the_events_tell(studio: Studio, keys: TestKeys, sql: asyncpg.Connection):
    staff = await studio.staff()
    service = await studio.service(staffIds=[staff["id"]])
    await studio.must("PUT", f"/api/services/{service['id']}", {"name": "Yoga"})
    found = await asked(studio, keys)
    rows = await sql.fetch("SELECT body FROM outbox WHERE routing_key LIKE $1 ORDER BY id", f"%.{studio.id}")
    told = [json.loads(row["body"]) for row in rows]
    services = [each["data"] for each in told if each["type"] == "service.changed"]
    people = [each["data"] for each in told if each["type"] == "staff.changed"]
    assert found["services"] == [{"revision": 2, "service": services[-1]["service"]}]
    assert found["staff"] == [{"revision": 1, "staff": people[-1]["staff"]}]


async def test_what_is_archived_is_not_among_them(studio: Studio, keys: TestKeys):
    service = await studio.service()
    await studio.must("DELETE", f"/api/services/{service['id']}")
    assert (await asked(studio, keys))["services"] == []


async def test_only_services_may_ask(studio: Studio):
    refused: httpx.Response = await studio.call("POST", "/internal/catalogue", {"businessId": str(studio.id)})
    assert (refused.status_code, refused.json()["code"]) == (401, "NotSignedIn")
