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

router = APIRouter(prefix="/internal", tags=["internal"], route_class=EdgeRoute)


@router.post("/offers", response_model=OfferAnswer, responses=problems(NotSignedIn, ServiceUnavailable))
async def make_offer(body: OfferRequest, request: Request, caller: CallingService) -> Response:
    """What would be booked, by the rules of the catalogue and the hours; whether the time is free is not asked here."""
    version = await request.app.state.versions.current(body.business_id)
    catalogue = await request.app.state.catalogues.of(body.business_id, version)
    return Answer.of(offer(catalogue, body, now=utc_now()))
