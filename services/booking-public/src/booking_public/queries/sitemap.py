"""Reads: the pages of all businesses that search engines may list."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from booking_public.tables import booking_pages
from plumbing.db import Tx

MOST = 50_000
"""So many addresses a sitemap may have (sitemaps.org)."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page by its slug, and when its owner changed it last."""

    slug: str
    changed_at: datetime

    @property
    def changed_on(self) -> str:
        """The date, in UTC."""
        return self.changed_at.date().isoformat()


async def listed_pages(tx: Tx) -> list[Listed]:
    """Those that are open and may be listed, the newest ones where there are too many. One statement."""
    c = booking_pages.c
    may_be = c.active & c.indexed & c.archived_at.is_(None)
    rows = await tx.rows(select(c.slug, c.updated_at).where(may_be).order_by(c.id.desc()).limit(MOST))
    return [Listed(row["slug"], row["updated_at"]) for row in rows]
