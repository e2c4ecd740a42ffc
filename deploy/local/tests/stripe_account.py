"""stripe-sim behind the real SDK: what the tests of it are arranged with."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import aiohttp
import stripe
from aiohttp import web

from sundial_local.ports import LOOPBACK, free_port

KEYS = {
    "STRIPE_SECRET_KEY": "sk_test_sundial",
    "STRIPE_PUBLISHABLE_KEY": "pk_test_sundial",
    "STRIPE_WEBHOOK_SECRETS": "whsec_sundial",
}


class Receiver:
    """Where webhooks arrive: what was verified with the SDK, and what it answers next."""

    def __init__(self) -> None:
        self.port = free_port()
        self.events: list[stripe.Event] = []
        self.refusals = 0
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{LOOPBACK}:{self.port}/hook"

    @property
    def kinds(self) -> list[str]:
        """The types of what arrived, in that order."""
        return [event.type for event in self.events]

    async def seen(self) -> list[str]:
        """The types of what arrived so far."""
        return self.kinds

    async def start(self) -> None:
        """Take connections."""
        app = web.Application()
        app.router.add_post("/hook", self._take)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, LOOPBACK, self.port).start()

    async def stop(self) -> None:
        """Take no more."""
        if self._runner:
            await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        if self.refusals:
            self.refusals -= 1
            return web.Response(status=500)
        body, signed = await request.read(), request.headers["Stripe-Signature"]
        secret = KEYS["STRIPE_WEBHOOK_SECRETS"]
        self.events.append(stripe.Webhook.construct_event(body, signed, secret))
        return web.Response()


class Shop:
    """Somebody who sells: the SDK, and the controls of the stand-in."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.key = str(uuid4())
        self._sdk_client = stripe.AIOHTTPClient(timeout=5)
        self.sdk = stripe.StripeClient(
            KEYS["STRIPE_SECRET_KEY"],
            base_addresses={"api": url},
            http_client=self._sdk_client,
            max_network_retries=0,
        )

    async def close(self) -> None:
        """Close the kept connections."""
        await self._sdk_client.close_async()

    async def asks(self, amount: int = 2500, *, key: str | None = None, **given: Any) -> stripe.PaymentIntent:
        """A PaymentIntent, captured by hand."""
        params: Any = {"amount": amount, "currency": "aed", "capture_method": "manual", **given}
        params.setdefault("metadata", {"test": self.key})
        options: Any = {"idempotency_key": key} if key else {}
        return await self.sdk.v1.payment_intents.create_async(params, options)

    async def all_marked(self) -> list[stripe.PaymentIntent]:
        """Those of this test."""
        found = await self.sdk.v1.payment_intents.search_async({"query": f"metadata['test']:'{self.key}'"})
        return found.data

    async def read(self, intent: stripe.PaymentIntent) -> stripe.PaymentIntent:
        """As it is now."""
        return await self.sdk.v1.payment_intents.retrieve_async(intent.id)

    async def paid(self, amount: int = 2500, *, card: str = "4242424242424242", **given: Any) -> stripe.PaymentIntent:
        """A PaymentIntent that somebody paid."""
        intent = await self.asks(amount, **given)
        status, _ = await self.dev(f"payment-intents/{intent.id}/pay", card=card)
        assert status == 200
        return await self.read(intent)

    async def dev(self, path: str, **sent: Any) -> tuple[int, Any]:
        """POST to /dev/stripe/…: status, and what it says."""
        async with aiohttp.ClientSession() as http, http.post(f"{self.url}/dev/stripe/{path}", json=sent) as answer:
            return answer.status, await answer.json() if answer.status != 204 else None

    async def all_is_well(self) -> None:
        """No fault and no detour from now on."""
        async with aiohttp.ClientSession() as http:
            await http.delete(f"{self.url}/dev/stripe/faults")
        await self.dev("webhooks", paused=False, copies=1, delaySeconds=0, spreadSeconds=0, lose=0)

    async def waiting(self) -> list[Any]:
        """The events that are not told yet."""
        async with aiohttp.ClientSession() as http, http.get(f"{self.url}/dev/stripe/webhooks") as answer:
            return (await answer.json())["items"]

    async def delivers(self, event_ids: Sequence[str]) -> list[int]:
        """Have these told now, in this order."""
        return (await self.dev("webhooks/deliver", eventIds=list(event_ids)))[1]["statuses"]
