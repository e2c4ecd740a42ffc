"""API keys: shown once, known by their hash, limited to what they are for, and gone when they are deleted."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import pytest
import time_machine

from plumbing.api_keys import key_hash
from plumbing.clock import utc_now
from plumbing.service_tokens import ServiceToken
from plumbing.testing import TestKeys

from ..make import Browser


@pytest.fixture
async def owner(browser: Browser) -> Browser:
    await browser.signed_up()
    return browser


async def _made(owner: Browser, *scopes: str) -> Any:
    answer = await owner.call("POST", "/api/api-keys", {"name": "Robot", "scopes": list(scopes)})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def _listed(owner: Browser) -> Any:
    return (await owner.call("GET", "/api/api-keys")).json()["items"]


async def _with_key(owner: Browser, key: str, method: str, path: str, body: Any = None) -> Any:
    return await owner.client.request(method, path, json=body, headers=owner.bearer(key))


async def test_a_key_is_shown_once_and_stored_as_a_hash(owner: Browser, sql: asyncpg.Connection):
    made = await _made(owner, "write", "read")
    assert made["key"].startswith("sk_sundial_")
    assert len(made["key"]) == len("sk_sundial_") + 43
    [listed] = await _listed(owner)
    assert listed == {name: made[name] for name in listed}
    assert (listed["prefix"], listed["scopes"], listed["lastUsedAt"]) == (made["key"][:15], ["read", "write"], None)
    assert "key" not in listed
    assert await sql.fetchval("SELECT key_hash FROM api_keys WHERE id = $1", made["id"]) == key_hash(made["key"])


async def test_a_repeated_request_makes_one_key_and_its_answer_keeps_no_secret(owner: Browser, sql: asyncpg.Connection):
    sent = {"name": "Robot", "scopes": ["read"]}
    first = await owner.call("POST", "/api/api-keys", sent, idempotency_key="key-1")
    again = await owner.call("POST", "/api/api-keys", sent, idempotency_key="key-1")
    assert again.json() == first.json() | {"key": None}
    assert len(await _listed(owner)) == 1
    everything = await sql.fetch("SELECT body FROM idempotency_keys WHERE body IS NOT NULL")
    assert not [row for row in everything if first.json()["key"].encode() in row["body"]]


async def test_a_key_reads_the_business_and_says_when_it_was_used(owner: Browser):
    made = await _made(owner, "read")
    answer = await _with_key(owner, made["key"], "GET", "/api/business")
    assert answer.json()["name"] == "Studio"
    used = datetime.fromisoformat((await _listed(owner))[0]["lastUsedAt"])
    assert abs(utc_now() - used) < timedelta(seconds=5)


async def test_the_last_use_is_written_at_most_once_a_minute(owner: Browser):
    made = await _made(owner, "read")
    seen = []
    for ahead in (0, 30, 59, 61):
        with time_machine.travel(utc_now() + timedelta(seconds=ahead)):
            await _with_key(owner, made["key"], "GET", "/api/business")
        seen.append((await _listed(owner))[0]["lastUsedAt"])
    assert seen[0] == seen[1] == seen[2] < seen[3]


@pytest.mark.parametrize("scopes", [("read",), ("write",), ("read", "write")])
async def test_a_key_does_nothing_that_only_an_owner_may(owner: Browser, scopes: tuple[str, ...]):
    key = (await _made(owner, *scopes))["key"]
    member = (await owner.members())[owner.email]
    calls: list[tuple[str, str, Any]] = [
        ("PUT", "/api/business", {"name": "Mine"}),
        ("GET", "/api/members", None),
        ("PUT", f"/api/members/{member['id']}", {"role": "staff"}),
        ("DELETE", f"/api/members/{member['id']}", None),
        ("POST", "/api/invitations", {"email": "x@example.com", "role": "owner"}),
        ("POST", "/api/api-keys", {"name": "More", "scopes": ["write"]}),
        ("GET", "/api/api-keys", None),
        ("GET", "/api/auth/me", None),
        ("GET", "/api/auth/businesses", None),
        ("POST", "/api/auth/sign-out", None),
    ]
    for method, path, body in calls:
        answer = await _with_key(owner, key, method, path, body)
        assert (answer.status_code, answer.json()["code"]) == (403, "NotAllowed"), path


async def test_a_deleted_key_is_refused_at_once_here(owner: Browser):
    made = await _made(owner, "read")
    assert (await owner.call("DELETE", f"/api/api-keys/{made['id']}")).status_code == 204
    answer = await _with_key(owner, made["key"], "GET", "/api/business")
    assert (answer.status_code, answer.json()["code"]) == (401, "NotSignedIn")
    assert (await owner.call("DELETE", f"/api/api-keys/{made['id']}")).status_code == 404


async def test_a_key_in_a_cookie_is_no_session(owner: Browser):
    made = await _made(owner, "read")
    answer = await owner.client.get("/api/business", headers={"Cookie": f"__Host-session={made['key']}"})
    assert answer.status_code == 401


@pytest.mark.parametrize("key", ["sk_sundial_", "sk_sundial_" + "A" * 43, "sk_sundial_" + "A" * 42 + "é"])
async def test_what_is_no_key_is_refused(owner: Browser, key: str):
    answer = await owner.client.get("/api/business", headers={"Authorization": f"Bearer {key}".encode()})
    assert (answer.status_code, answer.json()["code"]) == (401, "NotSignedIn")


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"scopes": []}, "/scopes"),
        ({"scopes": ["read", "read"]}, "/scopes"),
        ({"scopes": ["admin"]}, "/scopes/0"),
        ({"name": " "}, "/name"),
        ({"key": "sk_mine"}, "/key"),
    ],
)
async def test_what_is_no_description_of_a_key_is_refused(owner: Browser, changed: dict[str, Any], pointer: str):
    answer = await owner.call("POST", "/api/api-keys", {"name": "Robot", "scopes": ["read"], **changed})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_a_trusted_service_may_ask_whose_key_it_is(owner: Browser, caller: TestKeys):
    made = await _made(owner, "read")
    body = {"keyHash": key_hash(made["key"])}
    token = ServiceToken(caller.private_json, audience="accounts").current()
    answer = await owner.client.post("/internal/api-keys", json=body, headers=owner.bearer(token))
    assert answer.json()["key"] == {
        "id": made["id"],
        "businessId": (await owner.me()).json()["business"]["id"],
        "name": "Robot",
        "scopes": ["read"],
    }
    nothing = await owner.client.post("/internal/api-keys", json={"keyHash": "0" * 64}, headers=owner.bearer(token))
    assert nothing.json() == {"key": None}
    assert (await owner.client.post("/internal/api-keys", json=body, headers=owner.bearer())).status_code == 401


async def test_many_requests_with_one_key_at_once_all_succeed(owner: Browser):
    key = (await _made(owner, "read"))["key"]
    answers = await asyncio.gather(*(_with_key(owner, key, "GET", "/api/business") for _ in range(12)))
    assert {answer.status_code for answer in answers} == {200}
