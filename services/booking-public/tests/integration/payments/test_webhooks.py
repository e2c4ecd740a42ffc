"""Webhooks: kept when they are Stripe's, in any order and however often; believed only that something happened."""

import itertools
import json
import time
from typing import Any

import aiohttp
import pytest

from booking_public.domain.payments import PaymentState
from sundial_local.ports import LOOPBACK
from sundial_local.stripe_sim.webhooks import signature

from ...till import KEYS, Till, held, kept

SECRET = KEYS["STRIPE_WEBHOOK_SECRETS"]


async def _sent(port: int, event: Any, *, secret: str = SECRET, age: int = 0, body: str | None = None) -> int:
    payload = json.dumps(event)
    signed = signature(secret, payload, int(time.time()) - age)
    url = f"http://{LOOPBACK}:{port}/api/webhooks/stripe"
    async with (
        aiohttp.ClientSession() as http,
        http.post(url, data=body or payload, headers={"Stripe-Signature": signed}) as answer,
    ):
        return answer.status


def _event(kind: str, intent_id: str | None, **changed: Any) -> Any:
    thing = {"id": intent_id, "object": "payment_intent", "status": "succeeded", "amount_received": 10**6}
    return {
        "id": f"evt_{time.time_ns()}",
        "object": "event",
        "type": kind,
        "livemode": False,
        "data": {"object": thing},
        **changed,
    }


async def test_a_webhook_makes_the_flow_hear_of_the_payment(till: Till):
    deposit = await till.asks()
    await till.pays(deposit)
    assert set(await till.delivers(await till.waiting(deposit))) == {200}
    await till.works()
    assert [each.state for each in till.heard] == [PaymentState.AUTHORISED]
    assert await till.lines() == [("authorised", 2500, "succeeded")]


async def test_in_whichever_order_and_however_often_webhooks_come_the_ledger_is_the_same(till: Till):
    deposit = await till.paid()
    await till.takes(deposit)
    events = await till.waiting(deposit)
    assert len(events) == 5
    for order in list(itertools.permutations(events))[::23]:
        await till.delivers([*order, order[0]])
        await till.sql.execute("UPDATE stripe_events SET processed_at = NULL WHERE intent_id = $1", deposit.provider_id)
        await till.works()
    assert await till.lines() == [("authorised", 2500, "succeeded"), ("captured", 2500, "succeeded")]
    assert {each.state for each in till.heard} == {PaymentState.CAPTURED}
    assert await till.told() == ["payment.succeeded"]


async def test_a_webhook_of_days_ago_changes_nothing_that_is_over(till: Till):
    deposit = await till.asks()
    await till.pays(deposit)
    late = await till.waiting(deposit)
    await till.lets_go(deposit)
    await till.delivers(late)
    await till.works()
    lines = await till.lines()
    assert (held(lines), kept(lines)) == (0, 0)
    assert {each.state for each in till.heard} == {PaymentState.CANCELLED}


async def test_a_flow_that_fails_hears_it_again(till: Till):
    deposit = await till.asks()
    await till.pays(deposit)
    await till.delivers(await till.waiting(deposit))
    hears, failures = till.heard.append, iter([RuntimeError("flow failed")])

    class Flaky(list[Any]):
        def append(self, item: Any) -> None:
            for failure in failures:
                raise failure
            hears(item)

    heard, till.heard = till.heard, Flaky()
    await till.work.events(till.uow)
    assert heard == []
    await till.works()
    assert [each.state for each in heard] == [PaymentState.AUTHORISED]


async def test_what_a_webhook_says_of_the_object_is_not_believed(till: Till, own_port: int):
    deposit = await till.asks()
    assert await _sent(own_port, _event("payment_intent.succeeded", deposit.provider_id)) == 200
    await till.works()
    assert await till.lines() == []
    assert till.heard == []


@pytest.mark.parametrize(
    ("changed", "how"),
    [
        ({}, {"secret": "whsec_other"}),
        ({}, {"age": 301}),
        ({}, {"age": -100_000_000, "secret": "whsec_other"}),
        ({}, {"body": '{"id": "evt_forged"}'}),
        ({"livemode": True}, {}),
        ({"livemode": None}, {}),
        ({"account": "acct_other"}, {}),
    ],
)
async def test_what_is_not_stripes_own_is_refused_and_not_kept(till: Till, own_port: int, changed: Any, how: Any):
    before = await till.sql.fetchval("SELECT count(*) FROM stripe_events")
    assert await _sent(own_port, _event("payment_intent.succeeded", "pi_1", **changed), **how) == 400
    assert await till.sql.fetchval("SELECT count(*) FROM stripe_events") == before


@pytest.mark.parametrize(
    ("body", "signed"),
    [(b"", ""), (b"\xff\xfe", "t=1,v1=x"), (b"{}", "t=,v1="), (b"[]", "v1=x"), (b"{}", "t=9999999999999999999,v1=x")],
)
async def test_hostile_bodies_and_signatures_are_refused(own_port: int, stripe: object, body: bytes, signed: str):
    url = f"http://{LOOPBACK}:{own_port}/api/webhooks/stripe"
    headers = {"Stripe-Signature": signed} if signed else {}
    async with aiohttp.ClientSession() as http, http.post(url, data=body, headers=headers) as answer:
        assert answer.status == 400
        assert (await answer.json())["code"] == "SignatureInvalid"


@pytest.mark.parametrize("body", ["[]", "{}", '"evt"', '{"livemode": false, "id": "evt_1"}', "null"])
async def test_signed_nonsense_is_refused(own_port: int, stripe: object, body: str):
    signed = signature(SECRET, body, int(time.time()))
    url = f"http://{LOOPBACK}:{own_port}/api/webhooks/stripe"
    async with (
        aiohttp.ClientSession() as http,
        http.post(url, data=body, headers={"Stripe-Signature": signed}) as answer,
    ):
        assert answer.status == 400


async def test_events_about_other_things_are_kept_and_done_with(till: Till, own_port: int):
    event = _event("customer.created", None, data={"object": {"id": "cus_1", "object": "customer"}})
    assert await _sent(own_port, event) == 200
    row = await till.sql.fetchrow("SELECT * FROM stripe_events WHERE id = $1", event["id"])
    assert row["processed_at"] is not None
