"""What a deposit comes to."""

import pytest

from booking_public.schemas.public_pages import deposit_due
from contracts.availability import Deposit
from contracts.money import Money


def money(amount: int) -> Money:
    return Money(amount=amount, currency="AED")


@pytest.mark.parametrize(
    ("deposit", "due"),
    [
        (Deposit(), None),
        (Deposit(kind="full"), 9_999),
        (Deposit(kind="fixed", amount=money(2_000)), 2_000),
        (Deposit(kind="percent", percent=50), 5_000),
        (Deposit(kind="percent", percent=3), 300),
    ],
)
def test_a_deposit_is_due_by_its_kind(deposit: Deposit, due: int | None):
    found = deposit_due(deposit, money(9_999))
    assert (found and found.amount) == due


def test_of_nothing_no_deposit_is_due():
    assert deposit_due(Deposit(kind="full"), money(0)) is None
