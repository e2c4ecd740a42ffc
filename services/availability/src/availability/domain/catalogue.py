"""What is sold, by whom and with what, the rules that these keep, and the problems that a client can meet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from contracts.availability import ResourceDetails, ServiceDetails, StaffDetails
from contracts.ids import BusinessId
from contracts.money import Money
from contracts.wire import Instant
from plumbing.problems import FieldError, Invalid, Problem

LONGEST_CLAIM = timedelta(hours=48)
"""No claim is longer (appointments sees to it); it bounds how far back a search for overlaps has to look."""

REMEMBERED = timedelta(days=60)
"""For so long it is remembered that an owner has released its claims, or that somebody's time off was removed."""


class HasAppointments(Problem):
    """There are still appointments to come that need this."""

    status = 409


class AddedBefore(Problem):
    """This was added before, and archived or removed since."""

    status = 409


@dataclass(frozen=True, slots=True)
class Business:
    """What this service needs to know of a business."""

    id: BusinessId
    revision: int
    name: str
    timezone: str
    currency: str
    locale: str


class Service(ServiceDetails):
    """A service, with what changes with every edit. `archived` is for events: what a call answers never is."""

    business_id: BusinessId
    created_at: Instant
    updated_at: Instant
    revision: int


class StaffMember(StaffDetails):
    """A staff member, with what changes with every edit. `archived` is for events: what a call answers never is."""

    business_id: BusinessId
    created_at: Instant
    updated_at: Instant
    revision: int


class Resource(ResourceDetails):
    """One unit of a kind, with what changes with every edit. `archived` is for events: what a call answers never is."""

    business_id: BusinessId
    created_at: Instant
    updated_at: Instant
    revision: int


def refuse_wrong_deposit(service: Service) -> None:
    """Raise Invalid when a fixed deposit is in another currency than the price, or more than it."""
    amount = service.deposit.amount
    if amount is None:
        return
    if amount.currency != service.price.currency:
        raise Invalid.at("/deposit/amount/currency", "is not the currency of the price")
    if amount.amount > service.price.amount:
        raise Invalid.at("/deposit/amount/amount", "is more than the price")


def foreign_currencies(sent: Mapping[str, Money], currency: str) -> list[FieldError]:
    """The amounts, by pointer, that are in another currency than the business's."""
    return [
        FieldError(pointer=f"{pointer}/currency", detail=f"is not the currency of the business: {currency}")
        for pointer, money in sent.items()
        if money.currency != currency
    ]
