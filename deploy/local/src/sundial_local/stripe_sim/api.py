"""`/v1` as the SDK calls it: keys, idempotency, faults, then the operation."""

import asyncio
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sundial_local.stripe_sim import forms, shapes
from sundial_local.stripe_sim.errors import Refused
from sundial_local.stripe_sim.faults import Fault, Faults, Planned
from sundial_local.stripe_sim.ledger import Ledger
from sundial_local.stripe_sim.operations import perform
from sundial_local.stripe_sim.store import Json

_FAILED = {"error": {"message": "An unknown error occurred.", "type": "api_error"}}
_LIMITED = {"error": {"message": "Too many requests.", "type": "invalid_request_error", "code": "rate_limit"}}
_DECLINED = {
    "error": {
        "message": "Your card was declined.",
        "type": "card_error",
        "code": "card_declined",
        "decline_code": "generic_decline",
    }
}
_OF_THE_BROWSER = ("/confirm",)


@dataclass(frozen=True, slots=True)
class Call:
    """One request, read."""

    method: str
    path: str
    params: Json
    api_key: str
    idempotency_key: str | None

    @property
    def kept_as(self) -> str | None:
        """Under which key its answer is kept; only what changes something has one."""
        return f"{self.api_key} {self.idempotency_key}" if self.idempotency_key and self.method == "POST" else None

    @property
    def fingerprint(self) -> str:
        """The same for the same request."""
        asked = json.dumps([self.method, self.path, self.params], sort_keys=True)
        return hashlib.sha256(asked.encode()).hexdigest()


class Api:
    """Answers calls; one at a time changes anything, as no operation waits for anybody."""

    def __init__(self, ledger: Ledger, faults: Faults, *, secret_key: str, publishable_key: str) -> None:
        self._ledger = ledger
        self._faults = faults
        self._secret_key = secret_key
        self._publishable_key = publishable_key

    async def endpoint(self, request: Request) -> Response:
        """The answer to a request to `/v1/…`."""
        call = await _read(request)
        try:
            self._authenticate(call)
        except Refused as refusal:
            return _answer(refusal.status, refusal.body())
        planned = self._faults.take(call.method, call.path)
        if planned and planned.fault is Fault.LIMITED:
            return _answer(429, _LIMITED)
        if planned and planned.fault is Fault.BROKEN:
            return Response("<html>", media_type="text/html")
        replayed = self._replayed(call)
        return replayed or await self._first_time(call, planned)

    async def _first_time(self, call: Call, planned: Planned | None) -> Response:
        fault = planned.fault if planned else None
        if planned and fault is Fault.SILENCE:
            await asyncio.sleep(planned.seconds)
            return _answer(HTTPStatus.GATEWAY_TIMEOUT, _FAILED)
        with self._ledger.store.change():
            status, body = self._worked(call, fault)
            if call.kept_as and status != HTTPStatus.UNAUTHORIZED:
                self._ledger.store.keep_answer(call.kept_as, call.fingerprint, status, body)
        if planned and fault is Fault.SILENCE_AFTER:
            await asyncio.sleep(planned.seconds)
        return _answer(status, body)

    def _worked(self, call: Call, fault: Fault | None) -> tuple[int, Json]:
        """A refusal by the bank is kept too: the PaymentIntent changed by it."""
        if fault is Fault.ERROR:
            return HTTPStatus.INTERNAL_SERVER_ERROR, _FAILED
        if fault is Fault.DECLINED:
            return HTTPStatus.PAYMENT_REQUIRED, _DECLINED
        self._ledger.key = call.idempotency_key
        try:
            body = perform(self._ledger, call.method, call.path, call.params)
        except Refused as refusal:
            return refusal.status, refusal.body()
        finally:
            self._ledger.key = None
        return (HTTPStatus.INTERNAL_SERVER_ERROR, _FAILED) if fault is Fault.ERROR_AFTER else (HTTPStatus.OK, body)

    def _replayed(self, call: Call) -> Response | None:
        """The first answer to this key, a 500 too; None when it is new."""
        kept = self._ledger.store.answered(call.kept_as) if call.kept_as else None
        if kept is None:
            return None
        asked, status, body = kept
        if asked != call.fingerprint:
            message = (
                "Keys for idempotent requests can only be used with the same parameters they were first used with."
            )
            refusal = Refused(message, kind="idempotency_error")
            return _answer(refusal.status, refusal.body())
        return _answer(status, body, {"Idempotent-Replayed": "true"})

    def _authenticate(self, call: Call) -> None:
        """The secret key may do everything; the browser's may confirm what it has the client secret of."""
        if call.api_key == self._secret_key:
            return
        if call.api_key == self._publishable_key and (call.method == "GET" or call.path.endswith(_OF_THE_BROWSER)):
            intent = self._ledger.store.get("payment_intent", call.path.split("/")[3]) or {}
            if intent and intent["client_secret"] == call.params.get("client_secret"):
                return
        raise Refused("Invalid API Key provided.", status=HTTPStatus.UNAUTHORIZED)


async def _read(request: Request) -> Call:
    encoded = request.url.query if request.method == "GET" else (await request.body()).decode()
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return Call(
        method=request.method,
        path=request.url.path,
        params=forms.parse(encoded),
        api_key=key if scheme == "Bearer" else "",
        idempotency_key=request.headers.get("Idempotency-Key"),
    )


def _answer(status: int, body: Json, headers: Mapping[str, str] | None = None) -> Response:
    return JSONResponse(body, int(status), {"Request-Id": shapes.new_id("req"), **(headers or {})})
