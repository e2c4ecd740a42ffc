"""Booking pages, from the copy: where a slug leads, and what may be booked there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from availability.queries.time import Catalogue
from availability.queries.versions import Version
from contracts.ids import BookingPageId, BusinessId
from plumbing.db import UnitOfWork
from plumbing.together import Together

# The statement opens its own scope, because a stranger names no business; one round trip, like that of the versions.
# A slug that two pages have, while their events are on the way, is that of the page whose present one it is.
_LEADS_TO = """
SELECT found.* FROM (SELECT set_config('app.every_business', 'on', true) AS scope) AS told CROSS JOIN LATERAL (
    SELECT DISTINCT ON (s.slug) s.slug, s.business_id, s.page_id, p.active, v.version, v.catalogue_version
    FROM page_slugs_copy AS s
    JOIN booking_pages_copy AS p ON p.business_id = s.business_id AND p.id = s.page_id AND NOT p.archived
    JOIN versions AS v ON v.business_id = s.business_id
    WHERE s.slug = ANY($1::text[]) AND (s.until IS NULL OR s.until > now()) AND told.scope = 'on'
    ORDER BY s.slug, s.until NULLS FIRST, p.active DESC, s.page_id DESC OFFSET 0
) AS found
"""

_OFFERED = """
SELECT found.* FROM (SELECT set_config('app.business_id', $1::uuid::text, true) AS scope) AS told CROSS JOIN LATERAL (
    SELECT service_ids, staff_ids FROM booking_pages_copy
    WHERE business_id = $1 AND id = $2 AND told.scope <> '' OFFSET 0
) AS found
"""

_MOST = 1_000
_PASSES = 3  # of the event loop: a request that is already in a socket needs so many to get here


@dataclass(frozen=True, slots=True)
class PageFound:
    """Where a slug leads, and the version of its business, read together."""

    business_id: BusinessId
    page_id: BookingPageId
    active: bool
    version: Version


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
                row["active"],
                Version(row["version"], row["catalogue_version"]),
            )
            for row in await self._uow.single(_LEADS_TO, list(set(asked)))
        }
        return [found.get(slug) for slug in asked]


async def catalogue_on_page(uow: UnitOfWork, catalogue: Catalogue, page: PageFound) -> Catalogue:
    """What of the catalogue is offered on the page, and by whom. One statement, in a scope of its own."""
    for row in await uow.single(_OFFERED, page.business_id, page.page_id):
        return offered(catalogue, row["service_ids"], row["staff_ids"])
    return offered(catalogue, (), ())


def offered(
    catalogue: Catalogue, service_ids: Collection[UUID] | None, staff_ids: Collection[UUID] | None
) -> Catalogue:
    """The same without what is not among these; None leaves all of them."""
    staff = {each: person for each, person in catalogue.staff.items() if staff_ids is None or each in staff_ids}
    services = {
        each: replace(service, staff_ids=tuple(staff_id for staff_id in service.staff_ids if staff_id in staff))
        for each, service in catalogue.services.items()
        if service_ids is None or each in service_ids
    }
    return replace(catalogue, services=services, staff=staff)
