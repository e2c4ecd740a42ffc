"""What a business wants of its messages."""

from fastapi import APIRouter, Response

from notifications.domain import Preferences
from notifications.queries.known import preferences
from notifications.schemas.preferences import PreferencesChanges
from notifications.use_cases.edit_preferences import edit_preferences
from plumbing.answers import Answer
from plumbing.auth import Manager, SignedIn
from plumbing.clock import utc_now
from plumbing.idempotency import EdgeRoute, Uow
from plumbing.problems import CrossSiteRequest, Invalid, NotAllowed, NotSignedIn, ServiceUnavailable, StaleRevision
from plumbing.revisions import IfMatch, etag
from plumbing.web import problems

_READING = (NotSignedIn, ServiceUnavailable)
_WRITING = (*_READING, NotAllowed, CrossSiteRequest, Invalid, StaleRevision)

router = APIRouter(prefix="/api/notification-settings", tags=["notifications"], route_class=EdgeRoute)


@router.get("", response_model=Preferences, responses=problems(*_READING))
async def read_preferences(member: SignedIn, uow: Uow) -> Response:
    """How guests are told and reminded, from whom mails come, and where the business itself is told."""
    async with uow() as tx:
        found = await preferences(tx, member.business_id)
    return Answer.of(found, headers=etag(found.revision))


@router.put("", response_model=Preferences, responses=problems(*_WRITING))
async def update_preferences(body: PreferencesChanges, member: Manager, uow: Uow, expected: IfMatch) -> Response:
    """Change the fields that are sent. The reminders of all appointments to come are planned anew."""
    async with uow() as tx:
        after = await edit_preferences(tx, member.business_id, body.applied_to, now=utc_now(), expected=expected)
        return tx.answer(after, headers=etag(after.revision))
