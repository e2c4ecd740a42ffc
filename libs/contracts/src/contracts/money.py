"""Money in minor units of ISO 4217, and its arithmetic."""

from typing import Annotated

from pydantic import Field, StringConstraints

from contracts.wire import Wire

Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
"""An ISO 4217 code."""

_NO_MINOR_UNIT = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split())
_THREE_DECIMALS = frozenset("BHD IQD JOD KWD LYD OMR TND".split())


class Money(Wire):
    """`{"amount": 15000, "currency": "AED"}` is 150.00 dirhams."""

    amount: Annotated[int, Field(ge=0, le=10**12, strict=True)]
    currency: Currency


def exponent(currency: str) -> int:
    """How many decimals the currency has: 2, but 0 for JPY and 3 for KWD (ISO 4217, table A.1)."""
    if currency in _NO_MINOR_UNIT:
        return 0
    return 3 if currency in _THREE_DECIMALS else 2


def percent_of(money: Money, percent: int) -> Money:
    """A whole percentage (1 to 100) of an amount, rounded half up to the minor unit."""
    return Money(amount=(money.amount * percent + 50) // 100, currency=money.currency)
