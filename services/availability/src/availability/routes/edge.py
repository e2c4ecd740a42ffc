"""What the routes about hours and time off share: the business with its zone, and whose things a member may change."""

from typing import Annotated

from fastapi import Depends, Request

from availability.domain import Business
from availability.use_cases.business import ensure_business
from contracts.ids import StaffId
from plumbing.auth import Member, Role, SignedIn


async def _business(request: Request, member: SignedIn) -> Business:
    state = request.app.state
    return await ensure_business(state.uow, state.businesses, member.business_id)


OurBusiness = Annotated[Business, Depends(_business)]
"""The member's business."""


def may_change(member: Member, staff_id: StaffId) -> bool:
    """Staff change their own hours, everybody else those of all."""
    return member.role is not Role.STAFF or member.staff_id == staff_id
