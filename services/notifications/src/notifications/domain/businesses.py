"""A business, and somebody who works for it, as far as messages need to know them."""

from dataclasses import dataclass

from contracts.ids import BusinessId, StaffId


@dataclass(frozen=True, slots=True)
class Business:
    """As accounts told it."""

    id: BusinessId
    revision: int
    name: str
    timezone: str
    currency: str
    locale: str
    contact_email: str | None
    contact_phone: str | None
    address: str | None


@dataclass(frozen=True, slots=True)
class StaffMember:
    """As availability told them."""

    business_id: BusinessId
    id: StaffId
    revision: int
    name: str
    email: str | None
