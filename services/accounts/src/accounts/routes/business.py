"""The member's business."""

from fastapi import APIRouter, Response

from accounts.domain import Business
from accounts.queries import business
from accounts.routes.access import still_owner, still_signed_in
from accounts.schemas.sign_in import BusinessChanges
from accounts.use_cases.update_business import update_business
from plumbing.answers import Answer
from plumbing.auth import Member, Owner, SignedIn
from plumbing.clock import utc_now
from plumbing.db import Tx
from plumbing.failpoints import reach
from plumbing.idempotency import EdgeRoute, Uow
from plumbing.problems import CrossSiteRequest, NotAllowed, NotFound, NotSignedIn, ServiceUnavailable, StaleRevision
from plumbing.revisions import IfMatch, etag
from plumbing.web import problems

router = APIRouter(prefix="/api/business", tags=["business"], route_class=EdgeRoute)


@router.get("", response_model=Business, responses=problems(NotSignedIn, NotAllowed, NotFound, ServiceUnavailable))
async def read_business(member: SignedIn, uow: Uow) -> Response:
    """The business."""
    async with uow() as tx:
        found = await _present(tx, member)
    return Answer.of(found, headers=etag(found.revision))


@router.put(
    "",
    response_model=Business,
    responses=problems(NotSignedIn, NotAllowed, CrossSiteRequest, NotFound, StaleRevision, ServiceUnavailable),
)
async def change_business(body: BusinessChanges, member: Owner, uow: Uow, expected: IfMatch) -> Response:
    """Change the business; prices that were set keep their currency. The role of now counts, not that of the token."""
    async with uow() as tx:
        await still_owner(tx, member)
        after = await update_business(tx, member.business_id, body.changes(), now=utc_now(), expected=expected)
        answer = tx.answer(after, headers=etag(after.revision))
    await reach("accounts.after_commit")
    return answer


async def _present(tx: Tx, member: Member) -> Business:
    """The business of a member who is still one, or of an API key, which was looked at for this very request."""
    if member.api_key_id is None:
        return (await still_signed_in(tx, member)).business
    found = await business(tx, member.business_id)
    if found is None:
        raise NotFound
    return found
