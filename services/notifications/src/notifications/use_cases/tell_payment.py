"""What follows from news of a deposit."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.booking import PaymentDetails, PaymentFailed
from contracts.ids import BusinessId, MessageId, uuid7
from contracts.money import Money
from notifications.domain import Audience, Channel, Kind, Message
from notifications.domain.messages import MONEY_LIFE
from notifications.queries.known import preferences
from notifications.use_cases.plan_messages import note
from plumbing.db import Tx

_OF_GUESTS = frozenset({"declined", "not_captured"})
"""What a guest can do something about; the rest is the business's to look at."""


async def tell_paid(tx: Tx, business_id: BusinessId, payment: PaymentDetails, *, now: datetime) -> None:
    """A deposit was taken."""
    await _tell(tx, business_id, Kind.DEPOSIT_PAID, payment, payment.captured, of=f"{payment.id} paid", now=now)


async def tell_failed(tx: Tx, event: PaymentFailed, *, now: datetime) -> None:
    """A deposit was not taken, or was lost again."""
    of = f"{event.payment.id} {event.revision}"
    kind = Kind.DEPOSIT_FAILED if event.reason in _OF_GUESTS else Kind.STAFF_PAYMENT_FAILED
    more = {"reason": event.reason} | ({"payUntil": event.payable_until.isoformat()} if event.payable_until else {})
    await _tell(tx, event.business_id, kind, event.payment, event.payment.amount, of=of, now=now, **more)


async def tell_refunded(
    tx: Tx, business_id: BusinessId, payment: PaymentDetails, refund_id: UUID, refund: Money, *, now: datetime
) -> None:
    """Money is on its way back."""
    await _tell(tx, business_id, Kind.DEPOSIT_REFUNDED, payment, refund, of=f"{refund_id} refunded", now=now)


async def _tell(
    tx: Tx,
    business_id: BusinessId,
    kind: Kind,
    payment: PaymentDetails,
    amount: Money,
    *,
    of: str,
    now: datetime,
    **more: Any,
) -> None:
    """The appointment may not have been heard of yet: whom to tell is looked up when it is sent."""
    if not (await preferences(tx, business_id)).wants(kind, Channel.EMAIL):
        return
    audience = Audience.CONTACT if kind is Kind.STAFF_PAYMENT_FAILED else Audience.GUEST
    message = Message(
        business_id=business_id,
        id=MessageId(uuid7()),
        kind=kind,
        channel=Channel.EMAIL,
        audience=audience,
        due_at=now,
        expires_at=now + MONEY_LIFE,
        appointment_id=payment.appointment_id,
        payload={"amount": amount.model_dump(mode="json"), **more},
    )
    await note(tx, [(message, of)], now=now)
