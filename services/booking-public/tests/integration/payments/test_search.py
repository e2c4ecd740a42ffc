"""A search over what may go wrong: faults of Stripe, lost, late and repeated webhooks, ends of the process.

After it all is reconciled the provider's money and our ledger are the same, and nobody's card keeps anything for us.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from random import Random

import pytest

from booking_public.clients.payments import Unanswered
from booking_public.domain.payments import Deposit, NothingToRefund, PaymentDeclined, PaymentState
from plumbing import failpoints
from plumbing.failpoints import FailpointReached
from plumbing.problems import Invalid, ServiceUnavailable

from ...till import Till, held, kept

SEEDS = range(100)
STEPS = 8
PLACES = (
    "payment_stored payment_created payment_captured payment_cancelled refund_asked refund_sent payment_heard"
).split()
CARDS = ("4242424242424242", "4000000000000002", "4000000000003220", "4000000000000101", "4000000000007726")
FAULTS = ("error", "error_after", "limited", "broken")
ENDS = (ServiceUnavailable, Unanswered, PaymentDeclined, NothingToRefund, Invalid, FailpointReached)


class Walk:
    """One deposit, and whatever happens to it."""

    def __init__(self, till: Till, random: Random) -> None:
        self.till = till
        self.random = random
        self.due = till.due(minutes=-1)
        self.deposit: Deposit | None = None

    async def step(self) -> None:
        """Something happens, perhaps while something is wrong."""
        if self.random.random() < 0.3:
            await self.till.stripe.fails(self.random.choice(FAULTS), self.random.choice(("POST", "GET", "capture")))
        if self.random.random() < 0.3:
            failpoints.arm({self.random.choice(PLACES): failpoints.Failure("raise")})
        steps = (self._ask, self._ask, self._pay, self._pay, self._take, self._let_go, self._give_back, self._hear)
        with suppress(*ENDS):
            await self.random.choice(steps)()
        failpoints.arm({})

    async def _ask(self) -> None:
        self.deposit = await self.till.asks(self.due)

    async def _pay(self) -> None:
        if self.deposit:
            await self.till.pays(self.deposit, self.random.choice(CARDS))

    async def _take(self) -> None:
        await self._on(self.till.takes)

    async def _let_go(self) -> None:
        await self._on(self.till.lets_go)

    async def _give_back(self) -> None:
        await self._on(lambda deposit: self.till.gives_back(deposit, self.random.choice((None, 1000))))

    async def _hear(self) -> None:
        if self.deposit is None:
            return
        waiting = await self.till.waiting(self.deposit)
        some = [event for event in waiting if self.random.random() < 0.7]
        self.random.shuffle(some)
        await self.till.delivers([*some, *some[:1]])
        await self.till.work.events(self.till.uow)

    async def _on(self, do: Callable[[Deposit], Awaitable[object]]) -> None:
        if self.deposit:
            await do(self.deposit)

    async def settle(self) -> Deposit | None:
        """All is well again; whatever is still open ends."""
        await self.till.stripe.all_is_well()
        if self.deposit is None:
            with suppress(*ENDS):
                await self._ask()
        if self.deposit is None:
            return None
        await self.till.stripe.post(f"payment-intents/{self.deposit.client_secret}/settle", succeeds=True)
        for _ in range(2):
            await self.till.rests()
            await self.till.work.reconcile(self.till.uow)
        after = await self.till.looks(self.deposit)
        if after.state is PaymentState.AUTHORISED:
            after = await self.till.lets_go(after)
        return after


@pytest.mark.parametrize("seed", SEEDS)
async def test_whatever_happened_our_ledger_is_the_providers(till: Till, seed: int):
    walk = Walk(till, Random(seed))
    for _ in range(STEPS):
        await walk.step()
    after = await walk.settle()
    assert after is not None
    assert after.state in {PaymentState.CAPTURED, PaymentState.CANCELLED}
    found = await till.intents(walk.due)
    returned = [each for intent in found for each in await till.payments.refunds(intent.id)]
    lines = await till.lines()
    assert held(lines) == 0
    assert sum(intent.capturable for intent in found) == 0
    assert after.captured == sum(intent.received for intent in found)
    assert after.refunded == sum(refund.amount for refund in returned)
    assert after.captured - sum(each.amount for each in returned if each.state.value == "succeeded") == kept(lines)
    assert len([each for each in found if each.state is not PaymentState.CANCELLED]) <= 1
