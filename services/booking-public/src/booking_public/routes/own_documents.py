"""Where the links lead that guests are given: a document for the wizard, in the colours of the page they booked on."""

from fastapi import APIRouter, Request, Response
from sqlalchemy import select

from booking_public.domain import BookingPage, Business
from booking_public.routes.documents import DocumentRoute
from booking_public.routes.guests import Desk
from booking_public.schemas.documents.own import own_document
from booking_public.schemas.documents.page import HTML
from booking_public.tables import booking_pages, business_of, businesses_copy, page_of, present_pages
from booking_public.use_cases.bookings.links import linked_booking, linked_wait
from booking_public.use_cases.bookings.secrets import TOKEN_LENGTH
from contracts.ids import BookingPageId, BusinessId
from plumbing.clock import utc_now
from plumbing.db import Tx
from plumbing.problems import NotFound

_READS = ["GET", "HEAD"]
_SECRET = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}

router = APIRouter(include_in_schema=False, route_class=DocumentRoute)


@router.api_route("/booking/manage/{token}", methods=_READS)
async def read_manage_document(token: str, desk: Desk, request: Request) -> Response:
    """For whoever has the link to an appointment. What it leads to is asked for by the script."""
    _refuse_unlike(token)
    async with desk.flow.uow.across_businesses() as tx:
        booking = await linked_booking(tx, token)
    if booking is None:
        raise NotFound
    async with desk.flow.uow(booking.business_id) as tx:
        return await _document(tx, request, booking.business_id, booking.page_id, booking.locale)


@router.api_route("/booking/waiting-list/{token}", methods=_READS)
async def read_waiting_document(token: str, desk: Desk, request: Request) -> Response:
    """For whoever has the link to a place in line."""
    _refuse_unlike(token)
    async with desk.flow.uow.across_businesses() as tx:
        wait = await linked_wait(tx, token, at=utc_now())
    if wait is None:
        raise NotFound
    async with desk.flow.uow(wait.business_id) as tx:
        return await _document(tx, request, wait.business_id, wait.page_id, wait.locale)


def _refuse_unlike(token: str) -> None:
    if len(token) != TOKEN_LENGTH or not token.isascii():
        raise NotFound


async def _document(tx: Tx, request: Request, business_id: BusinessId, page_id: BookingPageId, locale: str) -> Response:
    page, business = await _page(tx, business_id, page_id), await _business(tx, business_id)
    body, policy = own_document(request.app.state.site, page, business, locale)
    return Response(body, headers={**_SECRET, "Content-Security-Policy": policy}, media_type=HTML)


async def _page(tx: Tx, business_id: BusinessId, page_id: BookingPageId) -> BookingPage | None:
    """None when it was removed: what was booked on it stays."""
    own = (booking_pages.c.business_id == business_id) & (booking_pages.c.id == page_id)
    row = await tx.row(present_pages.where(own))
    return None if row is None else page_of(row)


async def _business(tx: Tx, business_id: BusinessId) -> Business:
    row = await tx.row(select(businesses_copy).where(businesses_copy.c.business_id == business_id))
    if row is None:
        raise NotFound
    return business_of(row)
