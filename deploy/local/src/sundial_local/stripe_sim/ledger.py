"""What the operations work on: the objects, the time, and who is told of what happens."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sundial_local.stripe_sim import shapes
from sundial_local.stripe_sim.cards import Card, by_number
from sundial_local.stripe_sim.errors import missing
from sundial_local.stripe_sim.store import Json, Store


@dataclass(slots=True)
class Ledger:
    """All objects; every change goes through `save`, which tells of it."""

    store: Store
    seconds: Callable[[], float]
    """Unix time."""
    when_due: Callable[[float], list[float]]
    """When an event that happens at that time is told, once for each copy."""
    key: str | None = None
    """The idempotency key of the request that is being worked on."""

    @property
    def now(self) -> int:
        """Unix time in whole seconds, as Stripe writes it."""
        return int(self.seconds())

    def find(self, kind: str, wanted: str) -> Json:
        """The object. Raises Refused."""
        found = self.store.get(kind, wanted)
        if found is None:
            raise missing(kind, wanted)
        return found

    def save(self, thing: Json, *events: str) -> None:
        """Keep it, and tell that these things happened to it."""
        self.store.put(thing)
        for kind in events:
            self._tell(kind, thing)

    def card_of(self, intent: Json) -> Card:
        """The card that a PaymentIntent is being paid with."""
        method = self.find("payment_method", intent["payment_method"])
        card = by_number(method[f"{shapes.HIDDEN}number"])
        if card is None:
            raise LookupError("a payment method of a card that is none of ours")
        return card

    def charge_of(self, intent: Json) -> Json:
        """Its newest charge. Raises Refused."""
        return self.find("charge", intent["latest_charge"] or "none")

    def _tell(self, kind: str, thing: Json) -> None:
        event = shapes.event(self.now, kind, thing, key=self.key or f"sim-{secrets.token_hex(8)}")
        self.store.put(event)
        for due in self.when_due(self.seconds()):
            self.store.add_delivery(event["id"], due)
