"""stripe-sim tells of everything by webhooks that the real SDK verifies; late, twice or never when told to."""

from plumbing.testing import eventually
from sundial_local.stripe import Server

from ..stripe_account import Receiver, Shop

PAID = ["payment_intent.created", "charge.succeeded", "payment_intent.amount_capturable_updated"]


async def test_what_happens_is_told_in_order_and_signed(shop: Shop, receiver: Receiver):
    intent = await shop.paid()
    await eventually(receiver.seen, until=lambda kinds: kinds == PAID)
    assert receiver.events[-1].data.object["id"] == intent.id
    assert receiver.events[-1].livemode is False


async def test_what_was_not_taken_is_told_again(shop: Shop, receiver: Receiver):
    receiver.refusals = 1
    await shop.asks()
    await eventually(receiver.seen, until=lambda kinds: kinds == ["payment_intent.created"])


async def test_each_event_can_be_told_several_times(shop: Shop, receiver: Receiver):
    await shop.dev("webhooks", copies=3)
    await shop.asks()
    await eventually(receiver.seen, until=lambda kinds: len(kinds) == 3)
    assert len({event.id for event in receiver.events}) == 1


async def test_what_is_kept_back_can_be_told_in_any_order(shop: Shop, receiver: Receiver):
    await shop.dev("webhooks", paused=True)
    await shop.paid()
    waiting = await shop.waiting()
    assert [event["type"] for event in waiting] == PAID
    wanted = [*reversed(waiting), waiting[0]]
    assert await shop.delivers([event["id"] for event in wanted]) == [200] * 4
    assert receiver.kinds == [event["type"] for event in wanted]
    assert await shop.waiting() == []


async def test_events_can_come_in_another_order_and_get_lost(shop: Shop, receiver: Receiver):
    await shop.dev("webhooks", paused=True, lose=1.0)
    await shop.asks()
    assert await shop.waiting() == []
    await shop.dev("webhooks", paused=False, lose=0.0, spreadSeconds=1.0, seed=4)
    await shop.paid()
    await eventually(receiver.seen, until=lambda kinds: len(kinds) == 3)
    assert sorted(receiver.kinds) == sorted(PAID)


async def test_what_was_to_be_told_is_told_after_a_kill(shop: Shop, server: Server, receiver: Receiver):
    await shop.dev("webhooks", paused=True)
    await shop.asks()
    server.kill()
    server.start()
    await eventually(receiver.seen, until=lambda kinds: kinds == ["payment_intent.created"])
