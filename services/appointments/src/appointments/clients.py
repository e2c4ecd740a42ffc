"""Other services: availability, which says what may be booked by the rules that it owns."""

from collections.abc import Sequence
from itertools import batched
from typing import Protocol

from appointments.domain import refusal
from contracts.alternatives import AlternativesAnswer, AlternativesQuestion
from contracts.ids import BusinessId
from contracts.imports import (
    CatalogueAnswer,
    CatalogueQuestion,
    RowFate,
    RowsAnswer,
    RowsQuestion,
    UndoAnswer,
    UndoFate,
    UndoQuestion,
)
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

    async def ask_each(self, questions: Sequence[OfferRequest]) -> list[OfferAnswer | None]:
        """What is said to each question, in their order; None for one that could not be answered."""
        ...

    async def nearest(self, question: AlternativesQuestion) -> AlternativesAnswer:
        """The starts near the wanted one that seem free."""
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
        return [known(answer) for answer in await self.ask_each(questions)]

    async def ask_each(self, questions: Sequence[OfferRequest]) -> list[OfferAnswer | None]:
        """What is said to each question. Raises ServiceUnavailable without an answer."""
        return [answer for part in batched(questions, MOST_OFFERS) for answer in await self._ask_all(part)]

    async def nearest(self, question: AlternativesQuestion) -> AlternativesAnswer:
        """The starts near the wanted one that seem free. Raises ServiceUnavailable without an answer."""
        return await self._client.ask("/internal/alternatives", question, AlternativesAnswer)

    async def _ask_all(self, questions: Sequence[OfferRequest]) -> Sequence[OfferAnswer | None]:
        asked = OfferRequests(questions=list(questions))
        return (await self._client.ask("/internal/offers", asked, OfferAnswers)).answers


class CatalogueRows(Protocol):
    """Where files about the catalogue are checked and written; and what other files may name of it."""

    async def catalogue(self, business_id: BusinessId) -> CatalogueAnswer:
        """The business and its catalogue. Raises ServiceUnavailable."""
        ...

    async def check(self, question: RowsQuestion) -> list[RowFate]:
        """What would become of each row. Raises ServiceUnavailable."""
        ...

    async def apply(self, question: RowsQuestion) -> list[RowFate]:
        """What became of each row. Raises ServiceUnavailable: then all may be sent again."""
        ...

    async def undo(self, question: UndoQuestion) -> list[UndoFate]:
        """What became of each added thing. Raises ServiceUnavailable: then all may be sent again."""
        ...


class AvailabilityRows:
    """Files about the catalogue, with availability; its client has to be a patient one."""

    def __init__(self, client: ServiceClient) -> None:
        self._client = client

    async def catalogue(self, business_id: BusinessId) -> CatalogueAnswer:
        """The business and its catalogue."""
        question = CatalogueQuestion(business_id=business_id)
        return await self._client.ask("/internal/imports/catalogue", question, CatalogueAnswer)

    async def check(self, question: RowsQuestion) -> list[RowFate]:
        """What would become of each row."""
        return (await self._client.ask("/internal/imports/check", question, RowsAnswer)).rows

    async def apply(self, question: RowsQuestion) -> list[RowFate]:
        """What became of each row."""
        return (await self._client.ask("/internal/imports/apply", question, RowsAnswer)).rows

    async def undo(self, question: UndoQuestion) -> list[UndoFate]:
        """What became of each added thing."""
        return (await self._client.ask("/internal/imports/undo", question, UndoAnswer)).things


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
