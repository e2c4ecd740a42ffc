"""The test cards of Stripe's documentation that a deposit can meet. Any other number is refused and kept nowhere."""

from dataclasses import dataclass
from enum import StrEnum


class Check(StrEnum):
    """What the bank asks of the holder."""

    NOTHING = "nothing"
    CHALLENGE = "challenge"
    """3-D Secure: the holder has to do something."""


class RefundFate(StrEnum):
    """What becomes of a refund to this card."""

    SUCCEEDS = "succeeds"
    SUCCEEDS_LATER = "succeeds_later"
    FAILS_LATER = "fails_later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """How one test card behaves."""

    number: str
    brand: str = "visa"
    check: Check = Check.NOTHING
    code: str | None = None
    """Why it is refused."""
    decline_code: str | None = None
    message: str = "Your card was declined."
    is_late: bool = False
    """The payment is in process until somebody settles it."""
    is_disputed: bool = False
    refunds: RefundFate = RefundFate.SUCCEEDS

    @property
    def last4(self) -> str:
        """All that may be shown of it."""
        return self.number[-4:]


_INSUFFICIENT = "Your card has insufficient funds."
LATE = "4000000000000101"
"""A number of our own, as no card of Stripe's is late."""

_ALL = (
    Card(number="4242424242424242"),
    Card(number="5555555555554444", brand="mastercard"),
    Card(number="378282246310005", brand="amex"),
    Card(number="4000000000000002", code="card_declined", decline_code="generic_decline"),
    Card(number="4000000000009995", code="card_declined", decline_code="insufficient_funds", message=_INSUFFICIENT),
    Card(number="4000000000009987", code="card_declined", decline_code="lost_card"),
    Card(number="4000000000000069", code="expired_card", message="Your card has expired."),
    Card(number="4000000000000127", code="incorrect_cvc", message="Your card's security code is incorrect."),
    Card(number="4000000000000119", code="processing_error", message="An error occurred while processing your card."),
    Card(number="4000002500003155", check=Check.CHALLENGE),
    Card(number="4000000000003220", check=Check.CHALLENGE),
    Card(number="4000008400001629", check=Check.CHALLENGE, code="card_declined", decline_code="generic_decline"),
    Card(number="4000000000000259", is_disputed=True),
    Card(number="4000000000007726", refunds=RefundFate.SUCCEEDS_LATER),
    Card(number="4000000000005126", refunds=RefundFate.FAILS_LATER),
    Card(number=LATE, is_late=True),
)
_BY_NUMBER = {card.number: card for card in _ALL}
_BY_METHOD = {
    "pm_card_visa": "4242424242424242",
    "pm_card_mastercard": "5555555555554444",
    "pm_card_amex": "378282246310005",
    "pm_card_chargeDeclined": "4000000000000002",
    "pm_card_visa_chargeDeclined": "4000000000000002",
    "pm_card_chargeDeclinedInsufficientFunds": "4000000000009995",
    "pm_card_visa_chargeDeclinedInsufficientFunds": "4000000000009995",
    "pm_card_chargeDeclinedExpiredCard": "4000000000000069",
    "pm_card_authenticationRequired": "4000002500003155",
    "pm_card_threeDSecure2Required": "4000000000003220",
    "pm_card_createDispute": "4000000000000259",
    "pm_card_refundFail": "4000000000005126",
    "pm_card_pendingRefund": "4000000000007726",
}


def by_number(number: str) -> Card | None:
    """The test card with that number, however it is spaced."""
    return _BY_NUMBER.get("".join(number.split()).replace("-", ""))


def by_method(name: str) -> Card | None:
    """The test card that one of Stripe's ready payment methods stands for."""
    return _BY_NUMBER.get(_BY_METHOD.get(name, ""))
