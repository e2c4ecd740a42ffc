"""What the routes of this service share: whom they ask for offers, who may change what, and answers known already."""

from collections.abc import Collection
from datetime import datetime
from hashlib import blake2b
from typing import Annotated, Protocol

from fastapi import Depends, Request

from appointments.clients import Offers
from appointments.domain import Editor
from contracts.ids import BusinessId, ServiceId, StaffId
from contracts.offers import Allowance, OfferRequest
from plumbing.answers import Answer
from plumbing.auth import Member, Role


async def _offers(request: Request) -> Offers:
    return request.app.state.offers


OffersClient = Annotated[Offers, Depends(_offers)]


class Wish(Protocol):
    """What is to be booked, by whom, and when."""

    @property
    def service_id(self) -> ServiceId:
        """What."""
        ...

    @property
    def staff_id(self) -> StaffId | None:
        """By whom; None: by anybody."""
        ...

    @property
    def start(self) -> datetime:
        """From when."""
        ...

    @property
    def end(self) -> datetime | None:
        """Until when; None: as long as the service takes."""
        ...


def question_of(business_id: BusinessId, wish: Wish, allow: Collection[Allowance]) -> OfferRequest:
    """Whether that may be booked, where these rules are passed by."""
    return OfferRequest(
        business_id=business_id,
        service_id=wish.service_id,
        staff_id=wish.staff_id,
        start=wish.start,
        end=wish.end,
        allow=frozenset(allow),
    )


def editor_of(member: Member) -> Editor:
    """Staff change their own appointments, everybody else all of them."""
    return Editor(member.actor, everybodys=member.role is not Role.STAFF, staff_id=member.staff_id)


def unless_known(answer: Answer, if_none_match: str | None) -> Answer:
    """The answer with a strong ETag of its bytes; 304 without a body when the client has them already."""
    tag = f'"{blake2b(answer.body, digest_size=16).hexdigest()}"'
    fields = {"ETag": tag, "Cache-Control": "private, no-cache"}
    known = [part.strip().removeprefix("W/") for part in (if_none_match or "").split(",")]
    if tag in known or "*" in known:
        return Answer(304, b"", fields, None)
    return Answer(200, bytes(answer.body), fields)
