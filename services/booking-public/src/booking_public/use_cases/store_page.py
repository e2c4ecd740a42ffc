"""Writing a booking page: its row, its slugs, its event and the version together, so that they cannot disagree."""

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from booking_public.domain import ALIAS_LIFE, MOST_ALIASES, BookingPage, SlugTaken
from booking_public.tables import booking_pages, page_of, page_row, page_slugs, present_pages
from booking_public.use_cases.versions import bump
from contracts.booking import BookingPageChanged, BookingPageDetails, SlugAlias
from contracts.ids import BookingPageId, BusinessId
from plumbing.db import Tx
from plumbing.problems import NotFound


async def locked_page(tx: Tx, business_id: BusinessId, page_id: BookingPageId) -> BookingPage:
    """The page, locked until the transaction ends. NotFound when there is none, or it is removed.

    Read by a second statement: one that waited for the lock sees the slugs as they were before the wait.
    """
    own = (booking_pages.c.business_id == business_id) & (booking_pages.c.id == page_id)
    await tx.execute(select(booking_pages.c.id).where(own).with_for_update())
    row = await tx.row(present_pages.where(own))
    if row is None:
        raise NotFound
    return page_of(row)


async def store_new_page(tx: Tx, page: BookingPage) -> None:
    """Store a page that is new. Raises SlugTaken."""
    await tx.execute(insert(booking_pages).values(page_row(page)))
    await _take_slug(tx, page)
    tell_page(tx, page)
    await bump(tx, page.business_id)


async def replace_page(tx: Tx, before: BookingPage, after: BookingPage, *, now: datetime) -> BookingPage:
    """Store a changed page in place of the one that was locked; its former slug leads to it. Raises SlugTaken."""
    if after.slug != before.slug:
        after = after.model_copy(update={"aliases": _aliases_after(before, after.slug, now)})
        await _give_up_slug(tx, before, until=now + ALIAS_LIFE)
        await _take_slug(tx, after)
        await _forget_other_slugs(tx, after)
    await _store(tx, after)
    return after


async def retire_page(tx: Tx, page: BookingPage, *, now: datetime) -> None:
    """Store a page that was removed: its slug is nobody else's for a while."""
    await _give_up_slug(tx, page, until=now + ALIAS_LIFE)
    await _store(tx, page)


async def _store(tx: Tx, page: BookingPage) -> None:
    own = (booking_pages.c.business_id == page.business_id) & (booking_pages.c.id == page.id)
    await tx.execute(update(booking_pages).where(own).values(page_row(page)))
    tell_page(tx, page)
    await bump(tx, page.business_id)


def tell_page(tx: Tx, page: BookingPage) -> None:
    """Tell a page as it is now."""
    fields = {name: getattr(page, name) for name in BookingPageDetails.model_fields}
    details = BookingPageDetails.model_construct(**fields)
    tx.emit(BookingPageChanged.model_construct(business_id=page.business_id, revision=page.revision, page=details))


def _aliases_after(before: BookingPage, slug: str, now: datetime) -> list[SlugAlias]:
    """Those that lead to the page when it has another slug: the newest of them, by name."""
    kept = [alias for alias in before.aliases if alias.slug != slug and alias.until > now]
    kept.append(SlugAlias(slug=before.slug, until=now + ALIAS_LIFE))
    newest = sorted(kept, key=lambda alias: alias.until)[-MOST_ALIASES:]
    return sorted(newest, key=lambda alias: alias.slug)


async def _take_slug(tx: Tx, page: BookingPage) -> None:
    """Make the slug the page's own: a free one, or one that a page of the same business has given up.

    Raises SlugTaken, of another business by the constraint, because its row is not to be seen here.
    """
    own = {"slug": page.slug, "business_id": page.business_id, "page_id": page.id, "until": None}
    is_in_use = select(page_slugs.c.until.is_(None)).where(
        page_slugs.c.slug == page.slug, page_slugs.c.business_id == page.business_id
    )
    taken = await tx.scalar(is_in_use.with_for_update())  # of two who want a former one, the second sees the first
    if taken is None:
        await tx.execute(insert(page_slugs).values(own))
    elif taken:
        raise SlugTaken
    else:
        await tx.execute(update(page_slugs).where(page_slugs.c.slug == page.slug).values(own))


async def _give_up_slug(tx: Tx, page: BookingPage, *, until: datetime) -> None:
    own = (page_slugs.c.business_id == page.business_id) & (page_slugs.c.slug == page.slug)
    await tx.execute(update(page_slugs).where(own, page_slugs.c.page_id == page.id).values(until=until))


async def _forget_other_slugs(tx: Tx, page: BookingPage) -> None:
    """Free those that do not lead to the page any more."""
    kept = [page.slug, *(alias.slug for alias in page.aliases)]
    own = (page_slugs.c.business_id == page.business_id) & (page_slugs.c.page_id == page.id)
    await tx.execute(delete(page_slugs).where(own, func.not_(page_slugs.c.slug.in_(kept))))
