"""A payment provider in memory: deposits are paid, taken and given back as at Stripe, and nobody has a card."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

from booking_public.clients.payments import NoPayments, Told
from booking_public.domain.payments import Deposit, Intent, PaymentState, ProviderRefund, Refund, RefundState
from contracts.ids import BookingId
from plumbing.problems import NotFound


@dataclass(slots=True)
class Bank(NoPayments):
    """PaymentIntents by their ids, and the refunds of each."""

    is_on = True
    known: dict[str, Intent] = field(default_factory=dict[str, Intent])
    returned: dict[str, list[ProviderRefund]] = field(default_factory=dict[str, list[ProviderRefund]])

    def pay(self, intent_id: str) -> None:
        """A card keeps it ready."""
        seen = self.known[intent_id]
        self.known[intent_id] = replace(seen, state=PaymentState.AUTHORISED, capturable=seen.amount)

    async def create(self, deposit: Deposit, *, key: str) -> Intent:
        """As `Payments`."""
        made = Intent(
            id=f"pi_{deposit.id.hex}",
            state=PaymentState.OPEN,
            amount=deposit.amount,
            currency=deposit.currency,
            capturable=0,
            received=0,
            client_secret=f"pi_{deposit.id.hex}_secret",
            booking_id=deposit.booking_id,
            business_id=deposit.business_id,
            charge_id=None,
            failure=None,
            created=0,
            asked_again=deposit.asked_again,
        )
        return self.known.setdefault(made.id, made)

    async def retrieve(self, intent_id: str) -> Intent:
        """As `Payments`."""
        if intent_id not in self.known:
            raise NotFound
        return self.known[intent_id]

    async def find(self, booking_id: BookingId, *, since: int) -> list[Intent]:
        """As `Payments`."""
        return [each for each in self.known.values() if each.booking_id == booking_id]

    async def since(self, since: int) -> AsyncIterator[Intent]:
        """As `Payments`."""
        for each in list(self.known.values()):
            yield each

    async def capture(self, intent_id: str, *, key: str) -> Intent:
        """As `Payments`."""
        seen = self.known[intent_id]
        self.known[intent_id] = replace(seen, state=PaymentState.CAPTURED, capturable=0, received=seen.amount)
        return self.known[intent_id]

    async def cancel(self, intent_id: str, *, key: str) -> Intent:
        """As `Payments`."""
        self.known[intent_id] = replace(self.known[intent_id], state=PaymentState.CANCELLED, capturable=0)
        return self.known[intent_id]

    async def refund(self, refund: Refund, intent_id: str, *, key: str) -> ProviderRefund:
        """As `Payments`."""
        made = ProviderRefund(
            id=f"re_{refund.id.hex}", state=RefundState.SUCCEEDED, amount=refund.amount, refund_id=refund.id
        )
        self.returned.setdefault(intent_id, []).append(made)
        return made

    async def refunds(self, intent_id: str) -> list[ProviderRefund]:
        """As `Payments`."""
        return self.returned.get(intent_id, [])

    def heard(self, body: bytes, signature: str) -> Told:
        """Whatever it is, signed or not."""
        said = json.loads(body)
        return Told(said["id"], said["kind"], said["intent"], said["intent"])
