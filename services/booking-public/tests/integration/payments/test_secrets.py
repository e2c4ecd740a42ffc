"""What nobody may read: keys, secrets of payments and cards are in no log, however much is logged, and in no event."""

import logging

import pytest

from plumbing.problems import ServiceUnavailable

from ...till import KEYS, Till


async def test_no_key_no_client_secret_and_no_card_is_logged_or_told(till: Till, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG):
        deposit = await till.asks()
        await till.pays(deposit, "4000000000000002")
        await till.delivers(await till.waiting(deposit))
        await till.works()
        await till.pays(deposit)
        await till.stripe.fails("error", "/capture$")
        await till.rests()
        await till.work.reconcile(till.uow)
        with pytest.raises(ServiceUnavailable):
            await till.takes(await till.looks(deposit))
        await till.takes(deposit)
        await till.gives_back(deposit, 100)
    told = await till.sql.fetchval("SELECT string_agg(body, '') FROM outbox WHERE routing_key LIKE 'payment.%'")
    ours = "".join(record.getMessage() for record in caplog.records if not record.name.startswith("tests"))
    for secret in (*KEYS.values(), deposit.client_secret or "", "4000000000000002", "4242424242424242"):
        assert secret not in ours
        assert secret not in told
