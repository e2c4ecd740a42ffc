"""How Stripe counts money, where that is not in minor units of ISO 4217 (https://docs.stripe.com/currencies)."""

_WITH_TWO_DECIMALS = frozenset({"ISK", "UGX"})
"""They have no minor unit any more; Stripe counts hundredths of them as ever, and takes only whole ones."""

_WHOLE = frozenset({"MGA"})
"""They have a minor unit, which Stripe does not count."""

_HUNDRED = 100


def to_stripe(amount: int, currency: str) -> int:
    """So many of Stripe's units are this many minor units. The amount is one that a card can be charged."""
    if currency in _WITH_TWO_DECIMALS:
        return amount * _HUNDRED
    return amount // _HUNDRED if currency in _WHOLE else amount


def from_stripe(amount: int, currency: str) -> int:
    """The other way round; `currency` is written as either of us does."""
    code = currency.upper()
    if code in _WITH_TWO_DECIMALS:
        return amount // _HUNDRED
    return amount * _HUNDRED if code in _WHOLE else amount
