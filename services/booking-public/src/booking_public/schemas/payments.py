"""Payments in JSON."""

from typing import Annotated, Literal, Self

from pydantic import Field

from booking_public.domain.payments import Movement
from contracts.ids import AppointmentId, PaymentId
from contracts.money import Money
from contracts.wire import Instant, Wire
from plumbing.schemas import Reason


class RefundAmount(Money):
    """An amount to give back: at least one minor unit."""

    amount: Annotated[int, Field(ge=1, le=10**12, strict=True)]


class NewRefund(Wire):
    """What is given back: all that is left, or so much of it."""

    amount: RefundAmount | None = None
    reason: Reason | None = None


class PaymentOut(Wire):
    """One movement of money. `status`: `succeeded`; of refunds also `asked`, `pending` and `failed`."""

    id: PaymentId
    appointment_id: AppointmentId
    kind: Literal["authorised", "captured", "cancelled", "refunded", "failed", "disputed"]
    amount: Money
    status: str
    at: Instant

    @classmethod
    def of(cls, movement: Movement) -> Self:
        """As it is now."""
        return cls(
            id=movement.id,
            appointment_id=movement.appointment_id,
            kind=movement.kind.value,
            amount=movement.amount,
            status=movement.status,
            at=movement.at,
        )
