"""What a guest could book on a booking page: asked by strangers, straight through the gateway."""

import re
from datetime import datetime
from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from availability.queries.booking_pages import PageFound, PageSlugs, catalogue_on_page
from availability.queries.sessions import sessions_on
from availability.queries.slots import Found, TakenTime, Wish, slots_for
from availability.queries.time import Catalogue
from availability.queries.time_claims import KeptClaims
from availability.routes.availability import MOST_DAYS, last_date_asked
from availability.routes.kept import in_coding, question_of
from availability.schemas.slots import SlotsOut, encode_slots
from contracts.ids import ServiceId, StaffId
from plumbing.clock import utc_now
from plumbing.edge import NamedRoute
from plumbing.idempotency import EdgeRoute
from plumbing.kept_answers import PUBLIC, AnswerCache, Kept, KeptResponse
from plumbing.problems import Invalid, NotFound, Problem, ServiceUnavailable
from plumbing.schemas import LocalDate
from plumbing.web import problems
from scheduling.conflicts import GUEST_RULES
from scheduling.hours import is_zone
from scheduling.lasting import stays_until

PUBLIC_SLOTS = "/api/public/booking/{slug}/availability"

_PATH = re.compile(r"/api/public/booking/([a-z0-9-]{3,60})/availability", re.ASCII)
_SLUG = re.compile(r"[a-z0-9-]{3,60}", re.ASCII)

router = APIRouter(tags=["public booking"], route_class=EdgeRoute)


async def _wish(
    *,
    service_id: Annotated[ServiceId, Query(alias="serviceId")],
    first: Annotated[LocalDate, Query(alias="date")],
    days: Annotated[int, Query(ge=1, le=MOST_DAYS)] = 7,
    staff_id: Annotated[StaffId | None, Query(alias="staffId")] = None,
    timezone: Annotated[str | None, Query(max_length=100)] = None,
    include: Annotated[Literal["staff"] | None, Query()] = None,
) -> Wish:
    """What the query asks for."""
    if timezone is not None and not is_zone(timezone):
        raise Invalid.at("/timezone", "is not a time zone such as Asia/Dubai")
    return Wish(service_id, staff_id, first, last_date_asked(first, days, "/date"), timezone, include == "staff")


@router.get(
    PUBLIC_SLOTS,
    response_model=SlotsOut,
    responses={304: {"description": "Nothing has changed."}, **problems(NotFound, ServiceUnavailable)},
)
async def list_public_slots(slug: str, wish: Annotated[Wish, Depends(_wish)], request: Request) -> Response:
    """The starts that a guest could book on `days` local dates, by all rules: notice and horizon count.

    Dates are those of `timezone`, without it of the business. `nextAvailable` is set only when none of them has a slot.
    """
    page, now = await _open_page(request, slug), utc_now()

    async def make() -> Kept:
        return await _made(request, page, wish, now)

    answers: AnswerCache = request.app.state.public_answers
    question = question_of(request)
    return KeptResponse(
        await answers.answer(page.page_id, question, page.version.answers, make, now.timestamp()), request
    )


class KeptPublicAnswers:
    """ASGI middleware: what was made once for a page is sent again as it is (as `KeptAnswers` does for members)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._route = NamedRoute(PUBLIC_SLOTS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "GET" and (slug := _PATH.fullmatch(scope["path"])):
            request = Request(scope)
            kept = await _kept(request, slug[1])
            if kept is not None:
                scope["route"] = self._route
                await KeptResponse(kept, request)(scope, receive, send)
                return
        await self._app(scope, receive, send)


async def _kept(request: Request, slug: str) -> Kept | None:
    try:
        page = await _open_page(request, slug)
    except Problem:
        return None  # the route says so itself
    answers: AnswerCache = request.app.state.public_answers
    return answers.find(page.page_id, question_of(request), page.version.answers, utc_now().timestamp())


async def _open_page(request: Request, slug: str) -> PageFound:
    """The page that the slug leads to, read once in a request. Raises NotFound when there is none, or it is off."""
    state = request.scope.setdefault("state", {})
    if "page" not in state:
        slugs: PageSlugs = request.app.state.page_slugs
        state["page"] = await slugs.leads_to(slug) if _SLUG.fullmatch(slug) else None
    page: PageFound | None = state["page"]
    if page is None:
        raise NotFound("There is no booking page at this address.")
    if not page.active:
        raise NotFound("This booking page is switched off.")
    return page


async def _made(request: Request, page: PageFound, wish: Wish, now: datetime) -> Kept:
    state, claims = request.app.state, _claims(request)
    whole: Catalogue = await state.catalogues.of(page.business_id, page.version, first=wish.first)
    catalogue = await catalogue_on_page(state.uow, whole, page)
    taken = TakenTime(partial(claims.on, page.business_id), partial(sessions_on, state.uow, page.business_id))
    found = await slots_for(taken, catalogue, wish, rules=GUEST_RULES, now=now)
    rules = catalogue.services[wish.service_id].rules
    until = stays_until(rules, catalogue.zone, _first_to_go(found), now=now)
    return in_coding(Kept.of(encode_slots(found), cache=PUBLIC, until=until), request)


def _claims(request: Request) -> KeptClaims:
    return request.app.state.claims


def _first_to_go(found: Found) -> datetime | None:
    """The start without which the answer would be another one, as soon as notice takes it away."""
    return next((starts[0] for _, starts in found.days if starts), found.next_last)
