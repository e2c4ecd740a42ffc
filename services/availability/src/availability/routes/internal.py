"""What other services ask."""

from fastapi import APIRouter, Request, Response

from availability.use_cases.offer import offer
from contracts.offers import OfferAnswer, OfferRequest
from plumbing.answers import Answer
from plumbing.clock import utc_now
from plumbing.idempotency import EdgeRoute
from plumbing.problems import NotSignedIn, ServiceUnavailable
from plumbing.service_tokens import CallingService
from plumbing.web import problems

OFFERS = "/internal/offers"

router = APIRouter(tags=["internal"], route_class=EdgeRoute)


async def answer_offer(request: Request, question: OfferRequest) -> OfferAnswer:
    """What would be booked, by the rules of the catalogue and the hours."""
    version = await request.app.state.versions.current(question.business_id)
    catalogue = await request.app.state.catalogues.of(question.business_id, version)
    return offer(catalogue, question, now=utc_now())


@router.post(OFFERS, response_model=OfferAnswer, responses=problems(NotSignedIn, ServiceUnavailable))
async def make_offer(body: OfferRequest, request: Request, caller: CallingService) -> Response:
    """What would be booked, by the rules of the catalogue and the hours; whether the time is free is not asked here."""
    return Answer.of(await answer_offer(request, body))
