"""A search over all that may go wrong when a guest books and pays: nobody is cheated, and no time is lost.

Each seed is a walk of one guest's key: the guest, Stripe's cards, the owner, a rival and the clock do something in
turn, while calls fail, answers and webhooks are lost, late or repeated, and the process ends at any named place.
`SEARCH_SEEDS=300`, or `SEARCH_SEEDS=300:600`, runs others than the hundred of every day.
"""

import os

import pytest
from structlog.testing import capture_logs

from booking_public.domain.payments import PaymentState

from ...till import Till, held, kept
from ...walk import DEPOSIT, Walk

STEPS = 12


def seeds() -> range:
    """Those to run: the first hundred, so many, or from one to before another."""
    first, _, last = os.environ.get("SEARCH_SEEDS", "100").rpartition(":")
    return range(int(first or 0), int(last))


@pytest.mark.parametrize("seed", seeds())
async def test_whatever_happens_time_and_money_go_together(new_walk, till: Till, seed: int):
    walk: Walk = await new_walk(seed)
    with capture_logs():  # to render a traceback takes seconds
        for _ in range(STEPS):
            await walk.step()
        await walk.settle()
    await refuse_lost_money(walk)
    await refuse_lost_time(walk)
    await refuse_second_effects(walk)
    await refuse_another_ledger(walk)


async def refuse_lost_money(walk: Walk) -> None:
    """What was taken is for an appointment that is kept, and what is kept has its deposit."""
    intents = await walk.intents()
    assert sum(intent.capturable for intent in intents) == 0
    has = sum(intent.received for intent in intents) - sum(refund.amount for refund in await walk.refunds())
    if not walk.owner_decided:
        assert has == (DEPOSIT.amount if walk.own else 0)


async def refuse_lost_time(walk: Walk) -> None:
    """Time is taken by attempts that ended well, and by nothing else."""
    rows = await walk.till.sql.fetch("SELECT * FROM bookings WHERE business_id = $1", walk.till.business_id)
    assert {row["state"] for row in rows} <= {"confirmed", "failed"}
    assert walk.booked.holds == {}
    assert {one.id for one in walk.own} <= {row["appointment_id"] for row in rows if row["state"] == "confirmed"}
    assert all(one.expires_at is None for one in walk.own)
    assert all(row["paying_back_since"] is None and row["customer"] is None for row in rows)


async def refuse_second_effects(walk: Walk) -> None:
    """One appointment, one payment, one capture, and what was told once is told again."""
    intents = await walk.intents()
    assert len(walk.own) <= 1
    assert len([one for one in intents if one.state is not PaymentState.CANCELLED]) <= 1
    assert len({str(answer) for answer in walk.told}) <= 1
    told = await walk.till.told()
    assert told.count("payment.succeeded") == len([one for one in intents if one.received])
    lost = await walk.till.sql.fetchval(
        "SELECT count(*) FROM outbox WHERE routing_key = $1 AND body LIKE '%not_captured%'",
        f"payment.failed.{walk.till.business_id}",
    )
    again = await walk.till.sql.fetchval(
        "SELECT sum(asked_again) FROM deposits WHERE business_id = $1", walk.till.business_id
    )
    assert lost == (again or 0)


async def refuse_another_ledger(walk: Walk) -> None:
    """Our ledger says what Stripe has."""
    intents = await walk.intents()
    refunds = await walk.refunds()
    lines = await walk.till.lines()
    assert held(lines) == 0
    assert kept(lines) == sum(one.received for one in intents) - sum(
        refund.amount for refund in refunds if refund.state.value == "succeeded"
    )
    found = await walk.till.sql.fetchrow(
        "SELECT coalesce(sum(captured), 0) AS captured, coalesce(sum(refunded), 0) AS refunded,"
        " bool_and(told) AS told FROM deposits WHERE business_id = $1",
        walk.till.business_id,
    )
    assert found["captured"] == sum(one.received for one in intents)
    assert found["refunded"] == sum(refund.amount for refund in refunds)
    assert found["told"] is not False
