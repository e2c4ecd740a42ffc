"""Booking pages, for strangers: read without signing in, kept for as long as nothing of the business changes."""

from fastapi import APIRouter, Request, Response

from booking_public.queries.public_pages import page_with_business, sold_on
from booking_public.routes.open_page import OpenPage
from booking_public.schemas.public_pages import PublicPageOut, PublicServiceOut, PublicServicesOut
from plumbing.answers import encode
from plumbing.idempotency import EdgeRoute
from plumbing.kept_answers import PUBLIC, AnswerCache, Kept, KeptResponse
from plumbing.problems import NotFound, ServiceUnavailable
from plumbing.web import problems

_READING = {304: {"description": "Nothing has changed."}, **problems(NotFound, ServiceUnavailable)}

router = APIRouter(prefix="/api/public/booking/{slug}", tags=["public booking"], route_class=EdgeRoute)


@router.get("", response_model=PublicPageOut, responses=_READING)
async def read_public_page(found: OpenPage, request: Request) -> Response:
    """What a page says of itself and its business, and what guards it."""
    state = request.app.state

    async def make() -> Kept:
        async with state.uow(found.business_id) as tx:
            page, business = await page_with_business(tx, found)
        return Kept.of(encode(PublicPageOut.of(page, business, state.guards)), cache=PUBLIC)

    answers: AnswerCache = state.answers
    return KeptResponse(await answers.answer(found.page_id, b"page", found.version, make), request)


@router.get("/services", response_model=PublicServicesOut, responses=_READING)
async def list_public_services(found: OpenPage, request: Request) -> Response:
    """What can be booked on a page and by whom, what it costs, and what a guest is asked."""
    state = request.app.state

    async def make() -> Kept:
        async with state.uow(found.business_id) as tx:
            page, _ = await page_with_business(tx, found)
            sold = await sold_on(tx, page)
        shown = PublicServicesOut(items=[PublicServiceOut.of(page, each) for each in sold])
        return Kept.of(encode(shown), cache=PUBLIC)

    answers: AnswerCache = state.answers
    return KeptResponse(await answers.answer(found.page_id, b"services", found.version, make), request)
