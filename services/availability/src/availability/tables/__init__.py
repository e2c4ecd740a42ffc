"""The tables of this service, and how their rows become what the domain speaks of."""

from availability.tables.catalogue import (
    every_service,
    every_staff_member,
    present_services,
    present_staff,
    resources,
    service_of,
    service_resources,
    service_row,
    services,
    staff,
    staff_member_of,
    staff_row,
    staff_services,
)
from availability.tables.copies import businesses_copy, claim_owners_copy, claims_copy, sessions_copy
from availability.tables.dated_hours import (
    closure_of,
    closure_row,
    closures,
    day_blocks_of,
    override_of,
    overrides,
    season_blocks_of,
    season_of,
    season_row,
    seasons,
)
from availability.tables.hours import availability_blocks, block_of
from availability.tables.metadata import metadata
from availability.tables.time_off import every_time_off, present_time_off, time_off, time_off_of, time_off_row
from availability.tables.versions import claim_versions, versions

__all__ = [
    "availability_blocks",
    "block_of",
    "businesses_copy",
    "claim_owners_copy",
    "claim_versions",
    "claims_copy",
    "closure_of",
    "closure_row",
    "closures",
    "day_blocks_of",
    "every_service",
    "every_staff_member",
    "every_time_off",
    "metadata",
    "override_of",
    "overrides",
    "present_services",
    "present_staff",
    "present_time_off",
    "resources",
    "season_blocks_of",
    "season_of",
    "season_row",
    "seasons",
    "service_of",
    "service_resources",
    "service_row",
    "services",
    "sessions_copy",
    "staff",
    "staff_member_of",
    "staff_row",
    "staff_services",
    "time_off",
    "time_off_of",
    "time_off_row",
    "versions",
]
