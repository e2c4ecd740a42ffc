"""Waiting for what is full: a guest gets in line on a page, and looks, accepts and leaves by the link to their wish."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from booking_public.clients.waiting import WaitingList
from booking_public.domain.bookings import BookingEnded, CaptchaFailed, CaptchaUnavailable, NotBookable, problem_of
from booking_public.domain.waiting import (
    AlreadyInSession,
    AlreadyWaiting,
    NothingOffered,
    SeatsLeft,
    Wait,
    refusal_of,
)
from booking_public.queries.public_pages import PageFound
from booking_public.routes.guests import (
    Desk,
    GuestDesk,
    Key,
    is_unproven,
    keyed,
    page_of,
    refuse_not_offered,
    terms_of,
    visit_of,
)
from booking_public.routes.open_page import OpenPage
from booking_public.schemas.bookings import BookedOut
from booking_public.schemas.waiting import JoinedOut, JoinIn, WishOut
from booking_public.use_cases.bookings.limits import Visit, count_failure
from booking_public.use_cases.bookings.links import WAITING, linked_wait
from booking_public.use_cases.bookings.receive import Request as KeyedRequest
from booking_public.use_cases.bookings.secrets import TOKEN_LENGTH, token_of
from booking_public.use_cases.waiting.join import Wanted, get_in_line, receive_wait, refuse_other_wait
from booking_public.use_cases.waiting.keep import stored_wait
from booking_public.use_cases.waiting.offer import accept, leave, look
from plumbing.answers import Answer
from plumbing.clock import utc_now
from plumbing.idempotency import ACCEPTS_KEY, EdgeRoute, IdempotencyKeyMissing
from plumbing.problems import (
    IdempotencyKeyReused,
    Invalid,
    NotFound,
    RequestInProgress,
    ServiceUnavailable,
    TooManyRequests,
)
from plumbing.web import problems

_SECRET = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
_REPLAYED = {"Idempotency-Replayed": "true"}
_FULL = (SeatsLeft, AlreadyInSession, AlreadyWaiting, NotBookable)
_KEYED = (IdempotencyKeyMissing, IdempotencyKeyReused, RequestInProgress)
_REFUSED = (NotFound, Invalid, TooManyRequests, ServiceUnavailable, CaptchaFailed, CaptchaUnavailable)
_FOUND = (NotFound, ServiceUnavailable)

router = APIRouter(tags=["public booking"], route_class=EdgeRoute)


async def _line(request: Request) -> WaitingList:
    return request.app.state.waiting_list


Line = Annotated[WaitingList, Depends(_line)]


async def _wait(manage_token: str, desk: Desk) -> Wait:
    """The wish that the link belongs to. Raises NotFound, for whatever is none, in the same words."""
    if len(manage_token) != TOKEN_LENGTH or not manage_token.isascii():
        raise NotFound
    async with desk.flow.uow.across_businesses() as tx:
        found = await linked_wait(tx, manage_token, at=utc_now())
    if found is None:
        raise NotFound
    return found


OwnWait = Annotated[Wait, Depends(_wait)]


@router.post(
    "/api/public/booking/{slug}/waiting-list",
    summary="Join Waiting List",
    status_code=201,
    response_model=JoinedOut,
    responses=problems(*_REFUSED, *_KEYED, *_FULL),
    openapi_extra=ACCEPTS_KEY,
)
async def join_line(*, body: JoinIn, found: OpenPage, key: Key, desk: Desk, line: Line, request: Request) -> Response:
    """Wait for a seat of a full session, or for any time of a service within a span: what is freed is offered.

    The offer is sent by email, with a link; until it ends the time is this guest's alone.
    """
    asked = keyed(key, f"wait:{found.page_id}", body, without=["captcha_token"])
    async with desk.flow.uow(found.business_id) as tx:
        known = await stored_wait(tx, found.business_id, asked.key_hash)
    if known is not None:
        refuse_other_wait(known, asked)
    wanted = await _wanted(desk, found, body, known=known, request=request)
    seen = known or await _received(desk, request, found, asked, wanted)
    after = await get_in_line(desk.flow.uow, line, seen, wanted)
    answer = after.answer or {}
    if "waiting" not in answer:
        raise refusal_of(answer)
    is_again = known is not None and known.answer is not None
    told = JoinedOut.of(answer, token_of(after.salt, key, WAITING), desk.public_url)
    return Answer.of(told, 201, {**_SECRET, **(_REPLAYED if is_again else {})})


@router.get("/api/public/waiting-list/{manage_token}", response_model=WishOut, responses=problems(*_FOUND))
async def read_wish(wait: OwnWait, desk: Desk, line: Line) -> Response:
    """The wish as it is now, and what is offered. Looking changes nothing."""
    return _shown(WishOut.of(await look(desk.flow, line, wait)))


@router.post(
    "/api/public/waiting-list/{manage_token}/accept",
    summary="Accept Offer",
    response_model=BookedOut,
    responses=problems(*_FOUND, NothingOffered, BookingEnded),
)
async def accept_offered(manage_token: str, wait: OwnWait, desk: Desk, line: Line) -> Response:
    """Take what is offered: it is booked, as on the page. A deposit has to be paid before the offer ends."""
    booking, secret = await accept(desk.flow, line, wait, manage_token, at=utc_now())
    kept = booking.answer or {}
    if "code" in kept:
        raise problem_of(kept)
    return _shown(BookedOut.of(kept, secret, desk.public_url))


@router.post(
    "/api/public/waiting-list/{manage_token}/leave",
    summary="Leave Waiting List",
    response_model=WishOut,
    responses=problems(*_FOUND),
)
async def leave_line(wait: OwnWait, desk: Desk, line: Line) -> Response:
    """Wait no more; what was offered goes to the next. What was accepted stays booked."""
    return _shown(WishOut.of(await leave(desk.flow, line, wait)))


async def _received(desk: GuestDesk, request: Request, found: PageFound, asked: KeyedRequest, wanted: Wanted) -> Wait:
    visit = visit_of(request, found, wanted.guest.email, wanted.guest.phone)
    try:
        async with desk.flow.uow(found.business_id) as tx:
            return await receive_wait(tx, visit, asked, wanted, limits=desk.limits, at=utc_now())
    except TooManyRequests as error:
        if wanted.is_unproven:
            raise CaptchaUnavailable from error
        raise
    except CaptchaFailed:
        await _count_failure(desk, visit)
        raise


async def _wanted(desk: GuestDesk, found: PageFound, body: JoinIn, *, known: Wait | None, request: Request) -> Wanted:
    """What is asked for. A wish that is kept already was proven; what the page has become since does not matter."""
    page, business = await page_of(desk, found)
    unproven = False
    if known is None:
        refuse_not_offered(page, body.service_id, body.staff_id)
        if body.span is not None and body.span[1] <= utc_now():
            raise Invalid.at("/to", "is over")
        unproven = await _unproven(desk, found, body, request)
    return Wanted(
        service_id=body.service_id,
        staff_id=body.staff_id,
        session_id=body.session_id,
        span=body.span,
        guest=body.customer.guest(),
        terms=terms_of(page) if known is None else known.terms,
        timezone=body.timezone or business.timezone,
        locale=body.locale or page.locale,
        captcha_token=body.captcha_token,
        is_unproven=unproven,
    )


async def _unproven(desk: GuestDesk, found: PageFound, body: JoinIn, request: Request) -> bool:
    try:
        return await is_unproven(desk, body.captcha_token)
    except CaptchaFailed:
        await _count_failure(desk, visit_of(request, found, body.customer.email, body.customer.phone))
        raise


async def _count_failure(desk: GuestDesk, visit: Visit) -> None:
    async with desk.flow.uow(visit.business_id) as tx:
        await count_failure(tx, visit, desk.limits, at=utc_now())


def _shown(body: WishOut | BookedOut) -> Response:
    return Answer.of(body, headers=_SECRET)
