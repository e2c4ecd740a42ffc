"""What booking-public asks: the catalogue as it is now, where its copy may not have heard of all of it."""

from fastapi import APIRouter, Request, Response

from availability.queries.snapshots import snapshots
from contracts.catalogue import SnapshotsAnswer, SnapshotsQuestion
from plumbing.answers import Answer
from plumbing.idempotency import EdgeRoute
from plumbing.problems import NotSignedIn, ServiceUnavailable
from plumbing.service_tokens import CallingService
from plumbing.web import problems

router = APIRouter(tags=["internal"], route_class=EdgeRoute)


@router.post("/internal/catalogue", response_model=SnapshotsAnswer, responses=problems(NotSignedIn, ServiceUnavailable))
async def read_snapshots(body: SnapshotsQuestion, request: Request, caller: CallingService) -> Response:
    """Every service and staff member of a business at their revisions, without the archived ones."""
    async with request.app.state.uow(body.business_id) as tx:
        return Answer.of(await snapshots(tx, body.business_id))
