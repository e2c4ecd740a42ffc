"""Holding and booking, for strangers: nothing that they send but what they want and who they are changes anything."""

from fastapi import APIRouter, Request, Response

from booking_public.domain import BookingPage, Business
from booking_public.domain.bookings import (
    Booking,
    BookingEnded,
    CaptchaFailed,
    CaptchaUnavailable,
    GuestHold,
    HoldState,
    NotBookable,
    PriceChanged,
    SlotTaken,
    problem_of,
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
from booking_public.schemas.bookings import BookedOut, BookIn, HoldOut, WishIn
from booking_public.use_cases.bookings.hold import ask_for_hold, end_hold, hold_with_id, stored_hold
from booking_public.use_cases.bookings.keep import stored
from booking_public.use_cases.bookings.limits import Visit, count_failure
from booking_public.use_cases.bookings.receive import (
    HOLD,
    MANAGE,
    Order,
    Wish,
    receive_booking,
    receive_hold,
    refuse_other,
)
from booking_public.use_cases.bookings.receive import Request as KeyedRequest
from booking_public.use_cases.bookings.secrets import TOKEN_LENGTH, hash_of, token_of
from contracts.bookings import Held
from plumbing.answers import Answer
from plumbing.clock import utc_now
from plumbing.failpoints import reach
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

_KEYED = (IdempotencyKeyMissing, IdempotencyKeyReused, RequestInProgress)
_REFUSED = (NotFound, Invalid, SlotTaken, NotBookable, TooManyRequests, ServiceUnavailable)
_NOT_KEPT = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
_REPLAYED = {"Idempotency-Replayed": "true"}

router = APIRouter(prefix="/api/public/booking/{slug}", tags=["public booking"], route_class=EdgeRoute)


@router.post(
    "/hold",
    summary="Hold Time",
    status_code=201,
    response_model=HoldOut,
    responses=problems(*_REFUSED, *_KEYED),
    openapi_extra=ACCEPTS_KEY,
)
async def hold(body: WishIn, found: OpenPage, key: Key, desk: Desk, request: Request) -> Response:
    """Keep a time for five minutes: whoever has the token of a hold that lives cannot lose it."""
    asked = keyed(key, f"hold:{found.page_id}", body)
    async with desk.flow.uow(found.business_id) as tx:
        known = await stored_hold(tx, found.business_id, asked.key_hash)
    page, _ = await page_of(desk, found)
    if known is None:
        refuse_not_offered(page, body.service_id, body.staff_id)
    seen = known or await _received_hold(desk, request, found, asked, body)
    refuse_other(seen, asked)
    await reach("booking_public.after_received_hold")
    after = await ask_for_hold(desk.flow.uow, desk.flow.appointments, seen, page.staff_ids)
    if after.held is None:
        raise problem_of(after.refusal or {"code": "SlotTaken", "conflicts": [], "alternatives": []})
    told = HoldOut(
        hold_token=token_of(after.salt, key, HOLD), staff_id=after.held.staff_id, expires_at=after.held.expires_at
    )
    is_again = known is not None and known.state is not HoldState.RECEIVED
    return Answer.of(told, 201, {**_NOT_KEPT, **(_REPLAYED if is_again else {})})


@router.delete(
    "/hold/{hold_token}",
    summary="Release Time",
    status_code=204,
    responses=problems(NotFound, ServiceUnavailable),
)
async def release(hold_token: str, found: OpenPage, desk: Desk) -> Response:
    """Give back what is held; again is as good as once."""
    if len(hold_token) != TOKEN_LENGTH or not hold_token.isascii():
        raise NotFound
    flow = desk.flow
    if not await end_hold(flow.uow, flow.appointments, found.business_id, hash_of(hold_token, HOLD)):
        raise NotFound
    return Answer.of(None, 204)


@router.post(
    "/book",
    summary="Book Time",
    status_code=201,
    response_model=BookedOut,
    responses=problems(*_REFUSED, *_KEYED, PriceChanged, BookingEnded, CaptchaFailed, CaptchaUnavailable),
    openapi_extra=ACCEPTS_KEY,
)
async def book(body: BookIn, found: OpenPage, key: Key, desk: Desk, request: Request) -> Response:
    """Book a time: with a deposit it is kept until that is paid. The same key goes on where the first call ended."""
    asked = keyed(key, f"book:{found.page_id}", body, without=["captcha_token"])
    async with desk.flow.uow(found.business_id) as tx:
        known = await stored(tx, found.business_id, asked.key_hash)
    if known is not None:
        refuse_other(known, asked)
    seen = known or await _received(desk, request, found, asked, body)
    await reach("booking_public.after_received")
    after = await desk.flow.finish(seen, await _given(desk, seen), at=utc_now())
    return _answer(desk, after, key, is_again=known is not None and known.is_answered)


def _answer(desk: GuestDesk, booking: Booking, key: str, *, is_again: bool) -> Response:
    kept = booking.answer or {}
    if "code" in kept:
        raise problem_of(kept)
    told = BookedOut.of(kept, token_of(booking.salt, key, MANAGE), desk.public_url)
    return Answer.of(told, 201, {**_NOT_KEPT, **(_REPLAYED if is_again else {})})


async def _received_hold(
    desk: GuestDesk, request: Request, found: PageFound, asked: KeyedRequest, body: WishIn
) -> GuestHold:
    """What is asked for, kept before anything is done about it."""
    wish = Wish(service_id=body.service_id, staff_id=body.staff_id, start=body.start)
    now = utc_now()
    most = await desk.most_held_minutes(found.business_id, now)
    async with desk.flow.uow(found.business_id) as tx:
        visit = visit_of(request, found)
        return await receive_hold(tx, visit, asked, wish, limits=desk.limits, most_minutes=most, at=now)


async def _received(desk: GuestDesk, request: Request, found: PageFound, asked: KeyedRequest, body: BookIn) -> Booking:
    """The attempt, kept before anything is done about it."""
    page, business = await page_of(desk, found)
    refuse_not_offered(page, body.service_id, body.staff_id)
    visit = visit_of(request, found, body.customer.email, body.customer.phone)
    try:
        unproven = await is_unproven(desk, body.captcha_token)
        is_proven = desk.captcha.is_on and not unproven
        most = None if is_proven else await desk.most_held_minutes(found.business_id, utc_now())
        order = _order(page, business, body, unproven=unproven, most_minutes=most)
        return await _stored(desk, visit, asked, order)
    except CaptchaFailed:
        async with desk.flow.uow(found.business_id) as tx:
            await count_failure(tx, visit, desk.limits, at=utc_now())
        raise


async def _stored(desk: GuestDesk, visit: Visit, asked: KeyedRequest, order: Order) -> Booking:
    try:
        async with desk.flow.uow(visit.business_id) as tx:
            return await receive_booking(tx, visit, asked, order, limits=desk.limits, at=utc_now())
    except TooManyRequests as error:
        if order.is_unproven:
            raise CaptchaUnavailable from error
        raise


async def _given(desk: GuestDesk, booking: Booking) -> Held | None:
    """What the guest holds already, if the attempt began with a hold."""
    if booking.hold_id == booking.id:
        return None
    async with desk.flow.uow(booking.business_id) as tx:
        one = await hold_with_id(tx, booking.business_id, booking.hold_id)
    return None if one is None else one.held


def _order(page: BookingPage, business: Business, body: BookIn, *, unproven: bool, most_minutes: int | None) -> Order:
    return Order(
        wish=Wish(service_id=body.service_id, staff_id=body.staff_id, start=body.start),
        guest=body.customer.guest(),
        terms=terms_of(page),
        notes=body.notes_with(page.questions_about(body.service_id)),
        timezone=body.timezone or business.timezone,
        locale=body.locale or page.locale,
        quoted_price=body.quoted_price,
        hold_token=body.hold_token,
        captcha_token=body.captcha_token,
        is_unproven=unproven,
        most_minutes=most_minutes,
    )
