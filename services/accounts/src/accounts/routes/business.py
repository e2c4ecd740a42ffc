"""The member's business."""

from fastapi import APIRouter, Response

from accounts.domain import Business
from accounts.routes.access import still_signed_in
from accounts.schemas import BusinessChanges
from accounts.use_cases.update_business import update_business
from plumbing.answers import Answer
from plumbing.auth import Owner, Role, SignedIn
from plumbing.clock import utc_now
from plumbing.failpoints import reach
from plumbing.idempotency import EdgeRoute, Uow
from plumbing.problems import CrossSiteRequest, NotAllowed, NotFound, NotSignedIn, ServiceUnavailable, StaleRevision
from plumbing.revisions import IfMatch, etag
from plumbing.web import problems

router = APIRouter(prefix="/api/business", tags=["business"], route_class=EdgeRoute)


@router.get("", response_model=Business, responses=problems(NotSignedIn, ServiceUnavailable))
async def read_business(member: SignedIn, uow: Uow) -> Response:
    """The business."""
    async with uow() as tx:
        found = (await still_signed_in(tx, member)).business
    return Answer.of(found, headers=etag(found.revision))


@router.put(
    "",
    response_model=Business,
    responses=problems(NotSignedIn, NotAllowed, CrossSiteRequest, NotFound, StaleRevision, ServiceUnavailable),
)
async def change_business(body: BusinessChanges, member: Owner, uow: Uow, expected: IfMatch) -> Response:
    """Change the business; prices that were set keep their currency. The role of now counts, not that of the token."""
    async with uow() as tx:
        if (await still_signed_in(tx, member)).role is not Role.OWNER:
            raise NotAllowed
        after = await update_business(tx, member.business_id, body.changes(), now=utc_now(), expected=expected)
        answer = tx.answer(after, headers=etag(after.revision))
    await reach("accounts.after_commit")
    return answer
