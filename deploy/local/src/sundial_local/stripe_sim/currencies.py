"""What Stripe refuses of amounts by their currency: https://docs.stripe.com/currencies."""

from sundial_local.stripe_sim.errors import wrong

_STEPS = {"isk": 100, "ugx": 100} | dict.fromkeys(("bhd", "iqd", "jod", "kwd", "lyd", "omr", "tnd"), 10)
_LEAST = {"aed": 200, "usd": 50, "eur": 50, "gbp": 30, "jpy": 50, "inr": 50, "sgd": 50, "aud": 50, "cad": 50, "chf": 50}
"""Of the currencies that tests use; of others nothing is too little here."""


def refuse_unless_charged(amount: int, currency: str) -> None:
    """Raises Refused for a part that card networks do not take."""
    step = _STEPS.get(currency.lower(), 1)
    if amount % step:
        message = f"Invalid amount. Amounts in {currency.upper()} must be evenly divisible by {step}."
        raise wrong("amount", message, "invalid_charge_amount_no_decimal_compatible")


def refuse_too_little(amount: int, currency: str) -> None:
    """Raises Refused for less than is charged at all; less may be given back."""
    least = _LEAST.get(currency.lower(), 1)
    if amount < least:
        raise wrong("amount", f"Amount must be at least {least} {currency.lower()}", "amount_too_small")
