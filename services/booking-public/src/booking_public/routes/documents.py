"""Booking pages as documents: what a browser opens, what a search engine reads, and what a site shows in a frame."""

from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from booking_public.queries.public_pages import PageFound, page_with_business, sold_on
from booking_public.queries.sitemap import listed_pages
from booking_public.routes.open_page import page_at
from booking_public.schemas.documents.page import (
    CSS,
    HTML,
    ICON,
    STYLE,
    SVG,
    VERSION,
    Site,
    page_document,
    refusal_document,
    theme_style,
)
from booking_public.schemas.documents.rendering import render
from booking_public.schemas.documents.words import Language
from plumbing.clock import utc_now
from plumbing.idempotency import EdgeRoute
from plumbing.kept_answers import PUBLIC, AnswerCache, Headers, Kept, KeptResponse
from plumbing.problems import NotFound, Problem

SITEMAP_LIFE = timedelta(minutes=10)
FOR_GOOD = "public, max-age=31536000, immutable"
"""`Cache-Control` of what has another address as soon as it is different."""

_ALL = UUID(int=0)
"""Under this an answer is kept that is no page's."""

_EMBEDDED = {"1", "inline", "popup"}
_READS = ["GET", "HEAD"]
_FIXED = {"/booking/page.css": (STYLE, CSS), "/booking/icon.svg": (ICON, SVG)}


class DocumentRoute(EdgeRoute):
    """A route that people come to: what went wrong is told in a document."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def told(request: Request) -> Response:
            try:
                return await handle(request)
            except Problem as problem:
                return _refusal(request, problem)

        return told


router = APIRouter(include_in_schema=False, route_class=DocumentRoute)


@router.api_route("/booking/page.css", methods=_READS)
@router.api_route("/booking/icon.svg", methods=_READS)
async def read_fixed(request: Request, v: str = "") -> Response:
    """What is the same for all pages; no slug has a dot."""
    body, media_type = _FIXED[request.url.path]
    return KeptResponse(Kept.of(body, cache=FOR_GOOD if v == VERSION else PUBLIC, media_type=media_type), request)


@router.api_route("/booking/{slug}/theme.css", methods=_READS)
async def read_theme(slug: str, request: Request) -> Response:
    """The colours of a page."""
    found = await _found(slug, request)

    async def make() -> Kept:
        async with request.app.state.uow(found.business_id) as tx:
            page, _ = await page_with_business(tx, found)
        return Kept.of(theme_style(page), cache=PUBLIC, media_type=CSS)

    return KeptResponse(await _kept(request, found, b"theme", make), request)


@router.api_route("/booking/{slug}", methods=_READS)
@router.api_route("/booking/{slug}/", methods=_READS)
async def read_document(slug: str, request: Request, embed: str = "") -> Response:
    """The page; from one of its former slugs, the way to the present one."""
    found = await _found(slug, request)
    here = f"/booking/{found.slug}"
    if request.url.path != here:
        return _moved(f"{here}?{request.url.query}".rstrip("?"))
    if not found.active:
        return await _switched_off(request, found)
    embedded = embed in _EMBEDDED

    async def make() -> Kept:
        async with request.app.state.uow(found.business_id) as tx:
            page, business = await page_with_business(tx, found)
            sold = await sold_on(tx, page)
        body, headers = page_document(_site(request), page, business, sold, embedded=embedded)
        return Kept.of(body, cache=PUBLIC, media_type=HTML, more=headers)

    return KeptResponse(await _kept(request, found, b"embedded" if embedded else b"document", make), request)


@router.api_route("/sitemap.xml", methods=_READS)
async def read_sitemap(request: Request) -> Response:
    """All open pages that search engines may list, as they were at most ten minutes ago."""
    now, answers = utc_now(), _answers(request)

    async def make() -> Kept:
        async with request.app.state.uow.across_businesses() as tx:
            pages = await listed_pages(tx)
        body = render("sitemap.xml", site=_site(request).url, pages=pages)
        return Kept.of(body, cache=PUBLIC, until=now + SITEMAP_LIFE, media_type="application/xml")

    return KeptResponse(await answers.answer(_ALL, b"sitemap", 0, make, now.timestamp()), request)


@router.api_route("/robots.txt", methods=_READS)
async def read_robots(request: Request) -> Response:
    """What search engines need not ask for, and where the sitemap is."""
    body = render("robots.txt", site=_site(request).url)
    return KeptResponse(Kept.of(body, cache=PUBLIC, media_type="text/plain; charset=utf-8"), request)


async def _found(slug: str, request: Request) -> PageFound:
    found = await page_at(slug, request)
    if found is None:
        raise NotFound
    return found


async def _kept(request: Request, found: PageFound, question: bytes, make: Callable[[], Awaitable[Kept]]) -> Kept:
    return await _answers(request).answer(found.page_id, question, found.version, make)


async def _switched_off(request: Request, found: PageFound) -> Response:
    """In the language of the page, and shown on the same sites: there its guests look for it."""
    async with request.app.state.uow(found.business_id) as tx:
        page, _ = await page_with_business(tx, found)
    language = Language.of(page.locale)
    body, headers = refusal_document(_site(request), language.words.off, language, page)
    return _document(body, HTTPStatus.NOT_FOUND, headers)


def _refusal(request: Request, problem: Problem) -> Response:
    language = Language.asked_for(request.headers.get("accept-language"))
    title = language.words.unknown if isinstance(problem, NotFound) else language.words.later
    body, headers = refusal_document(_site(request), title, language, None)
    answer = _document(body, problem.status, headers)
    answer.headers.update({"Vary": "Accept-Language", **problem.headers})
    return answer


def _document(body: bytes, status: int, headers: Headers) -> Response:
    more = {name.decode(): value.decode() for name, value in headers}
    return Response(body, status, {"Cache-Control": PUBLIC, **more}, HTML)


def _moved(location: str) -> Response:
    """For ever, but to be asked again: a slug that was given up is somebody else's one day."""
    headers = {"Location": location, "Cache-Control": PUBLIC}
    return Response(status_code=HTTPStatus.MOVED_PERMANENTLY, headers=headers)


def _site(request: Request) -> Site:
    return request.app.state.site


def _answers(request: Request) -> AnswerCache:
    return request.app.state.answers
