"""Other services: availability, which says what may be booked by the rules that it owns."""

from typing import Protocol

from appointments.domain import refusal
from contracts.offers import Offer, OfferAnswer, OfferRequest
from plumbing.http import ServiceClient
from plumbing.problems import FieldError, Invalid


class Offers(Protocol):
    """Where offers come from."""

    async def ask(self, question: OfferRequest) -> Offer:
        """What would be booked. Raises Invalid for ids that name nothing, else NotBookable or SlotTaken."""
        ...


class AvailabilityOffers:
    """Offers of the service availability."""

    def __init__(self, client: ServiceClient) -> None:
        self._client = client

    async def ask(self, question: OfferRequest) -> Offer:
        """What would be booked. Raises as `Offers`, and ServiceUnavailable when there is no answer."""
        return offer_in(await self._client.ask("/internal/offers", question, OfferAnswer))


def offer_in(answer: OfferAnswer) -> Offer:
    """The offer in an answer; Invalid, NotBookable or SlotTaken when there is none."""
    if answer.unknown:
        raise Invalid(
            [FieldError(pointer=f"/{name}", detail="names nothing of this business") for name in answer.unknown]
        )
    if answer.offer is None:
        raise refusal(answer.conflicts)
    return answer.offer
