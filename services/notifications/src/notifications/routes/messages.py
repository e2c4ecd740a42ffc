"""What was sent to whom, and what was not."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from contracts.ids import AppointmentId, MessageId
from notifications.domain import MessageNotFailed, MessageOver, State
from notifications.queries.messages import Reader, message_page, one_message
from notifications.schemas.messages import MessageOut
from notifications.use_cases.end_message import retry_message
from plumbing.answers import Answer
from plumbing.auth import Manager, Member, Role, SignedIn
from plumbing.clock import utc_now
from plumbing.idempotency import EdgeRoute, Uow
from plumbing.pages import Page, Paging, page_of
from plumbing.problems import CrossSiteRequest, NotAllowed, NotFound, NotSignedIn, ServiceUnavailable
from plumbing.web import problems

_READING = (NotSignedIn, ServiceUnavailable)
_RETRYING = (*_READING, NotAllowed, CrossSiteRequest, NotFound, MessageNotFailed, MessageOver)

router = APIRouter(prefix="/api/messages", tags=["notifications"], route_class=EdgeRoute)


@router.get("", response_model=Page[MessageOut], responses=problems(*_READING))
async def list_messages(
    paging: Paging,
    member: SignedIn,
    uow: Uow,
    appointment_id: Annotated[AppointmentId | None, Query(alias="appointmentId")] = None,
    status: Annotated[State | None, Query()] = None,
) -> Response:
    """Messages, the newest first: of one appointment, of one status, or all. Staff see those of their appointments."""
    after = paging.last_id()
    async with uow() as tx:
        found = await message_page(
            tx, _reader(member), appointment_id=appointment_id, state=status, after=after, limit=paging.limit + 1
        )
    return Answer.of(page_of(found, paging, key=lambda one: (one.message.id,), item=MessageOut.of))


@router.get("/{message_id}", response_model=MessageOut, responses=problems(*_READING, NotFound))
async def read_message(message_id: MessageId, member: SignedIn, uow: Uow) -> Response:
    """One message."""
    async with uow() as tx:
        found = await one_message(tx, _reader(member), message_id)
    if found is None:
        raise NotFound
    return Answer.of(MessageOut.of(found))


@router.post("/{message_id}/retry", response_model=MessageOut, responses=problems(*_RETRYING))
async def send_again(message_id: MessageId, member: Manager, uow: Uow) -> Response:
    """Send a message again that has failed, as if for the first time."""
    async with uow() as tx:
        await retry_message(tx, member.business_id, message_id, now=utc_now())
        found = await one_message(tx, _reader(member), message_id)
        if found is None:
            raise NotFound
        return tx.answer(MessageOut.of(found))


def _reader(member: Member) -> Reader:
    return Reader(
        business_id=member.business_id,
        sees_all=member.role is not Role.STAFF,
        sees_invitations=member.role is Role.OWNER,
        staff_id=member.staff_id,
    )
