"""What the routes about hours and time off share: the business with its zone, and whose things a member may change."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Query, Request

from availability.domain import Business
from availability.use_cases.business import ensure_business
from contracts.ids import StaffId
from plumbing.auth import Member, Role, SignedIn
from plumbing.problems import Invalid
from plumbing.schemas import LocalDate


async def _business(request: Request, member: SignedIn) -> Business:
    state = request.app.state
    return await ensure_business(state.uow, state.businesses, member.business_id)


OurBusiness = Annotated[Business, Depends(_business)]
"""The member's business."""


async def _between(
    first: Annotated[LocalDate | None, Query(alias="from")] = None,
    last: Annotated[LocalDate | None, Query(alias="to")] = None,
) -> tuple[date | None, date | None]:
    if first is not None and last is not None and last < first:
        raise Invalid.at("/to", "must not be before from")
    return first, last


Between = Annotated[tuple[date | None, date | None], Depends(_between)]
"""The local dates `from` and `to` of a query, both inclusive; None where it is open."""


def may_change(member: Member, staff_id: StaffId) -> bool:
    """Staff change their own hours, everybody else those of all."""
    return member.role is not Role.STAFF or member.staff_id == staff_id
