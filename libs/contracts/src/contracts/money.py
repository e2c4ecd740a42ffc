"""Money in minor units of ISO 4217, its arithmetic, and how people write it."""

import re
from typing import Annotated

from pydantic import Field, StringConstraints

from contracts.wire import Wire

Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
"""An ISO 4217 code."""

_NO_MINOR_UNIT = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split())
_THREE_DECIMALS = frozenset("BHD IQD JOD KWD LYD OMR TND".split())


MOST = 10**12
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d*)?", re.ASCII)
_PLAIN = re.compile(r"(\d+)(?:\.(\d*))?", re.ASCII)


class Money(Wire):
    """`{"amount": 15000, "currency": "AED"}` is 150.00 dirhams."""

    amount: Annotated[int, Field(ge=0, le=MOST, strict=True)]
    currency: Currency


def exponent(currency: str) -> int:
    """How many decimals the currency has: 2, but 0 for JPY and 3 for KWD (ISO 4217, table A.1)."""
    if currency in _NO_MINOR_UNIT:
        return 0
    return 3 if currency in _THREE_DECIMALS else 2


def percent_of(money: Money, percent: int) -> Money:
    """A whole percentage (1 to 100) of an amount, rounded half up to the minor unit."""
    return Money(amount=(money.amount * percent + 50) // 100, currency=money.currency)


def written(money: Money) -> str:
    """As people write it, without the currency: `150.00`, `1.500` of a dinar, `1500` of a yen."""
    decimals = exponent(money.currency)
    digits = str(money.amount).rjust(decimals + 1, "0")
    return f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits


def read(text: str, currency: str) -> Money:
    """The other way round; `1,500.00` is understood too. ValueError, in words, for anything else."""
    bare = text.strip().removeprefix(currency).removesuffix(currency).strip()
    found = _PLAIN.fullmatch(bare.replace(",", "") if _GROUPED.fullmatch(bare) else bare)
    if found is None:
        raise ValueError("is not an amount such as 150.00")
    whole, rest = found[1], (found[2] or "").rstrip("0")
    decimals = exponent(currency)
    if len(rest) > decimals:
        raise ValueError(f"has more decimals than {currency}, which has {decimals}")
    if len(whole) > len(str(MOST)):  # so that no number is made of a megabyte of digits
        raise ValueError("is too much")
    amount = int(whole + rest.ljust(decimals, "0"))
    if amount > MOST:
        raise ValueError("is too much")
    return Money(amount=amount, currency=currency)
