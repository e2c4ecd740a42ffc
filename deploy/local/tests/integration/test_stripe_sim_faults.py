"""stripe-sim, asked by the real SDK: keys that make a call safe to repeat, calls that fail, ends of the process."""

import asyncio

import pytest
import stripe

from sundial_local.stripe import Server

from ..stripe_account import Shop


async def test_the_same_key_and_body_are_answered_the_same(shop: Shop):
    first, second = await shop.asks(key=shop.key), await shop.asks(key=shop.key)
    assert first.id == second.id
    assert second.last_response is not None
    assert second.last_response.headers["Idempotent-Replayed"] == "true"


async def test_the_same_key_with_another_body_is_refused(shop: Shop):
    await shop.asks(key=shop.key)
    with pytest.raises(stripe.IdempotencyError):
        await shop.asks(2600, key=shop.key)


@pytest.mark.parametrize(("fault", "done"), [("error", 0), ("error_after", 1)])
async def test_a_failure_is_replayed_whether_or_not_it_was_done(shop: Shop, fault: str, done: int):
    await shop.dev("faults", fault=fault, pattern="POST /v1/payment_intents$")
    for _ in range(2):
        with pytest.raises(stripe.APIError):
            await shop.asks(key=shop.key)
    assert len(await shop.all_marked()) == done
    assert (await shop.asks(key=f"{shop.key} once more")).status == "requires_payment_method"


async def test_an_answer_that_never_came_is_given_to_the_same_key(shop: Shop):
    await shop.dev("faults", fault="silence_after", pattern="POST /v1/payment_intents$", seconds=3)
    impatient = asyncio.wait_for(shop.asks(key=shop.key), 0.5)
    with pytest.raises(TimeoutError):
        await impatient
    again = await shop.asks(key=shop.key)
    assert [each.id for each in await shop.all_marked()] == [again.id]


async def test_too_many_calls_are_told_so_and_nothing_is_kept(shop: Shop):
    await shop.dev("faults", fault="limited", pattern="POST /v1/payment_intents$")
    with pytest.raises(stripe.RateLimitError):
        await shop.asks(key=shop.key)
    assert (await shop.asks(key=shop.key)).status == "requires_payment_method"


async def test_a_capture_may_be_declined(shop: Shop):
    intent = await shop.paid()
    await shop.dev("faults", fault="declined", pattern="/capture$")
    with pytest.raises(stripe.CardError):
        await shop.sdk.v1.payment_intents.capture_async(intent.id)
    assert (await shop.read(intent)).status == "requires_capture"


async def test_a_parameter_that_stripe_does_not_know_is_refused(shop: Shop):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        await shop.asks(colour="blue")
    assert refused.value.code == "parameter_unknown"


@pytest.mark.parametrize("given", [{"amount": 0}, {"currency": "x"}, {"capture_method": "never"}])
async def test_values_that_stripe_would_refuse_are_refused(shop: Shop, given: dict[str, object]):
    with pytest.raises(stripe.InvalidRequestError):
        await shop.asks(**given)  # pyright: ignore[reportArgumentType]


async def test_another_secret_key_opens_nothing(shop: Shop):
    with pytest.raises(stripe.AuthenticationError):
        await shop.sdk.v1.payment_intents.list_async(options={"api_key": "sk_test_other"})


async def test_nothing_that_was_answered_is_lost_by_a_kill(shop: Shop, server: Server):
    intent = await shop.paid(key=shop.key)
    server.kill()
    server.start()
    assert (await shop.read(intent)).status == "requires_capture"
    assert (await shop.asks(key=shop.key)).id == intent.id
