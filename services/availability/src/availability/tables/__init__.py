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
from availability.tables.copies import businesses_copy, claim_owners_copy, claims_copy
from availability.tables.hours import availability_blocks, block_of
from availability.tables.metadata import metadata
from availability.tables.versions import claim_versions, versions

__all__ = [
    "availability_blocks",
    "block_of",
    "businesses_copy",
    "claim_owners_copy",
    "claim_versions",
    "claims_copy",
    "every_service",
    "every_staff_member",
    "metadata",
    "present_services",
    "present_staff",
    "resources",
    "service_of",
    "service_resources",
    "service_row",
    "services",
    "staff",
    "staff_member_of",
    "staff_row",
    "staff_services",
    "versions",
]
