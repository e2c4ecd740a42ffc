"""What notifications asks for when it writes to a guest: a link to what they booked, or wait for."""

from fastapi import APIRouter, Response

from booking_public.routes.guests import Desk, GuestDesk
from booking_public.routes.waiting import Line
from booking_public.schemas.bookings import manage_url
from booking_public.schemas.waiting import waiting_url
from booking_public.use_cases.bookings.links import booking_of_appointment, new_link
from booking_public.use_cases.waiting.keep import somebody_waits, wait_with_id
from contracts.manage_links import ManageLinkAnswer, ManageLinkQuestion
from contracts.waiting import WaitQuestion
from plumbing.answers import Answer
from plumbing.clock import utc_now
from plumbing.idempotency import EdgeRoute
from plumbing.problems import NotSignedIn, ServiceUnavailable
from plumbing.service_tokens import CallingService
from plumbing.web import problems

router = APIRouter(prefix="/internal", tags=["internal"], route_class=EdgeRoute)


@router.post("/manage-links", response_model=ManageLinkAnswer, responses=problems(NotSignedIn, ServiceUnavailable))
async def make_manage_link(body: ManageLinkQuestion, desk: Desk, line: Line, caller: CallingService) -> Response:
    """A new link for the guest of an appointment, beside those that they have: of each only its hash is kept."""
    booked = await _to_booking(desk, body)
    return Answer.of(booked or await _to_wish(desk, line, body) or ManageLinkAnswer())


async def _to_booking(desk: GuestDesk, body: ManageLinkQuestion) -> ManageLinkAnswer | None:
    async with desk.flow.uow(body.business_id) as tx:
        booking = await booking_of_appointment(tx, body.business_id, body.appointment_id)
        if booking is None:
            return None
        token = await new_link(tx, booking, at=utc_now())
    return ManageLinkAnswer(url=manage_url(desk.public_url, token), locale=booking.locale)


async def _to_wish(desk: GuestDesk, line: Line, body: ManageLinkQuestion) -> ManageLinkAnswer | None:
    """To the wish of a guest to whom this appointment is offered; appointments alone knows whose it is."""
    async with desk.flow.uow(body.business_id) as tx:
        if not await somebody_waits(tx, body.business_id, at=utc_now()):
            return None
    answer = await line.of_appointment(body.appointment_id, WaitQuestion(business_id=body.business_id))
    if answer.waiting is None:
        return None
    async with desk.flow.uow(body.business_id) as tx:
        wait = await wait_with_id(tx, body.business_id, answer.waiting.id)
        if wait is None:
            return None
        token = await new_link(tx, wait, at=utc_now())
    return ManageLinkAnswer(url=waiting_url(desk.public_url, token), locale=wait.locale)
