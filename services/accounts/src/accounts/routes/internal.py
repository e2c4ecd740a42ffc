"""What other services ask; the gateway refuses these paths, and they are in no published description."""

from fastapi import APIRouter, Response

from accounts.queries import business, open_sessions
from accounts.routes.access import EveryBusiness
from accounts.routes.own_access import OwnAccess
from contracts.access import (
    ApiKeyAnswer,
    ApiKeyQuestion,
    RevocationsAnswer,
    RevocationsQuestion,
    SessionsAnswer,
    SessionsQuestion,
)
from contracts.offers import BusinessAnswer, BusinessQuestion
from plumbing.answers import Answer
from plumbing.clock import utc_now
from plumbing.idempotency import EdgeRoute
from plumbing.problems import NotFound, NotSignedIn, ServiceUnavailable
from plumbing.service_tokens import CallingService
from plumbing.web import problems

router = APIRouter(prefix="/internal", route_class=EdgeRoute, include_in_schema=False)


@router.post(
    "/businesses", response_model=BusinessAnswer, responses=problems(NotSignedIn, NotFound, ServiceUnavailable)
)
async def answer_business(question: BusinessQuestion, caller: CallingService, uow: EveryBusiness) -> Response:
    """A business, for a service whose copy has not heard of it yet."""
    async with uow(question.business_id) as tx:
        found = await business(tx, question.business_id)
    if found is None:
        raise NotFound
    return Answer.of(
        BusinessAnswer(
            business_id=found.id,
            revision=found.revision,
            name=found.name,
            timezone=found.timezone,
            currency=found.currency,
            locale=found.locale,
            contact_email=found.contact_email,
            contact_phone=found.contact_phone,
            address=found.address,
        )
    )


@router.post("/revocations", response_model=RevocationsAnswer, responses=problems(NotSignedIn, ServiceUnavailable))
async def answer_revocations(question: RevocationsQuestion, caller: CallingService, uow: EveryBusiness) -> Response:
    """The access tokens that were taken back; every process asks every two seconds."""
    return Answer.of(await OwnAccess(uow).revocations())


@router.post("/sessions", response_model=SessionsAnswer, responses=problems(NotSignedIn, ServiceUnavailable))
async def answer_sessions(question: SessionsQuestion, caller: CallingService, uow: EveryBusiness) -> Response:
    """Which sessions go on, for a service that lets people stay for longer than their tokens last."""
    async with uow.across_businesses() as tx:
        return Answer.of(await open_sessions(tx, question.sessions, now=utc_now()))


@router.post("/api-keys", response_model=ApiKeyAnswer, responses=problems(NotSignedIn, ServiceUnavailable))
async def answer_api_key(question: ApiKeyQuestion, caller: CallingService, uow: EveryBusiness) -> Response:
    """Whose key has this hash; notes that it is used."""
    return Answer.of(await OwnAccess(uow).api_key(question.key_hash))
