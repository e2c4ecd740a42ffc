"""How much is due, and how much goes back: whole minor units, never more than there is."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking_public.domain.payments import deposit_due, refund_due
from contracts.availability import Deposit
from contracts.booking import RefundPolicy
from contracts.money import Money

START = datetime(2027, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
ALL, HALF, NOTHING = RefundPolicy(late="percent", percent=100), RefundPolicy(late="percent", percent=50), RefundPolicy()
amounts = st.integers(min_value=0, max_value=10**12)
percents = st.integers(min_value=1, max_value=100)


def aed(amount: int) -> Money:
    """Dirhams, in fils."""
    return Money(amount=amount, currency="AED")


@pytest.mark.parametrize(
    ("rule", "price", "due"),
    [
        (Deposit(), 15_000, None),
        (Deposit(kind="full"), 15_000, 15_000),
        (Deposit(kind="fixed", amount=aed(5_000)), 15_000, 5_000),
        (Deposit(kind="fixed", amount=aed(20_000)), 15_000, 15_000),
        (Deposit(kind="percent", percent=50), 15_001, 7_501),
        (Deposit(kind="percent", percent=1), 19_949, None),
        (Deposit(kind="percent", percent=1), 19_950, 200),
        (Deposit(kind="full"), 0, None),
    ],
)
def test_the_deposit_follows_the_rule_of_the_service(rule: Deposit, price: int, due: int | None):
    assert deposit_due(rule, aed(price)) == (None if due is None else aed(due))


@given(percents, amounts)
def test_a_percentage_is_rounded_half_up_and_never_more_than_the_price(percent: int, price: int):
    due = deposit_due(Deposit(kind="percent", percent=percent), aed(price))
    if due is None:
        assert price * percent < 19_950
        return
    amount = due.amount
    assert 0 <= amount <= price
    assert abs(amount * 100 - price * percent) <= 50
    assert amount * 100 - price * percent != -50


@pytest.mark.parametrize(
    ("wanted", "currency", "due"),
    [
        (5_005, "KWD", 5_000),
        (9, "BHD", None),
        (5_050, "MGA", 5_000),
        (5_005, "JPY", 5_005),
        (5_005, "AED", 5_005),
        (199, "AED", None),
        (29, "GBP", None),
        (30, "GBP", 30),
    ],
)
def test_what_cards_cannot_be_charged_is_not_asked_for(wanted: int, currency: str, due: int | None):
    asked = deposit_due(Deposit(kind="full"), Money(amount=wanted, currency=currency))
    assert (asked and asked.amount) == due


@pytest.mark.parametrize("currency", ["KWD", "JPY", "AED"])
def test_a_minor_unit_is_never_divided(currency: str):
    due = deposit_due(Deposit(kind="percent", percent=33), Money(amount=1_000, currency=currency))
    assert due == Money(amount=330, currency=currency)


@pytest.mark.parametrize(
    ("policy", "hours_before", "back"),
    [
        (NOTHING, 25, 2_501),
        (NOTHING, 24, 2_501),
        (NOTHING, 23, 0),
        (HALF, 23, 1_251),
        (HALF, 24, 2_501),
        (ALL, 1, 2_501),
        (HALF, -1, 1_251),
    ],
)
def test_in_the_window_all_goes_back_and_later_what_the_policy_says(policy: RefundPolicy, hours_before: int, back: int):
    at = START - timedelta(hours=hours_before)
    assert refund_due(aed(2_501), policy=policy, window=DAY, start=START, at=at) == aed(back)


@given(amounts, percents, st.integers(min_value=-72, max_value=72))
def test_never_more_goes_back_than_was_paid_and_never_less_when_it_is_earlier(paid: int, percent: int, hours: int):
    policy = RefundPolicy(late="percent", percent=percent)
    at = START + timedelta(hours=hours)
    late, early = (
        refund_due(aed(paid), policy=policy, window=DAY, start=START, at=moment).amount
        for moment in (at, at - timedelta(hours=1))
    )
    assert 0 <= late <= early <= paid
