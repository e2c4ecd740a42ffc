"""What other services ask."""

import asyncio
from datetime import date, datetime

import structlog
from fastapi import APIRouter, Request, Response

from availability.queries.time import Catalogue
from availability.use_cases.offer import offer
from contracts.ids import BusinessId
from contracts.offers import OfferAnswer, OfferAnswers, OfferRequest, OfferRequests
from plumbing.answers import Answer
from plumbing.clock import utc_now
from plumbing.idempotency import EdgeRoute
from plumbing.problems import NotSignedIn, ServiceUnavailable
from plumbing.service_tokens import CallingService
from plumbing.web import problems
from scheduling.conflicts import DAY
from scheduling.hours import EARLIEST

log = structlog.get_logger("offers")

OFFERS = "/internal/offers"

router = APIRouter(tags=["internal"], route_class=EdgeRoute)


async def answer_offers(request: Request, asked: OfferRequests) -> OfferAnswers:
    """What would be booked, by the rules of the catalogue and the hours."""
    ids = list({question.business_id for question in asked.questions})
    first = max(min(question.start for question in asked.questions).date(), EARLIEST + DAY) - DAY
    catalogues = dict(zip(ids, await asyncio.gather(*(_catalogue(request, one, first) for one in ids)), strict=True))
    now = utc_now()
    return OfferAnswers(answers=[_answer(catalogues[one.business_id], one, now) for one in asked.questions])


@router.post(OFFERS, response_model=OfferAnswers, responses=problems(NotSignedIn, ServiceUnavailable))
async def make_offers(body: OfferRequests, request: Request, caller: CallingService) -> Response:
    """What would be booked, by the rules of the catalogue and the hours; whether the time is free is not asked here."""
    return Answer.of(await answer_offers(request, body))


async def _catalogue(request: Request, business_id: BusinessId, first: date) -> Catalogue:
    version = await request.app.state.versions.current(business_id)
    return await request.app.state.catalogues.of(business_id, version, first)


def _answer(catalogue: Catalogue, question: OfferRequest, now: datetime) -> OfferAnswer | None:
    """None for a question that cannot be answered: those beside it come from other people, and are answered."""
    try:
        return offer(catalogue, question, now=now)
    except Exception:
        log.exception("an offer failed", service_id=str(question.service_id))
        return None
