"""What is sold, by whom and when, the rules that these keep, and the problems that a client can meet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from contracts.availability import ServiceDetails, StaffDetails
from contracts.ids import BusinessId, StaffId
from contracts.money import Money
from contracts.wire import Instant, Wire
from plumbing.problems import FieldError, Invalid, Problem
from scheduling.hours import Block, format_local_time

LONGEST_CLAIM = timedelta(hours=48)
"""No claim is longer (appointments sees to it); it bounds how far back a search for overlaps has to look."""

REMEMBERED = timedelta(days=60)
"""For so long it is remembered that an owner has released its claims."""

_WEEK = 7


class HasAppointments(Problem):
    """This staff member still has appointments to come."""

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
    """A service, with what changes with every edit."""

    business_id: BusinessId
    created_at: Instant
    updated_at: Instant
    revision: int


class StaffMember(StaffDetails):
    """A staff member, with what changes with every edit."""

    business_id: BusinessId
    created_at: Instant
    updated_at: Instant
    revision: int


class HoursBlock(Wire):
    """One line of weekly hours as people write it: local times, and the dates (both inclusive) on which it counts."""

    day_of_week: int
    start: str
    end: str
    valid_from: date | None
    valid_to: date | None

    @classmethod
    def of(cls, block: Block) -> "HoursBlock":
        """The same, as people write it."""
        return cls(
            day_of_week=block.day_of_week,
            start=format_local_time(block.start),
            end=format_local_time(block.end),
            valid_from=block.valid_from,
            valid_to=block.valid_to,
        )


class WeeklyHours(Wire):
    """All weekly hours of a staff member. They have a revision of their own, beside the staff member's."""

    staff_id: StaffId
    blocks: list[HoursBlock]
    revision: int

    @classmethod
    def of(cls, staff_id: StaffId, blocks: Iterable[Block], revision: int) -> "WeeklyHours":
        """These blocks, in this order."""
        return cls(staff_id=staff_id, blocks=[HoursBlock.of(block) for block in blocks], revision=revision)


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


def refuse_overlaps(blocks: Sequence[Block]) -> None:
    """Raise Invalid for every block that overlaps an earlier one of the list on some date."""
    errors: list[FieldError] = []
    for position, block in enumerate(blocks):
        other = next((at for at, earlier in enumerate(blocks[:position]) if overlap(earlier, block)), None)
        if other is not None:
            errors.append(FieldError(pointer=f"/blocks/{position}", detail=f"overlaps /blocks/{other}"))
    if errors:
        raise Invalid(errors)


def overlap(one: Block, other: Block) -> bool:
    """Whether both hold at the same local time of some date. Blocks that touch do not."""
    same_time = one.start < other.end and other.start < one.end
    return one.day_of_week == other.day_of_week and same_time and _share_a_date(one, other)


def _share_a_date(one: Block, other: Block) -> bool:
    """Whether one of their weekdays lies within the dates of both."""
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    last = min(one.valid_to or date.max, other.valid_to or date.max)
    wait = (one.day_of_week - first.isoweekday()) % _WEEK
    return (last - first).days >= wait
