"""What the tests of payments are arranged with: a business that sells through stripe-sim, and guests with cards."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import aiohttp
import asyncpg

from booking_public.clients.payments import Payments
from booking_public.domain.payments import Deposit, Due
from booking_public.jobs.payments import PaymentWork
from booking_public.use_cases.payments.again import ask_again
from booking_public.use_cases.payments.authorise import authorise
from booking_public.use_cases.payments.end import cancel, capture, look
from booking_public.use_cases.payments.refund import RefundRequest, refund
from contracts.ids import AppointmentId, BookingId, BusinessId, uuid7
from contracts.money import Money
from plumbing.clock import utc_now
from plumbing.db import UnitOfWork
from plumbing.testing import eventually

KEYS = {
    "STRIPE_SECRET_KEY": "sk_test_sundial",
    "STRIPE_PUBLISHABLE_KEY": "pk_test_sundial",
    "STRIPE_WEBHOOK_SECRETS": "whsec_sundial",
}


class Stripe:
    """The controls of stripe-sim."""

    def __init__(self, url: str) -> None:
        self.url = url

    async def post(self, path: str, **sent: Any) -> Any:
        """POST to /dev/stripe/…, whatever is answered."""
        async with aiohttp.ClientSession() as http, http.post(f"{self.url}/dev/stripe/{path}", json=sent) as answer:
            return await answer.json() if answer.status != 204 else None

    async def get(self, path: str) -> Any:
        """GET of /dev/stripe/…."""
        async with aiohttp.ClientSession() as http, http.get(f"{self.url}/dev/stripe/{path}") as answer:
            return await answer.json()

    async def fails(self, fault: str, pattern: str, **how: Any) -> None:
        """The next call that matches goes wrong."""
        await self.post("faults", fault=fault, pattern=pattern, **how)

    async def all_is_well(self) -> None:
        """No fault, and webhooks wait until they are asked for."""
        async with aiohttp.ClientSession() as http:
            await http.delete(f"{self.url}/dev/stripe/faults")
        await self.post("webhooks", paused=True, copies=1, delaySeconds=0, spreadSeconds=0, lose=0)


class Till:
    """One business, its deposits, and what the booking flow would hear."""

    def __init__(self, uow: UnitOfWork, payments: Payments, stripe: Stripe, sql: asyncpg.Connection) -> None:
        self.uow = uow
        self.payments = payments
        self.stripe = stripe
        self.sql = sql
        self.business_id = BusinessId(uuid4())
        self.heard: list[Deposit] = []
        self.work = PaymentWork(payments, self._hear)

    async def _hear(self, deposit: Deposit) -> None:
        if deposit.business_id == self.business_id:
            self.heard.append(deposit)

    def due(self, amount: int = 2500, currency: str = "AED", *, minutes: float = 10) -> Due:
        """A deposit that nobody has asked for yet."""
        return Due(
            business_id=self.business_id,
            booking_id=BookingId(uuid7()),
            appointment_id=AppointmentId(uuid7()),
            amount=Money(amount=amount, currency=currency),
            expires_at=utc_now() + timedelta(minutes=minutes),
        )

    async def asks(self, due: Due | None = None) -> Deposit:
        """Ask for a deposit."""
        return await authorise(self.uow, self.payments, due or self.due(), at=utc_now())

    async def pays(self, deposit: Deposit, card: str = "4242424242424242") -> Any:
        """The guest's part; what the browser is told."""
        return await self.stripe.post(f"payment-intents/{deposit.client_secret}/pay", card=card)

    async def paid(self, due: Due | None = None, card: str = "4242424242424242") -> Deposit:
        """A deposit that a card keeps ready, and of which we heard."""
        deposit = await self.asks(due)
        await self.pays(deposit, card)
        return await self.looks(deposit)

    async def taken(self, due: Due | None = None, card: str = "4242424242424242") -> Deposit:
        """A deposit that was taken."""
        return await self.takes(await self.paid(due, card))

    async def looks(self, deposit: Deposit) -> Deposit:
        """What Stripe says now."""
        return await look(self.uow, self.payments, self.business_id, deposit.booking_id, at=utc_now())

    async def takes(self, deposit: Deposit) -> Deposit:
        """Capture."""
        return await capture(self.uow, self.payments, self.business_id, deposit.booking_id, at=utc_now())

    async def lets_go(self, deposit: Deposit) -> Deposit:
        """Cancel."""
        return await cancel(self.uow, self.payments, self.business_id, deposit.booking_id, at=utc_now())

    async def asks_again(self, deposit: Deposit, *, minutes: float = 60) -> Deposit | None:
        """Ask for what was let go once more."""
        now = utc_now()
        async with self.uow(self.business_id) as tx:
            return await ask_again(tx, deposit, until=now + timedelta(minutes=minutes), at=now)

    async def gives_back(self, deposit: Deposit, amount: int | None = None, *, key: str | None = None) -> Any:
        """Refund."""
        request = RefundRequest(
            business_id=self.business_id, deposit_id=deposit.id, key=key or str(uuid4()), by="test", amount=amount
        )
        return await refund(self.uow, self.payments, request, at=utc_now())

    async def lines(self) -> list[tuple[str, int, str]]:
        """The ledger: kind, amount and status of each line, in order."""
        rows = await self.sql.fetch(
            "SELECT kind, amount, status FROM payments WHERE business_id = $1 ORDER BY id", self.business_id
        )
        return [(row["kind"], row["amount"], row["status"]) for row in rows]

    async def told(self) -> list[str]:
        """The types of the events that others hear, in order."""
        rows = await self.sql.fetch(
            "SELECT routing_key FROM outbox WHERE routing_key LIKE $1 ORDER BY id", f"payment.%.{self.business_id}"
        )
        return [row["routing_key"].rsplit(".", 1)[0] for row in rows]

    async def waiting(self, deposit: Deposit) -> list[Any]:
        """The webhooks about a deposit that were not sent yet, in order."""
        found = (await self.stripe.get("webhooks"))["items"]
        return [each for each in found if deposit.provider_id in str(each["data"]["object"])]

    async def delivers(self, events: list[Any]) -> list[int]:
        """Have these webhooks sent, in this order; what we answered."""
        sent = await self.stripe.post("webhooks/deliver", eventIds=[each["id"] for each in events])
        return sent["statuses"]

    async def works(self) -> None:
        """Act on all webhooks that arrived, also those that were put off."""
        await self.sql.execute("UPDATE stripe_events SET next_at = now() WHERE processed_at IS NULL")
        await eventually(lambda: self.work.events(self.uow), until=lambda count: count == 0)

    async def rests(self, minutes: float = 11) -> None:
        """Nothing happens to what there is for a while."""
        for table in ("deposits", "refunds"):
            await self.sql.execute(
                f"UPDATE {table} SET looked_at = looked_at - make_interval(secs => $1) WHERE business_id = $2",
                minutes * 60,
                self.business_id,
            )

    async def intents(self, due: Due) -> list[Any]:
        """All PaymentIntents at Stripe that name this booking, the newest first."""
        found = await self.payments.find(due.booking_id, since=0)
        return list(found)


def held(lines: list[tuple[str, int, str]]) -> int:
    """What cards keep ready for us, by the ledger."""
    return sum(_AUTHORISED.get(kind, 0) * amount for kind, amount, status in lines if status == "succeeded")


def kept(lines: list[tuple[str, int, str]]) -> int:
    """What we have, by the ledger: each refund counts as it is now, and those that failed do not."""
    taken = sum(amount for kind, amount, _ in lines if kind == "captured")
    back = sum(amount for kind, amount, status in lines if kind == "refunded" and status == "succeeded")
    failed = sum(amount for kind, amount, status in lines if kind == "refunded" and status == "failed")
    return taken - back + (failed if back else 0)


_AUTHORISED = {"authorised": 1, "captured": -1, "cancelled": -1}


async def at_once(*calls: Any) -> list[Any]:
    """What became of calls that ran at the same time."""
    return await asyncio.gather(*calls, return_exceptions=True)
