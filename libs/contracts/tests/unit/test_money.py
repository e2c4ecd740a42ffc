"""Money: minor units, decimals by currency, percentages rounded half up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from contracts.money import Money, exponent, percent_of, read, written

amounts = st.integers(min_value=0, max_value=10**12)
percents = st.integers(min_value=1, max_value=100)


@pytest.mark.parametrize(
    ("currency", "decimals"), [("AED", 2), ("EUR", 2), ("JPY", 0), ("KRW", 0), ("KWD", 3), ("BHD", 3)]
)
def test_decimals_are_those_of_the_currency(currency: str, decimals: int):
    assert exponent(currency) == decimals


@pytest.mark.parametrize(
    ("amount", "percent", "expected"),
    [
        (15000, 20, 3000),
        (1, 50, 1),  # half a minor unit is rounded up
        (1, 49, 0),
        (333, 33, 110),
        (10**12, 100, 10**12),
    ],
)
def test_a_percentage_is_rounded_half_up(amount: int, percent: int, expected: int):
    assert percent_of(Money(amount=amount, currency="AED"), percent) == Money(amount=expected, currency="AED")


@given(amount=amounts, percent=percents)
def test_a_percentage_is_at_most_half_a_minor_unit_off(amount: int, percent: int):
    part = percent_of(Money(amount=amount, currency="AED"), percent).amount
    assert -50 < part * 100 - amount * percent <= 50


@given(amount=amounts)
def test_all_of_it_is_all_of_it(amount: int):
    money = Money(amount=amount, currency="KWD")
    assert percent_of(money, 100) == money


@pytest.mark.parametrize("amount", [-1, 10**12 + 1, 1.5, "ten", None, True])
def test_an_amount_is_a_whole_number_within_bounds(amount: object):
    with pytest.raises(ValidationError):
        Money.model_validate({"amount": amount, "currency": "AED"})


@pytest.mark.parametrize("currency", ["", "aed", "AEDX", "A3D", "د.إ", None])
def test_a_currency_is_three_capital_letters(currency: object):
    with pytest.raises(ValidationError):
        Money.model_validate({"amount": 1, "currency": currency})


@given(amount=amounts, currency=st.sampled_from(["AED", "JPY", "KWD"]))
def test_what_was_written_is_read_again(amount: int, currency: str):
    money = Money(amount=amount, currency=currency)
    assert read(written(money), currency) == money


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("150", "AED", 15000),
        ("1,500.5", "AED", 150050),
        (" AED 20 ", "AED", 2000),
        ("1.5", "KWD", 1500),
        ("7", "JPY", 7),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, currency: str, amount: int):
    assert read(text, currency).amount == amount


@pytest.mark.parametrize("text", ["", "-1", "1.234", "1,5", "1e3", "٣", "ten", "9" * 13])
def test_an_amount_that_is_not_clear_is_refused(text: str):
    with pytest.raises(ValueError, match=r"amount|decimals|much"):
        read(text, "AED")
