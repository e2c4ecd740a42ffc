"""Other services: availability, which says what may be booked by the rules that it owns."""

from collections.abc import Sequence
from itertools import batched
from typing import Protocol

from appointments.domain import refusal
from contracts.offers import MOST_OFFERS, Offer, OfferAnswer, OfferAnswers, OfferRequest, OfferRequests
from plumbing.http import ServiceClient
from plumbing.problems import FieldError, Invalid, ServiceUnavailable
from plumbing.together import Together


class Offers(Protocol):
    """Where offers come from."""

    async def ask(self, question: OfferRequest) -> Offer:
        """What would be booked. Raises Invalid for ids that name nothing, else NotBookable or SlotTaken."""
        ...

    async def ask_all(self, questions: Sequence[OfferRequest]) -> list[OfferAnswer]:
        """An offer or the conflicts for each question, in their order. Raises Invalid for ids that name nothing."""
        ...


class AvailabilityOffers:
    """Offers of the service availability: what is asked at the same time goes in one call."""

    def __init__(self, client: ServiceClient) -> None:
        self._client = client
        self._together = Together[OfferRequest, OfferAnswer | None](self._ask_all, most=MOST_OFFERS)

    async def ask(self, question: OfferRequest) -> Offer:
        """What would be booked. Raises as `Offers`, and ServiceUnavailable when there is no answer."""
        return offer_in(await self._together.ask(question))

    async def ask_all(self, questions: Sequence[OfferRequest]) -> list[OfferAnswer]:
        """An offer or the conflicts for each question. Raises as `Offers`, and ServiceUnavailable without an answer."""
        return [known(answer) for part in batched(questions, MOST_OFFERS) for answer in await self._ask_all(part)]

    async def _ask_all(self, questions: Sequence[OfferRequest]) -> Sequence[OfferAnswer | None]:
        asked = OfferRequests(questions=list(questions))
        return (await self._client.ask("/internal/offers", asked, OfferAnswers)).answers


def known(answer: OfferAnswer | None) -> OfferAnswer:
    """The answer; Invalid when it knows no such ids, ServiceUnavailable when there is none."""
    if answer is None:
        raise ServiceUnavailable
    if answer.unknown:
        raise Invalid(
            [FieldError(pointer=f"/{name}", detail="names nothing of this business") for name in answer.unknown]
        )
    return answer


def offer_in(answer: OfferAnswer | None) -> Offer:
    """The offer in an answer; Invalid, NotBookable, SlotTaken or ServiceUnavailable when there is none."""
    answer = known(answer)
    if answer.offer is None:
        raise refusal(answer.conflicts)
    return answer.offer
