"""Figures about deposits: what was taken and given back, as it is now, by date of the business."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from plumbing.clock import utc_now
from plumbing.testing import noted_statements

from ...make import Studio
from ...till import Till


def _span(start: datetime, end: datetime) -> str:
    return "&".join(f"{name}={at:%Y-%m-%dT%H:%M:%SZ}" for name, at in (("rangeStart", start), ("rangeEnd", end)))


async def _report(owner: Studio, *, since: timedelta = timedelta(days=1), until: timedelta = timedelta(days=1)) -> Any:
    now = utc_now()
    return await owner.must("GET", f"/api/payments/report?{_span(now - since, now + until)}")


async def test_what_was_taken_and_arrived_back_counts_and_a_refund_that_failed_does_not(till: Till, owner: Studio):
    await till.gives_back(await till.taken(), 1000)
    failing = await till.taken(card="4000000000005126")
    refund = await till.gives_back(failing)
    assert [day["givenBack"]["amount"] for day in (await _report(owner))["days"]] == [3500]
    await till.stripe.post(f"refunds/{refund.provider_id}/settle", succeeds=False)
    await till.delivers(await till.waiting(failing))
    await till.works()
    await till.paid()  # a card keeps it ready, and nobody has taken it
    today = utc_now().astimezone(ZoneInfo("Asia/Dubai")).date()
    money = {"taken": {"amount": 5000, "currency": "AED"}, "givenBack": {"amount": 1000, "currency": "AED"}}
    with noted_statements(till.uow) as statements:
        found = await _report(owner)
    assert found == {"timezone": "Asia/Dubai", "days": [{"date": str(today), **money}]}
    assert len(statements) == 2  # the business, and the figures
    assert (await _report(owner, since=timedelta(days=9), until=timedelta(days=-1)))["days"] == []


@pytest.mark.parametrize("days", [0, 367])
async def test_a_range_is_ahead_and_has_at_most_366_days(owner: Studio, days: int):
    answer = await owner.call("GET", f"/api/payments/report?{_span(utc_now(), utc_now() + timedelta(days=days))}")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/rangeEnd")
