"""What other services ask when a start cannot be booked: which near it could be."""

from fastapi import APIRouter, Request, Response

from availability.queries.alternatives import FARTHEST, nearest, service_with
from availability.queries.time import Catalogue
from availability.use_cases.offer import choices_of
from contracts.alternatives import Alternative, AlternativesAnswer, AlternativesQuestion, Extent
from contracts.ids import StaffId
from plumbing.answers import Answer
from plumbing.clock import utc_now
from plumbing.idempotency import EdgeRoute
from plumbing.problems import NotFound, NotSignedIn, ServiceUnavailable
from plumbing.service_tokens import CallingService
from plumbing.web import problems
from scheduling.service_rules import MINUTE

router = APIRouter(tags=["internal"], route_class=EdgeRoute)


@router.post(
    "/internal/alternatives",
    response_model=AlternativesAnswer,
    responses=problems(NotSignedIn, NotFound, ServiceUnavailable),
)
async def find_alternatives(body: AlternativesQuestion, request: Request, caller: CallingService) -> Response:
    """The free starts nearest to the wanted one, as far as is known here; what each takes, to make sure of it."""
    state = request.app.state
    version = await state.versions.current(body.business_id)
    catalogue: Catalogue = await state.catalogues.of(body.business_id, version, body.start.date() - FARTHEST)
    if body.service_id not in catalogue.services or (body.staff_id and body.staff_id not in catalogue.staff):
        return Answer.of(AlternativesAnswer())
    service = service_with(catalogue.services[body.service_id], body.extent)
    found = await nearest(state.uow, catalogue, body, now=utc_now())
    rules = service.rules
    return Answer.of(
        AlternativesAnswer(
            alternatives=[
                Alternative(start=start, end=start + rules.duration, staff_ids=list(map(StaffId, found.free[start])))
                for start in found.starts
            ],
            extent=Extent(
                minutes=rules.duration // MINUTE,
                buffer_before_minutes=rules.buffer_before // MINUTE,
                buffer_after_minutes=rules.buffer_after // MINUTE,
            ),
            resources=choices_of(catalogue, service),
        )
    )
