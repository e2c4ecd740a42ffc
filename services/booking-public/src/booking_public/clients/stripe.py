"""Stripe, by its own SDK: one try for each call, since what is tried again here is decided by its state there."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Sequence
from typing import Annotated, Any
from uuid import UUID

import aiohttp
import stripe
import structlog
from pydantic import BaseModel, Field, StringConstraints, ValidationError

from booking_public.clients.payments import Declined, NotInThatState, Told, Unanswered
from booking_public.clients.stripe_amounts import from_stripe, to_stripe
from booking_public.domain.payments import (
    Deposit,
    Dispute,
    Intent,
    PaymentState,
    ProviderRefund,
    Refund,
    RefundState,
    SignatureInvalid,
)
from contracts.ids import BookingId
from plumbing.problems import NotFound

SECONDS = 4.0
TOLERANCE_SECONDS = 300
AT_ONCE = 20
"""So many calls at a time stay below what Stripe lets one account and endpoint do (100 and 25 a second)."""
_PAGE = 100
_NOT_KEPT = frozenset({409, 429})
"""Another call with this key still runs, or there were too many: nothing of it is kept with the key."""

_STATES = {
    "requires_payment_method": PaymentState.OPEN,
    "requires_confirmation": PaymentState.OPEN,
    "requires_action": PaymentState.ACTION,
    "processing": PaymentState.PROCESSING,
    "requires_capture": PaymentState.AUTHORISED,
    "succeeded": PaymentState.CAPTURED,
    "canceled": PaymentState.CANCELLED,
}
_REFUNDS = {
    "pending": RefundState.PENDING,
    "requires_action": RefundState.PENDING,
    "succeeded": RefundState.SUCCEEDED,
    "failed": RefundState.FAILED,
    "canceled": RefundState.FAILED,
}

_Id = Annotated[str, StringConstraints(max_length=255, pattern=r"^[A-Za-z0-9._-]+$")]

logging.getLogger("stripe").setLevel(logging.WARNING)  # below that it quotes what is sent and answered, secrets too
log = structlog.get_logger("stripe")


class _Thing(BaseModel):
    id: _Id | None = None
    object: str
    payment_intent: _Id | None = None


class _Data(BaseModel):
    object: _Thing


class _Event(BaseModel):
    """All that is read of a webhook."""

    id: _Id
    type: _Id
    livemode: Annotated[bool, Field(strict=True)]
    account: str | None = None
    data: _Data


class StripePayments:
    """Payments at Stripe."""

    is_on = True

    def __init__(self, secret_key: str, webhook_secrets: Sequence[str], *, api_base: str | None = None) -> None:
        """`webhook_secrets`: all that are active, two while one is replaced. `api_base`: another address of the API."""
        self._http = stripe.AIOHTTPClient(timeout=SECONDS)
        self._stripe = stripe.StripeClient(
            secret_key,
            base_addresses={"api": api_base} if api_base else {},
            http_client=self._http,
            max_network_retries=0,
        ).v1
        self._livemode = secret_key.startswith(("sk_live_", "rk_live_"))
        self._webhook_secrets = tuple(webhook_secrets)
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def create(self, deposit: Deposit, *, key: str) -> Intent:
        """As `Payments`."""
        made = self._stripe.payment_intents.create_async(
            {
                "amount": to_stripe(deposit.amount, deposit.currency),
                "currency": deposit.currency.lower(),
                "capture_method": "manual",
                "allowed_payment_method_types": ["card"],
                "metadata": _named(deposit),
            },
            {"idempotency_key": key},
        )
        try:
            return _intent(await self._asked(made))
        except NotInThatState as error:
            log.exception("stripe refuses this deposit", amount=deposit.amount, currency=deposit.currency)
            raise Unanswered(failed=True) from error

    async def retrieve(self, intent_id: str) -> Intent:
        """As `Payments`."""
        return _intent(await self._asked(self._stripe.payment_intents.retrieve_async(intent_id)))

    async def find(self, booking_id: BookingId, *, since: int) -> list[Intent]:
        """As `Payments`; by the list, as Stripe's search lags behind by up to a minute."""
        return [intent async for intent in self.since(since) if intent.booking_id == booking_id]

    async def since(self, since: int) -> AsyncIterator[Intent]:
        """As `Payments`."""
        after: str | None = None
        while True:
            params: Any = {"created": {"gte": since}, "limit": _PAGE} | ({"starting_after": after} if after else {})
            page = await self._asked(self._stripe.payment_intents.list_async(params))
            for each in page.data:
                yield _intent(each)
            if not page.has_more:
                return
            after = page.data[-1].id

    async def capture(self, intent_id: str, *, key: str) -> Intent:
        """As `Payments`."""
        taken = self._stripe.payment_intents.capture_async(intent_id, {}, {"idempotency_key": key})
        return _intent(await self._asked(taken))

    async def cancel(self, intent_id: str, *, key: str) -> Intent:
        """As `Payments`."""
        cancelled = self._stripe.payment_intents.cancel_async(
            intent_id, {"cancellation_reason": "abandoned"}, {"idempotency_key": key}
        )
        return _intent(await self._asked(cancelled))

    async def refund(self, refund: Refund, intent_id: str, *, key: str) -> ProviderRefund:
        """As `Payments`."""
        made = self._stripe.refunds.create_async(
            {
                "payment_intent": intent_id,
                "amount": to_stripe(refund.amount, refund.currency),
                "metadata": {"refund": str(refund.id)},
            },
            {"idempotency_key": key},
        )
        try:
            return _refund(await self._asked(made))
        except NotInThatState as error:
            raise Declined(str(error)) from error

    async def refunds(self, intent_id: str) -> list[ProviderRefund]:
        """As `Payments`; Stripe lists at most a hundred at once, and so many parts no deposit has."""
        page = await self._asked(self._stripe.refunds.list_async({"payment_intent": intent_id, "limit": _PAGE}))
        return [_refund(each) for each in page.data]

    async def disputes(self, intent_id: str) -> list[Dispute]:
        """As `Payments`."""
        page = await self._asked(self._stripe.disputes.list_async({"payment_intent": intent_id, "limit": _PAGE}))
        return [_dispute(each) for each in page.data]

    def heard(self, body: bytes, signature: str) -> Told:
        """As `Payments`: the raw body, every active secret, not older than five minutes, the same mode, no other's."""
        try:
            text = body.decode()
        except UnicodeDecodeError as error:
            raise SignatureInvalid from error
        if not any(_is_signed(text, signature, secret) for secret in self._webhook_secrets):
            raise SignatureInvalid
        try:
            event = _Event.model_validate_json(text)
        except ValidationError as error:
            raise SignatureInvalid("This webhook is no event.") from error
        if event.livemode is not self._livemode or event.account:
            raise SignatureInvalid("This webhook is of another mode or account.")
        return _told(event)

    async def close(self) -> None:
        """As `Payments`."""
        await self._http.close_async()

    async def _asked[T](self, call: Awaitable[T]) -> T:
        async with self._turns:
            try:
                return await call
            except stripe.CardError as error:
                raise Declined(_code(error)) from error
            except stripe.InvalidRequestError as error:
                raise _refusal(error) from error
            except (stripe.APIConnectionError, aiohttp.ClientError, TimeoutError) as error:
                raise Unanswered from error
            except stripe.StripeError as error:
                log.warning("stripe failed", kind=type(error).__name__, status=error.http_status, code=error.code)
                raise Unanswered(failed=error.http_status not in _NOT_KEPT) from error


def _named(deposit: Deposit) -> dict[str, str]:
    """By what a PaymentIntent is known to be ours, and of which time it is."""
    again = {"again": str(deposit.asked_again)} if deposit.asked_again else {}
    return {"booking": str(deposit.booking_id), "business": str(deposit.business_id), **again}


def _refusal(error: stripe.InvalidRequestError) -> Exception:
    if error.http_status == 404:
        return NotFound()
    return NotInThatState(error.code or "invalid_request")


def _code(error: stripe.CardError) -> str:
    said: Any = error.json_body or {}
    return str(said.get("error", {}).get("decline_code") or error.code)


def _is_signed(body: str, signature: str, secret: str) -> bool:
    try:
        return stripe.WebhookSignature.verify_header(body, signature, secret, TOLERANCE_SECONDS)
    except stripe.SignatureVerificationError:
        return False


def _told(event: _Event) -> Told:
    thing = event.data.object
    intent = thing.id if thing.object == "payment_intent" else thing.payment_intent
    return Told(event.id, event.type, thing.id or "", intent)


def _intent(found: stripe.PaymentIntent) -> Intent:
    charge = found.latest_charge
    error = found.last_payment_error
    return Intent(
        id=found.id,
        state=_STATES[found.status],
        amount=from_stripe(found.amount, found.currency),
        currency=found.currency.upper(),
        capturable=from_stripe(found.amount_capturable, found.currency),
        received=from_stripe(found.amount_received, found.currency),
        client_secret=found.client_secret,
        booking_id=_id(found.metadata, "booking"),
        business_id=_id(found.metadata, "business"),
        charge_id=charge if isinstance(charge, str) or charge is None else charge.id,
        failure=(getattr(error, "decline_code", None) or error.code) if error else None,
        created=found.created,
        asked_again=_times(found.metadata),
    )


def _refund(found: stripe.Refund) -> ProviderRefund:
    return ProviderRefund(
        id=found.id,
        state=_REFUNDS.get(found.status or "", RefundState.PENDING),
        amount=from_stripe(found.amount, found.currency),
        refund_id=_id(found.metadata, "refund"),
    )


def _dispute(found: stripe.Dispute) -> Dispute:
    return Dispute(id=found.id, status=found.status, amount=from_stripe(found.amount, found.currency))


def _times(metadata: Any) -> int:
    said = str(metadata["again"]) if metadata and "again" in metadata else "0"
    return int(said) if said.isdecimal() and said.isascii() else 0


def _id(metadata: Any, name: str) -> UUID | None:
    """What we wrote on it; anybody may write on what is not ours."""
    try:
        return UUID(str(metadata[name])) if metadata and name in metadata else None
    except ValueError:
        return None
