"""The payment provider: what is asked of it; and what stands in its place where none is set up."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from typing import NoReturn, Protocol

from booking_public.domain.payments import (
    Deposit,
    Dispute,
    Intent,
    PaymentsOff,
    ProviderRefund,
    Refund,
    SignatureInvalid,
)
from contracts.ids import BookingId
from plumbing.problems import NotFound, ServiceUnavailable


class Unanswered(Exception):
    """The payment provider gave no answer that says anything; to a client this is ServiceUnavailable."""

    def __init__(self, *, failed: bool = False) -> None:
        """`failed`: it answered with a failure, which it would repeat to the same key; else the same key asks again."""
        super().__init__("failed" if failed else "no answer")
        self.failed = failed


def or_unavailable[**P, R](do: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
    """The same, but raising ServiceUnavailable where it would raise Unanswered."""

    @wraps(do)
    async def done(*args: P.args, **named: P.kwargs) -> R:
        try:
            return await do(*args, **named)
        except Unanswered as error:
            raise ServiceUnavailable from error

    return done


class NotInThatState(Exception):
    """What was asked for cannot be done to it as it is now: look at it again."""


class Declined(Exception):
    """The bank does not want to; the argument says why in the provider's code."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a webhook said: that something happened to an object; never what it is like now."""

    id: str
    kind: str
    object_id: str
    intent_id: str | None


class Payments(Protocol):
    """A payment provider. Whatever is asked with the same key is done once."""

    @property
    def is_on(self) -> bool:
        """Whether deposits can be paid here."""
        ...

    async def create(self, deposit: Deposit, *, key: str) -> Intent:
        """A new PaymentIntent for that deposit. Raises Unanswered."""
        ...

    async def retrieve(self, intent_id: str) -> Intent:
        """As it is now. Raises Unanswered, NotFound."""
        ...

    async def find(self, booking_id: BookingId, *, since: int) -> list[Intent]:
        """Those that name this booking and were made since (Unix seconds), the newest first. Raises Unanswered."""
        ...

    def since(self, since: int) -> AsyncIterator[Intent]:
        """All of ours that were made since (Unix seconds). Raises Unanswered."""
        ...

    async def capture(self, intent_id: str, *, key: str) -> Intent:
        """Take what is authorised. Raises Declined, NotInThatState, Unanswered."""
        ...

    async def cancel(self, intent_id: str, *, key: str) -> Intent:
        """Let it go. Raises NotInThatState, Unanswered."""
        ...

    async def refund(self, refund: Refund, intent_id: str, *, key: str) -> ProviderRefund:
        """Give back so much. Raises Declined (definitely not), Unanswered."""
        ...

    async def refunds(self, intent_id: str) -> list[ProviderRefund]:
        """All refunds of a payment. Raises Unanswered."""
        ...

    async def disputes(self, intent_id: str) -> list[Dispute]:
        """All disputes about a payment. Raises Unanswered."""
        ...

    def heard(self, body: bytes, signature: str) -> Told:
        """What a webhook says. Raises SignatureInvalid unless it was signed for this account."""
        ...

    async def close(self) -> None:
        """Close the kept connections."""
        ...


class NoPayments:
    """Where no payment provider is set up: no deposit is ever asked for."""

    is_on = False

    async def create(self, deposit: Deposit, *, key: str) -> Intent:
        """Raises PaymentsOff."""
        _off(deposit, key)

    async def retrieve(self, intent_id: str) -> Intent:
        """Raises NotFound."""
        raise NotFound

    async def find(self, booking_id: BookingId, *, since: int) -> list[Intent]:
        """None."""
        _ = booking_id, since
        return []

    async def since(self, since: int) -> AsyncIterator[Intent]:
        """None."""
        nothing: list[Intent] = []
        _ = since
        for intent in nothing:
            yield intent

    async def capture(self, intent_id: str, *, key: str) -> Intent:
        """Raises PaymentsOff."""
        _off(intent_id, key)

    async def cancel(self, intent_id: str, *, key: str) -> Intent:
        """Raises PaymentsOff."""
        _off(intent_id, key)

    async def refund(self, refund: Refund, intent_id: str, *, key: str) -> ProviderRefund:
        """Raises PaymentsOff."""
        _off(refund, intent_id, key)

    async def refunds(self, intent_id: str) -> list[ProviderRefund]:
        """None."""
        _ = intent_id
        return []

    async def disputes(self, intent_id: str) -> list[Dispute]:
        """None."""
        _ = intent_id
        return []

    def heard(self, body: bytes, signature: str) -> Told:
        """Raises SignatureInvalid: nobody signs for an account that there is not."""
        raise SignatureInvalid

    async def close(self) -> None:
        """Nothing is open."""


def _off(*_: object) -> NoReturn:
    raise PaymentsOff
