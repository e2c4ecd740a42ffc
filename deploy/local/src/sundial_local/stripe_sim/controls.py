"""`/dev/stripe`: the browser's part, the bank's part, and what is to go wrong."""

import json
import random
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sundial_local.stripe_sim import payment_intents, refunds, shapes
from sundial_local.stripe_sim.disputes import close_dispute, open_dispute
from sundial_local.stripe_sim.errors import Refused, wrong
from sundial_local.stripe_sim.faults import Fault, Faults
from sundial_local.stripe_sim.ledger import Ledger
from sundial_local.stripe_sim.paying import authenticate, pay, settle
from sundial_local.stripe_sim.store import Json
from sundial_local.stripe_sim.webhooks import Courier, Switches

_NUMBERS = {"copies": int, "delaySeconds": float, "spreadSeconds": float, "lose": float}
_NAMES = {"copies": "copies", "delaySeconds": "delay_seconds", "spreadSeconds": "spread_seconds", "lose": "lose"}


class Controls:
    """The routes, on one ledger."""

    def __init__(self, ledger: Ledger, faults: Faults, switches: Switches, courier: Courier) -> None:
        self._ledger = ledger
        self._faults = faults
        self._switches = switches
        self._courier = courier

    def routes(self) -> list[Route]:
        """Relative to `/dev/stripe`."""
        intent = "/payment-intents/{id}"
        return [
            Route("/payment-intents", self._list, methods=["GET"]),
            Route(intent, self._look, methods=["GET"]),
            Route(f"{intent}/pay", self._posted(self._pay), methods=["POST"]),
            Route(f"{intent}/authenticate", self._posted(self._authenticate), methods=["POST"]),
            Route(f"{intent}/settle", self._posted(self._settle), methods=["POST"]),
            Route(f"{intent}/expire", self._posted(self._expire), methods=["POST"]),
            Route(f"{intent}/dispute", self._posted(self._dispute), methods=["POST"]),
            Route("/disputes/{id}/close", self._posted(self._close_dispute), methods=["POST"]),
            Route("/refunds/{id}/settle", self._posted(self._settle_refund), methods=["POST"]),
            Route("/faults", self._plan, methods=["POST"]),
            Route("/faults", self._clear, methods=["DELETE"]),
            Route("/webhooks", self._waiting, methods=["GET"]),
            Route("/webhooks", self._switch, methods=["POST"]),
            Route("/webhooks/deliver", self._deliver, methods=["POST"]),
        ]

    async def _list(self, _: Request) -> Response:
        found = self._ledger.store.all("payment_intent")[:50]
        return JSONResponse({"items": [shapes.shown(each) for each in found]})

    async def _look(self, request: Request) -> Response:
        try:
            return JSONResponse(shapes.shown(self._intent(request.path_params["id"])))
        except Refused as refusal:
            return JSONResponse(refusal.body(), refusal.status)

    def _posted(self, work: Callable[[str, Json], Json]) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            try:
                sent = await _sent(request)
                with self._ledger.store.change():
                    done = self._done(work, request.path_params["id"], sent)
            except Refused as refusal:
                return JSONResponse(refusal.body(), refusal.status)
            return JSONResponse(done.body(), done.status) if isinstance(done, Refused) else JSONResponse(done)

        return endpoint

    def _done(self, work: Callable[[str, Json], Json], wanted: str, sent: Json) -> Json | Refused:
        """A refusal by the bank is kept: it is returned, not raised."""
        try:
            return shapes.shown(work(wanted, sent))
        except Refused as refusal:
            return refusal

    def _intent(self, wanted: str) -> Json:
        """By its id, or by its client secret, which is all that a browser has."""
        return self._ledger.find("payment_intent", wanted.partition("_secret_")[0])

    def _pay(self, wanted: str, sent: Json) -> Json:
        intent = self._intent(wanted)
        payment_intents.refuse_unless(intent, payment_intents.PAYABLE, "confirm")
        payment_intents.use_card(self._ledger, intent, str(sent.get("card", "")))
        return pay(self._ledger, intent)

    def _authenticate(self, wanted: str, sent: Json) -> Json:
        return authenticate(self._ledger, self._intent(wanted), succeeds=_yes(sent))

    def _settle(self, wanted: str, sent: Json) -> Json:
        return settle(self._ledger, self._intent(wanted), succeeds=_yes(sent))

    def _expire(self, wanted: str, _: Json) -> Json:
        return payment_intents.expire(self._ledger, self._intent(wanted)["id"])

    def _dispute(self, wanted: str, sent: Json) -> Json:
        charge = self._ledger.charge_of(self._intent(wanted))
        return open_dispute(self._ledger, charge, str(sent.get("reason", "fraudulent")))

    def _close_dispute(self, wanted: str, sent: Json) -> Json:
        return close_dispute(self._ledger, wanted, str(sent.get("status", "lost")))

    def _settle_refund(self, wanted: str, sent: Json) -> Json:
        return refunds.settle(self._ledger, wanted, succeeds=_yes(sent))

    async def _plan(self, request: Request) -> Response:
        """`{"fault": "error", "pattern": "POST /v1/payment_intents$", "times": 1, "seconds": 30}`."""
        try:
            sent = await _sent(request)
            fault = Fault(sent.get("fault", ""))
        except (Refused, ValueError):
            return JSONResponse(wrong("fault", f"one of {', '.join(Fault)}").body(), 400)
        times, seconds = int(sent.get("times", 1)), float(sent.get("seconds", 30))
        self._faults.plan(fault, str(sent.get("pattern", "")), times=times, seconds=seconds)
        return Response(status_code=204)

    async def _clear(self, _: Request) -> Response:
        self._faults.clear()
        return Response(status_code=204)

    async def _waiting(self, _: Request) -> Response:
        """The events that are still to be sent, the oldest first."""
        found = [self._ledger.store.get("event", each) for each in self._ledger.store.waiting_deliveries()]
        return JSONResponse({"items": found})

    async def _switch(self, request: Request) -> Response:
        """`{"paused", "copies", "delaySeconds", "spreadSeconds", "lose", "seed"}`: those that are sent."""
        try:
            sent = await _sent(request)
            values = {_NAMES[name]: kind(sent[name]) for name, kind in _NUMBERS.items() if name in sent}
        except (Refused, ValueError, TypeError):
            return JSONResponse(wrong("switches", "not understood").body(), 400)
        for name, value in values.items():
            setattr(self._switches, name, value)
        self._switches.paused = bool(sent.get("paused", self._switches.paused))
        if "seed" in sent:
            self._switches.random = random.Random(sent["seed"])  # noqa: S311  # tests want the same again
        return Response(status_code=204)

    async def _deliver(self, request: Request) -> Response:
        """`{"eventIds": [...]}`: send these now, in this order, each as often as it is named."""
        sent = await _sent(request)
        return JSONResponse({"statuses": await self._courier.deliver([str(each) for each in sent.get("eventIds", [])])})


async def _sent(request: Request) -> dict[str, Any]:
    """The JSON object that was sent; an empty one for an empty body. Raises Refused."""
    body = await request.body()
    try:
        found = json.loads(body or "{}")
    except ValueError as error:
        raise Refused("The body is not valid JSON.") from error
    if not isinstance(found, dict):
        raise Refused("The body is no JSON object.")
    return found


def _yes(sent: Json) -> bool:
    return bool(sent.get("succeeds", True))
