"""What others hear of deposits."""

from datetime import datetime

from booking_public.domain.payments import Deposit, Refund
from contracts.booking import PaymentDetails, PaymentFailed, PaymentRefunded, PaymentSucceeded
from contracts.money import Money
from plumbing.db import Tx


def tell_taken(tx: Tx, deposit: Deposit) -> None:
    """It was captured."""
    tx.emit(PaymentSucceeded(business_id=deposit.business_id, revision=deposit.revision, payment=_details(deposit)))


def tell_failed(
    tx: Tx, deposit: Deposit, reason: str, code: str | None = None, *, until: datetime | None = None
) -> None:
    """Something went wrong with it; `reason` is one of the event's. `until`: so long it may be paid otherwise."""
    tx.emit(
        PaymentFailed.model_validate(
            {
                "business_id": deposit.business_id,
                "revision": deposit.revision,
                "payment": _details(deposit),
                "reason": reason,
                "code": code,
                "payable_until": until,
            }
        )
    )


def tell_refunded(tx: Tx, deposit: Deposit, refund: Refund) -> None:
    """A refund arrived."""
    tx.emit(
        PaymentRefunded(
            business_id=deposit.business_id,
            revision=deposit.revision,
            payment=_details(deposit),
            refund_id=refund.id,
            refund=Money(amount=refund.amount, currency=refund.currency),
        )
    )


def _details(deposit: Deposit) -> PaymentDetails:
    def money(amount: int) -> Money:
        return Money(amount=amount, currency=deposit.currency)

    return PaymentDetails(
        id=deposit.id,
        booking_id=deposit.booking_id,
        appointment_id=deposit.appointment_id,
        state=deposit.state.value,
        amount=deposit.due,
        captured=money(deposit.captured),
        refunded=money(deposit.refunded),
    )
