"""The members of the business: only owners see and change them."""

from fastapi import APIRouter, Response

from accounts.domain import LastOwner, MemberDetails, StaffLinked
from accounts.queries import member as member_of_business
from accounts.queries import member_page
from accounts.routes.access import managing_members, still_owner
from accounts.schemas.members import MemberChanges
from accounts.use_cases.remove_member import remove_member
from accounts.use_cases.update_member import update_member
from contracts.ids import MemberId
from plumbing.answers import Answer
from plumbing.auth import Owner
from plumbing.clock import utc_now
from plumbing.failpoints import reach
from plumbing.idempotency import EdgeRoute, Uow
from plumbing.pages import Page, Paging, page_of
from plumbing.problems import (
    CrossSiteRequest,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    ServiceUnavailable,
    StaleRevision,
)
from plumbing.revisions import IfMatch, etag
from plumbing.web import problems

_READING = (NotSignedIn, NotAllowed, ServiceUnavailable)
_CHANGING = (*_READING, CrossSiteRequest, NotFound, StaleRevision, LastOwner)

router = APIRouter(prefix="/api/members", tags=["members"], route_class=EdgeRoute)


@router.get("", response_model=Page[MemberDetails], responses=problems(*_READING, Invalid))
async def list_members(paging: Paging, member: Owner, uow: Uow) -> Response:
    """The members in the order in which they came."""
    after = paging.last_id()
    async with uow() as tx:
        await still_owner(tx, member)
        found = await member_page(tx, member.business_id, after=after, limit=paging.limit + 1)
    return Answer.of(page_of(found, paging, key=lambda one: (one.id,), item=lambda one: one.details))


@router.get("/{member_id}", response_model=MemberDetails, responses=problems(*_READING, NotFound))
async def read_member(member_id: MemberId, member: Owner, uow: Uow) -> Response:
    """One member."""
    async with uow() as tx:
        await still_owner(tx, member)
        found = await member_of_business(tx, member.business_id, member_id)
    if found is None:
        raise NotFound
    return Answer.of(found.details, headers=etag(found.revision))


@router.put("/{member_id}", response_model=MemberDetails, responses=problems(*_CHANGING, StaffLinked))
async def change_member(
    member_id: MemberId, body: MemberChanges, member: Owner, uow: Uow, expected: IfMatch
) -> Response:
    """Change role or staff member. Access tokens of before are refused everywhere within seconds."""
    changes, now = body.changes(), utc_now()
    async with uow() as tx:
        await managing_members(tx, member)
        after = await update_member(tx, member.business_id, member_id, changes, now=now, expected=expected)
        answer = tx.answer(after.details, headers=etag(after.revision))
    await reach("accounts.after_commit")
    return answer


@router.delete("/{member_id}", summary="Remove Member", status_code=204, responses=problems(*_CHANGING))
async def remove(member_id: MemberId, member: Owner, uow: Uow, expected: IfMatch) -> Response:
    """Remove a member: they are signed out of this business everywhere within seconds."""
    async with uow() as tx:
        await managing_members(tx, member)
        await remove_member(tx, member.business_id, member_id, now=utc_now(), expected=expected)
        answer = tx.answer(None, 204)
    await reach("accounts.after_commit")
    return answer
