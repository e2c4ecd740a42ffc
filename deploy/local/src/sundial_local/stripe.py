"""The stand-in for Stripe: what booking-public takes deposits with, on one machine."""

from collections.abc import Mapping
from pathlib import Path

from sundial_local.stand_in import StandIn


class Server(StandIn):
    """stripe-sim on `port`, with its state in `directory`."""

    def __init__(self, directory: Path, port: int, keys: Mapping[str, str], *, webhook_url: str | None = None) -> None:
        """`keys`: the variables that booking-public is given for Stripe, so that both mean the same account."""
        told = {"STRIPE_SIM_WEBHOOK_URL": webhook_url} if webhook_url else {}
        state = {"STRIPE_SIM_STATE": str(directory / "stripe.sqlite")}
        super().__init__("stripe-sim", "sundial_local.stripe_sim", directory, port, {**state, **keys, **told})
