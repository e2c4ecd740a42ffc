"""Deposits: how much is due, what became of it, how much of it goes back, and the problems that a client can meet."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from contracts.availability import Deposit as DepositRule
from contracts.booking import RefundPolicy
from contracts.ids import AppointmentId, BookingId, BusinessId, DepositId, PaymentId, RefundId
from contracts.money import Money, exponent, percent_of
from plumbing.problems import Problem


class PaymentState(StrEnum):
    """How far a deposit is. The last two are final."""

    OPEN = "open"
    """It waits for a card; the last one may have been declined."""
    ACTION = "action"
    """The bank asks the guest something."""
    PROCESSING = "processing"
    AUTHORISED = "authorised"
    """The card keeps it ready; it can be let go for nothing."""
    CAPTURED = "captured"
    CANCELLED = "cancelled"


RANK = {state: rank for rank, state in enumerate(PaymentState)} | {PaymentState.ACTION: 0, PaymentState.PROCESSING: 0}
"""A deposit never goes back to a lower rank, in whichever order it is heard of; among the first three it may."""

FINAL = frozenset({PaymentState.CAPTURED, PaymentState.CANCELLED})
UNDER_WAY = frozenset({PaymentState.ACTION, PaymentState.PROCESSING})
PAID = frozenset({PaymentState.AUTHORISED, PaymentState.CAPTURED})


_LEAST = (
    "AED:200 AUD:50 BRL:50 CAD:50 CHF:50 CZK:1500 DKK:250 EUR:50 GBP:30 HKD:400 HUF:17500 INR:50 JPY:50 MXN:1000"
    " MYR:200 NOK:300 NZD:50 PLN:200 RON:200 SEK:300 SGD:50 THB:1000 USD:50"
)
LEAST = {code: int(amount) for code, _, amount in (one.partition(":") for one in _LEAST.split())}
"""Less than so many minor units Stripe charges no card (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts).

Where it names none it is what half a US dollar is worth, in the currency that the account is paid in.
"""


class MovementKind(StrEnum):
    """What happened to money."""

    AUTHORISED = "authorised"
    CAPTURED = "captured"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    FAILED = "failed"
    DISPUTED = "disputed"


class RefundState(StrEnum):
    """How far a refund is; it may fail after it succeeded."""

    ASKED = "asked"
    """Nobody but us knows of it yet."""
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class PaymentDeclined(Exception):
    """What was authorised cannot be taken, or not any more; no client meets it, as none asks for it."""


class DepositOver(Exception):
    """It was let go, and cannot be paid any more; a client meets what that means for the booking."""


class NothingToRefund(Problem):
    """Nothing of this payment is left to be refunded."""

    status = 409


class PaymentDisputed(Problem):
    """The guest's bank took this payment back; it cannot be refunded as well."""

    status = 409


class PaymentsOff(Problem):
    """No payment provider is set up here."""

    status = 409


class SignatureInvalid(Problem):
    """The signature of this webhook is not one of ours."""

    status = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What a guest has to pay for a booking, until when their time is kept for them."""

    business_id: BusinessId
    booking_id: BookingId
    appointment_id: AppointmentId
    amount: Money
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """A deposit as we know it. Amounts are in minor units of `currency`."""

    business_id: BusinessId
    id: DepositId
    booking_id: BookingId
    appointment_id: AppointmentId
    amount: int
    currency: str
    state: PaymentState
    provider_id: str | None
    client_secret: str | None
    attempt: int
    asked_again: int
    """How often, as what a card kept ready could not be taken."""
    authorised: int
    captured: int
    refunded: int
    disputed: bool
    failure: str | None
    expires_at: datetime
    created_at: datetime
    revision: int

    @property
    def due(self) -> Money:
        """What was asked for."""
        return Money(amount=self.amount, currency=self.currency)

    @property
    def kept(self) -> int:
        """What the business has of it."""
        return self.captured - self.refunded


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """A PaymentIntent as the provider has it."""

    id: str
    state: PaymentState
    amount: int
    currency: str
    capturable: int
    received: int
    client_secret: str | None
    booking_id: UUID | None
    business_id: UUID | None
    charge_id: str | None
    failure: str | None
    """Why the last card was declined."""
    created: int
    asked_again: int = 0
    """Of which time it is: the first PaymentIntent of a deposit is of time 0."""

    def is_of(self, deposit: Deposit) -> bool:
        """Whether it asks for what the deposit is, and is the one that the guest was given, if any was."""
        asks_the_same = (self.amount, self.currency) == (deposit.amount, deposit.currency)
        named = (self.booking_id, self.business_id) == (deposit.booking_id, deposit.business_id)
        is_of_now = self.asked_again == deposit.asked_again and deposit.provider_id in {None, self.id}
        return asks_the_same and named and is_of_now

    def was_of(self, deposit: Deposit) -> bool:
        """Whether it was let go before the deposit was asked for again."""
        return self.state is PaymentState.CANCELLED and self.asked_again < deposit.asked_again


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRefund:
    """A refund as the provider has it."""

    id: str
    state: RefundState
    amount: int
    refund_id: UUID | None
    """Ours, if we asked for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """That a guest asked their bank for the money back, in the provider's words."""

    id: str
    status: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """A refund as we know it, in minor units of the deposit's currency."""

    business_id: BusinessId
    id: RefundId
    deposit_id: DepositId
    amount: int
    currency: str
    reason: str | None
    state: RefundState
    provider_id: str | None
    attempt: int
    request_key: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One line of the ledger."""

    id: PaymentId
    deposit_id: DepositId
    appointment_id: AppointmentId
    kind: MovementKind
    amount: Money
    status: str
    at: datetime


def step_of(currency: str) -> int:
    """Cards are charged in steps of so many minor units: ten of a dinar with three decimals, a whole ariary.

    Of three decimals card networks take only two (https://docs.stripe.com/currencies#three-decimal).
    """
    if currency == "MGA":
        return 100
    return 10 if exponent(currency) == 3 else 1


def in_steps(wanted: Money) -> Money:
    """As much of it as the steps allow in which cards are charged, and paid back."""
    return Money(amount=wanted.amount - wanted.amount % step_of(wanted.currency), currency=wanted.currency)


def chargeable(wanted: Money) -> Money | None:
    """As much of it as a card can be charged; None when that is nothing, or less than is charged at all."""
    asked = in_steps(wanted)
    return asked if asked.amount >= LEAST.get(asked.currency, 1) else None


def deposit_due(rule: DepositRule, price: Money) -> Money | None:
    """What has to be paid when booking; None when nothing has. Never more than the price, or than cards take."""
    match rule.kind:
        case "none":
            return None
        case "fixed":
            wanted = min(rule.amount.amount if rule.amount else 0, price.amount)
        case "percent":
            wanted = percent_of(price, rule.percent or 0).amount
        case "full":
            wanted = price.amount
    return chargeable(Money(amount=wanted, currency=price.currency))


def refund_due(paid: Money, *, policy: RefundPolicy, window: timedelta, start: datetime, at: datetime) -> Money:
    """What goes back to a guest who cancels at that time: all of it in the window, later as the policy says.

    `policy` and `window` are those that the guest was shown when booking.
    """
    if at <= start - window:
        return paid
    if policy.late == "percent" and policy.percent:
        return in_steps(percent_of(paid, policy.percent))
    return Money(amount=0, currency=paid.currency)
