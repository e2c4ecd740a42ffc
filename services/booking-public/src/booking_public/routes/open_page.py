"""The page that a slug in an address leads to: what every public route begins with."""

import re
from typing import Annotated

from fastapi import Depends, Request

from booking_public.queries.public_pages import PageFound, PageSlugs
from plumbing.problems import NotFound

_SLUG = re.compile(r"[a-z0-9-]{3,60}", re.ASCII)


async def page_at(slug: str, request: Request) -> PageFound | None:
    """Where the slug leads, also to a page that is switched off; None when it is nobody's."""
    slugs: PageSlugs = request.app.state.page_slugs
    return await slugs.leads_to(slug) if _SLUG.fullmatch(slug) else None


async def open_page(slug: str, request: Request) -> PageFound:
    """Where the slug leads. Raises NotFound when it is nobody's, or the page is switched off."""
    page = await page_at(slug, request)
    if page is None:
        raise NotFound("There is no booking page at this address.")
    if not page.active:
        raise NotFound("This booking page is switched off.")
    return page


OpenPage = Annotated[PageFound, Depends(open_page)]
"""The open page that `{slug}` in the path leads to."""
