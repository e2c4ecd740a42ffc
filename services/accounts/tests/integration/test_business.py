"""The business: who may change it, what a change is, and that none is lost."""

import asyncio
from typing import Any

import asyncpg
import pytest

from plumbing.auth import Role
from plumbing.service_tokens import ServiceToken
from plumbing.testing import TestKeys

from ..make import Browser


async def test_a_change_changes_what_it_sends_and_raises_the_revision(browser: Browser):
    made = (await browser.signed_up())["business"]
    answer = await browser.business(timezone="Europe/Berlin", contactPhone="+49 30 123456", address="Somewhere 1")
    changed = answer.json()
    assert (answer.status_code, answer.headers["etag"], changed["revision"]) == (200, '"2"', 2)
    assert (changed["name"], changed["timezone"]) == (made["name"], "Europe/Berlin")
    assert (changed["contactPhone"], changed["address"]) == ("+4930123456", "Somewhere 1")
    read = await browser.client.get("/api/business", headers=browser.bearer())
    assert (read.json(), read.headers["etag"]) == (changed, '"2"')


async def test_null_clears_a_contact(browser: Browser):
    await browser.signed_up()
    await browser.business(contactEmail="Desk@Example.com")
    cleared = (await browser.business(contactEmail=None, name=None)).json()
    assert (cleared["contactEmail"], cleared["name"]) == (None, "Studio")


async def test_a_change_is_told_with_all_there_is_to_know(browser: Browser, sql: asyncpg.Connection):
    made = (await browser.signed_up())["business"]
    await browser.business(name="New", contactEmail="desk@example.com")
    told = await _told(sql, made["id"])
    assert len(told) == 2
    assert '"revision":2' in told[1]
    assert '"contactEmail":"desk@example.com"' in told[1]


async def test_what_changes_nothing_is_not_told(browser: Browser, sql: asyncpg.Connection):
    made = (await browser.signed_up())["business"]
    answer = await browser.business(name=made["name"])
    assert answer.json() == made
    assert len(await _told(sql, made["id"])) == 1


async def test_a_stale_change_is_refused_with_the_present_state(browser: Browser):
    await browser.signed_up()
    await browser.business(name="First")
    answer = await _change(browser, {"name": "Second"}, if_match='"1"')
    assert (answer.status_code, answer.json()["code"]) == (412, "StaleRevision")
    assert answer.json()["current"]["name"] == "First"
    assert (await _change(browser, {"name": "Second"}, if_match='"2"')).status_code == 200


async def test_of_concurrent_changes_from_one_revision_one_succeeds(browser: Browser):
    await browser.signed_up()
    changes = (_change(browser, {"name": f"Name {number}"}, if_match='"1"') for number in range(8))
    statuses = sorted(answer.status_code for answer in await asyncio.gather(*changes))
    assert statuses == [200] + [412] * 7


@pytest.mark.parametrize("role", [Role.MANAGER, Role.STAFF])
async def test_only_an_owner_may_change_it_and_every_member_may_read_it(
    browser: Browser, sql: asyncpg.Connection, role: Role
):
    made = await browser.signed_up()
    await sql.execute("UPDATE members SET role = $1 WHERE user_id = $2", role.value, made["user"]["id"])
    browser.keep(await browser.refresh())
    refused = await browser.business(name="Mine")
    assert (refused.status_code, refused.json()["code"]) == (403, "NotAllowed")
    read = await browser.client.get("/api/business", headers=browser.bearer())
    assert read.json()["name"] == "Studio"


async def test_who_is_no_owner_any_more_may_not_wait_for_the_token_to_expire(browser: Browser, sql: asyncpg.Connection):
    made = await browser.signed_up()
    await sql.execute("UPDATE members SET role = 'staff' WHERE user_id = $1", made["user"]["id"])
    assert (await browser.business(name="Mine")).status_code == 403


@pytest.mark.parametrize(
    "changes",
    [
        {"timezone": "Nowhere"},
        {"currency": "XAU"},
        {"currency": 1},
        {"locale": "x"},
        {"contactEmail": "x"},
        {"contactPhone": "12"},
        {"address": "x" * 5001},
        {"revision": 7},
        {"id": "0190c2f0-0000-7000-8000-000000000000"},
    ],
)
async def test_what_is_no_business_is_refused(browser: Browser, changes: dict[str, Any]):
    await browser.signed_up()
    answer = await browser.business(**changes)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, f"/{next(iter(changes))}")


async def test_another_site_cannot_change_it_with_the_cookie(browser: Browser):
    await browser.signed_up()
    cookie = f"__Host-session={browser.cookies['__Host-session']}"
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {}):
        answer = await browser.client.put("/api/business", json={"name": "X"}, headers={"Cookie": cookie, **headers})
        assert (answer.status_code, answer.json()["code"]) == (403, "CrossSiteRequest")


async def test_a_trusted_service_may_ask_for_a_business(browser: Browser, caller: TestKeys):
    made = (await browser.signed_up())["business"]
    answer = await _asked(browser, made["id"], caller)
    assert answer.status_code == 200
    assert answer.json() == {
        "businessId": made["id"],
        **{name: made[name] for name in ("revision", "name", "timezone", "currency", "locale")},
        **{name: made[name] for name in ("contactEmail", "contactPhone", "address")},
    }


async def test_a_business_that_never_was_is_not_found(browser: Browser, caller: TestKeys):
    answer = await _asked(browser, "0190c2f0-0000-7000-8000-000000000000", caller)
    assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")


async def test_nobody_else_may_ask(browser: Browser):
    made = (await browser.signed_up())["business"]
    body = {"businessId": made["id"]}
    with_token = await browser.client.post("/internal/businesses", json=body, headers=browser.bearer())
    assert with_token.status_code == 401
    assert (await browser.client.post("/internal/businesses", json=body)).status_code == 401
    assert (await _asked(browser, made["id"], TestKeys("availability"))).status_code == 401


async def _asked(browser: Browser, business_id: str, caller: TestKeys) -> Any:
    token = ServiceToken(caller.private_json, audience="accounts").current()
    return await browser.client.post(
        "/internal/businesses", json={"businessId": business_id}, headers=browser.bearer(token)
    )


async def _change(browser: Browser, changes: dict[str, Any], *, if_match: str) -> Any:
    return await browser.client.put("/api/business", json=changes, headers={**browser.bearer(), "If-Match": if_match})


async def _told(sql: asyncpg.Connection, business_id: str) -> list[str]:
    rows = await sql.fetch(
        "SELECT body FROM outbox WHERE routing_key = $1 ORDER BY id", f"business.changed.{business_id}"
    )
    return [row["body"] for row in rows]
