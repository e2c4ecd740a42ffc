"""stripe-sim and localstripe, another stand-in by other people, agree wherever localstripe follows Stripe.

It ignores idempotency keys, declines few cards, counts no received amount and sends no webhook of a refund, so more
than this it cannot say.
"""

import asyncio
import sys
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Any

import pytest
import stripe

from sundial_local.os_account import Account
from sundial_local.ports import LOOPBACK, answers, free_port
from sundial_local.processes import Child
from sundial_local.waiting import wait_until

from ..stripe_account import Shop

_SERVE = (
    "import sys; from aiohttp import web; from localstripe.resources import store; from localstripe.server import app;"
    "type(store).dump_to_disk = lambda _: None; web.run_app(app, host=sys.argv[1], port=int(sys.argv[2]))"
)


@pytest.fixture
async def other_shop(tmp_path: Path) -> AsyncGenerator[Shop]:
    """Somebody who sells through localstripe."""
    port = free_port()
    child = Child("localstripe", tmp_path, Account())
    child.start([sys.executable, "-c", _SERVE, LOOPBACK, str(port)], {"PATH": "/usr/bin:/bin"}, tmp_path)
    await asyncio.to_thread(wait_until, lambda: answers(port), seconds=30, what="localstripe answers")
    made = Shop(f"http://{LOOPBACK}:{port}")
    yield made
    await made.close()
    child.kill()


async def _captured(shop: Shop) -> list[Any]:
    intent = await _confirmed(shop)
    before = [intent.status, intent.amount, intent.currency, intent.capture_method, intent.next_action]
    intent = await shop.sdk.v1.payment_intents.capture_async(intent.id)
    return [*before, intent.status, intent.amount]


async def _cancelled(shop: Shop) -> list[Any]:
    intent = await _confirmed(shop)
    intent = await shop.sdk.v1.payment_intents.cancel_async(intent.id)
    return [intent.status, intent.amount]


async def _refunded(shop: Shop) -> list[Any]:
    intent = await _confirmed(shop)
    await shop.sdk.v1.payment_intents.capture_async(intent.id)
    refund = await shop.sdk.v1.refunds.create_async({"payment_intent": intent.id, "amount": 1000})
    return [refund.status, refund.amount, refund.currency]


async def _unknown(shop: Shop) -> list[Any]:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        await shop.sdk.v1.payment_intents.retrieve_async("pi_unknown")
    return [refused.value.http_status]


async def _confirmed(shop: Shop) -> stripe.PaymentIntent:
    return await shop.asks(payment_method="pm_card_visa", confirm=True)


@pytest.mark.parametrize("story", [_captured, _cancelled, _refunded, _unknown])
async def test_both_stand_ins_tell_the_same_story(shop: Shop, other_shop: Shop, story: Callable[[Shop], Any]):
    assert await story(shop) == await story(other_shop)
