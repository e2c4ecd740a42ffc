"""Services: added, read, changed, archived."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from plumbing.auth import Role

from ..make import Accounts, Studio, a_service


def pointers(answer: Any) -> list[str]:
    """The fields that a 422 names."""
    assert answer.status_code == 422, answer.text
    return [error["pointer"] for error in answer.json()["errors"]]


async def test_a_service_is_stored_as_it_was_answered(studio: Studio):
    staff = [(await studio.staff())["id"] for _ in range(2)]
    body = a_service(
        description="On the reformer",
        category="Movement",
        color="#123abc",
        bufferBeforeMinutes=5,
        bufferAfterMinutes=10,
        slotIntervalMinutes=30,
        deposit={"kind": "fixed", "amount": {"amount": 5_000, "currency": "AED"}, "percent": None},
        minNoticeMinutes=120,
        maxAdvanceDays=90,
        capacity=8,
        resourceNeeds=[{"kind": "reformer", "quantity": 2}, {"kind": "room", "quantity": 1}],
        staffIds=staff,
        active=False,
    )
    answer = await studio.call("POST", "/api/services", body)
    made = answer.json()
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/api/services/{made['id']}"
    assert answer.headers["etag"] == '"1"'
    assert {name: made[name] for name in body} == body
    read = await studio.call("GET", f"/api/services/{made['id']}")
    assert read.json() == made
    assert read.headers["etag"] == '"1"'


async def test_a_change_changes_what_it_sends_and_nothing_else(studio: Studio):
    staff = await studio.staff()
    made = await studio.service(category="Care", staffIds=[staff["id"]], resourceNeeds=[{"kind": "bed", "quantity": 1}])
    path = f"/api/services/{made['id']}"
    changed = await studio.must("PUT", path, {"name": "Massage", "category": None})
    expected = made | {"name": "Massage", "category": None, "revision": 2, "updatedAt": changed["updatedAt"]}
    assert changed == expected == await studio.must("GET", path)


async def test_a_list_that_is_sent_replaces_the_list(studio: Studio):
    first, second = [(await studio.staff())["id"] for _ in range(2)]
    made = await studio.service(staffIds=[first], resourceNeeds=[{"kind": "bed", "quantity": 1}])
    path = f"/api/services/{made['id']}"
    changed = await studio.must("PUT", path, {"staffIds": [second, second], "resourceNeeds": []})
    assert (changed["staffIds"], changed["resourceNeeds"], changed["revision"]) == ([second], [], 2)
    emptied = await studio.must("PUT", path, {"staffIds": []})
    assert emptied["staffIds"] == []
    assert (await studio.must("GET", path))["revision"] == 3


async def test_a_change_that_changes_nothing_leaves_the_revision(studio: Studio):
    made = await studio.service()
    again = await studio.must("PUT", f"/api/services/{made['id']}", a_service())
    assert again == made


async def test_an_archived_service_is_gone(studio: Studio):
    made, kept = await studio.service(), await studio.service()
    path = f"/api/services/{made['id']}"
    assert (await studio.call("DELETE", path)).status_code == 204
    for method, body in (("GET", None), ("PUT", {"name": "x"}), ("DELETE", None)):
        assert (await studio.call(method, path, body)).status_code == 404
    assert [one["id"] for one in (await studio.must("GET", "/api/services"))["items"]] == [kept["id"]]


async def test_a_list_is_read_in_pages_and_can_be_filtered(studio: Studio):
    made = [(await studio.service(name=f"S{n}", active=n % 2 == 0))["id"] for n in range(5)]
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        page = await studio.must("GET", f"/api/services?limit=2{cursor and f'&cursor={cursor}'}")
        seen += [one["id"] for one in page["items"]]
        cursor = page["nextCursor"]
    assert seen == made
    active = await studio.must("GET", "/api/services?active=true")
    assert [one["id"] for one in active["items"]] == made[::2]
    assert pointers(await studio.call("GET", "/api/services?cursor=WyJ4Il0")) == ["/cursor"]


@pytest.mark.parametrize("whose", ["nobody", "another business", "archived"])
async def test_staff_who_are_not_of_the_business_are_refused(
    studio: Studio, new_studio: Callable[..., Studio], whose: str
):
    own = (await studio.staff())["id"]
    stranger = str(uuid4())
    if whose == "another business":
        stranger = (await new_studio().staff())["id"]
    elif whose == "archived":
        stranger = (await studio.staff())["id"]
        await studio.must("DELETE", f"/api/staff/{stranger}")
    refused = await studio.call("POST", "/api/services", a_service(staffIds=[own, stranger]))
    assert pointers(refused) == ["/staffIds/1"]
    made = await studio.service()
    assert pointers(await studio.call("PUT", f"/api/services/{made['id']}", {"staffIds": [stranger]})) == [
        "/staffIds/0"
    ]


async def test_money_is_in_the_currency_of_the_business(studio: Studio):
    dollars = {"amount": 100, "currency": "USD"}
    deposit = {"kind": "fixed", "amount": dollars}
    refused = await studio.call("POST", "/api/services", a_service(price=dollars, deposit=deposit))
    assert pointers(refused) == ["/price/currency", "/deposit/amount/currency"]
    made = await studio.service()
    assert pointers(await studio.call("PUT", f"/api/services/{made['id']}", {"price": dollars})) == ["/price/currency"]


async def test_a_currency_changed_a_moment_ago_counts_at_once(studio: Studio, accounts: Accounts):
    made = await studio.service()
    accounts.change(studio.id, revision=2, currency="USD")
    dollars = {"amount": 100, "currency": "USD"}
    changed = await studio.must("PUT", f"/api/services/{made['id']}", {"price": dollars})
    assert changed["price"] == dollars


async def test_a_business_is_asked_for_once(studio: Studio, accounts: Accounts):
    await studio.service()
    await studio.service()
    assert accounts.asked.count(studio.id) == 1


async def test_while_accounts_is_away_a_new_business_has_to_try_again(studio: Studio, accounts: Accounts):
    answer = accounts.known.pop(studio.id)
    refused = await studio.call("POST", "/api/services", a_service())
    assert (refused.status_code, refused.json()["code"]) == (503, "ServiceUnavailable")
    accounts.known[studio.id] = answer
    await studio.service()


async def test_a_fixed_deposit_is_at_most_the_price(studio: Studio):
    deposit = {"kind": "fixed", "amount": {"amount": 15_000, "currency": "AED"}}
    made = await studio.service(deposit=deposit)
    lower = {"price": {"amount": 14_999, "currency": "AED"}}
    refused = await studio.call("PUT", f"/api/services/{made['id']}", lower)
    assert pointers(refused) == ["/deposit/amount/amount"]
    none = await studio.must("PUT", f"/api/services/{made['id']}", {**lower, "deposit": {"kind": "none"}})
    assert none["deposit"] == {"kind": "none", "amount": None, "percent": None}


async def test_a_change_from_a_stale_revision_is_refused_with_the_current_state(studio: Studio):
    made = await studio.service()
    path = f"/api/services/{made['id']}"
    current = await studio.must("PUT", path, {"name": "Yoga"})
    for method, body in (("PUT", {"name": "Mine"}), ("DELETE", None)):
        refused = await studio.call(method, path, body, If_Match='"1"')
        assert (refused.status_code, refused.json()["code"]) == (412, "StaleRevision")
        assert refused.json()["current"] == current
    assert (await studio.call("PUT", path, {"name": "Mine"}, If_Match='"2"')).status_code == 200


async def test_staff_members_read_the_catalogue_and_do_not_write_it(studio: Studio):
    made = await studio.service()
    path = f"/api/services/{made['id']}"
    studio.act_as(Role.STAFF, str(uuid4()))
    assert (await studio.call("GET", path)).status_code == 200
    assert (await studio.call("GET", "/api/services")).status_code == 200
    for method, where, body in (("POST", "/api/services", a_service()), ("PUT", path, {}), ("DELETE", path, None)):
        refused = await studio.call(method, where, body)
        assert (refused.status_code, refused.json()["code"]) == (403, "NotAllowed")
    studio.act_as(Role.MANAGER)
    assert (await studio.call("PUT", path, {"name": "Yoga"})).status_code == 200


async def test_a_service_sent_twice_with_one_key_is_added_once(studio: Studio):
    first = await studio.call("POST", "/api/services", a_service(), Idempotency_Key="one")
    again = await studio.call("POST", "/api/services", a_service(), Idempotency_Key="one")
    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert len((await studio.must("GET", "/api/services"))["items"]) == 1


async def test_every_change_is_told_with_the_state_after_it(studio: Studio, sql: asyncpg.Connection):
    made = await studio.service()
    path = f"/api/services/{made['id']}"
    await studio.must("PUT", path, {"staffIds": [(await studio.staff())["id"]]})
    await studio.must("DELETE", path)
    bodies = await sql.fetch(
        "SELECT body::jsonb #>> '{data,revision}' AS revision, body::jsonb #>> '{data,service,archived}' AS archived,"
        " jsonb_array_length(body::jsonb #> '{data,service,staffIds}') AS staff"
        " FROM outbox WHERE body::jsonb ->> 'subject' = $1 ORDER BY id",
        made["id"],
    )
    assert [tuple(row) for row in bodies] == [("1", "false", 0), ("2", "false", 1), ("3", "true", 1)]
