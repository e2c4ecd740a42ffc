"""What the routes of this service share: whom they ask for offers, who may change what, and answers known already."""

from hashlib import blake2b
from typing import Annotated

from fastapi import Depends, Request

from appointments.clients import Offers
from appointments.domain import Editor
from plumbing.answers import Answer
from plumbing.auth import Member, Role


async def _offers(request: Request) -> Offers:
    return request.app.state.offers


OffersClient = Annotated[Offers, Depends(_offers)]


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
