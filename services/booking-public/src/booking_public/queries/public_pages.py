"""Reads: booking pages as strangers come to them, by slug."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from booking_public.domain import BookingPage, Business
from booking_public.tables import (
    booking_pages,
    business_of,
    businesses_copy,
    catalogue_copy,
    page_of,
    present_pages,
)
from contracts.availability import ServiceDetails, StaffDetails
from contracts.ids import BookingPageId, BusinessId
from plumbing.db import Tx, UnitOfWork
from plumbing.problems import NotFound
from plumbing.together import Together

# The statement opens its own scope, because a stranger names no business, and needs a single round trip; OFFSET keeps
# the scope before the rows.
_LEADS_TO = """
SELECT found.* FROM (SELECT set_config('app.every_business', 'on', true) AS scope) AS told CROSS JOIN LATERAL (
    SELECT s.slug, s.business_id, s.page_id, p.slug AS present_slug, p.active, v.version
    FROM page_slugs AS s
    JOIN booking_pages AS p ON p.business_id = s.business_id AND p.id = s.page_id AND p.archived_at IS NULL
    JOIN versions AS v ON v.business_id = s.business_id
    WHERE s.slug = ANY($1::text[]) AND (s.until IS NULL OR s.until > now()) AND told.scope = 'on' OFFSET 0
) AS found
"""
_MOST = 1_000
_PASSES = 3  # of the event loop: a request that is already in a socket needs so many to get here


@dataclass(frozen=True, slots=True)
class PageFound:
    """Where a slug leads, what the page is called now, and the version of its business, read together."""

    business_id: BusinessId
    page_id: BookingPageId
    slug: str
    active: bool
    version: int


@dataclass(frozen=True, slots=True)
class Sold:
    """A service on a page, and who of its staff gives it there."""

    service: ServiceDetails
    staff: Sequence[StaffDetails]


class PageSlugs:
    """Follows slugs, with one statement at a time for everybody who asks."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._together = Together[str, PageFound | None](self._read, most=_MOST, passes=_PASSES)

    async def leads_to(self, slug: str) -> PageFound | None:
        """The page now; None when the slug is nobody's."""
        return await self._together.ask(slug)

    async def _read(self, asked: Sequence[str]) -> Sequence[PageFound | None]:
        found = {
            row["slug"]: PageFound(
                BusinessId(row["business_id"]),
                BookingPageId(row["page_id"]),
                row["present_slug"],
                row["active"],
                row["version"],
            )
            for row in await self._uow.single(_LEADS_TO, list(set(asked)))
        }
        return [found.get(slug) for slug in asked]


async def page_with_business(tx: Tx, found: PageFound) -> tuple[BookingPage, Business]:
    """The page, and whose it is. NotFound when it was removed meanwhile. Two statements."""
    own = (booking_pages.c.business_id == found.business_id) & (booking_pages.c.id == found.page_id)
    page = await tx.row(present_pages.where(own))
    business = await tx.row(select(businesses_copy).where(businesses_copy.c.business_id == found.business_id))
    if page is None or business is None:
        raise NotFound("There is no booking page at this address.")
    return page_of(page), business_of(business)


async def sold_on(tx: Tx, page: BookingPage) -> list[Sold]:
    """The active services of the page in its order, with those who give them there. One statement."""
    c = catalogue_copy.c
    own = (c.business_id == page.business_id) & ~c.archived
    rows = await tx.rows(select(c.kind, c.id, c.details).where(own).order_by(c.id))
    staff = {row["id"]: _staff_member(row["details"]) for row in rows if row["kind"] == "staff"}
    services = {row["id"]: _service(row["details"]) for row in rows if row["kind"] == "service"}
    there = {each: member for each, member in staff.items() if page.offers_staff(each) and member.active}
    wanted: Sequence[UUID] = list(services) if page.service_ids is None else page.service_ids
    return [
        Sold(service, [there[each] for each in service.staff_ids if each in there])
        for service in (services[each] for each in wanted if each in services)
        if service.active
    ]


def _service(details: object) -> ServiceDetails:
    return ServiceDetails.model_validate(details, extra="ignore")


def _staff_member(details: dict[str, object]) -> StaffDetails:
    """Email and phone are not kept here."""
    return StaffDetails.model_validate({**details, "email": None, "phone": None}, extra="ignore")
