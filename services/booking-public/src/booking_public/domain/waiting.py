"""A guest's wish for what is full: under which terms it was made, and the problems that a guest can meet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from booking_public.domain.bookings import NotBookable, Terms
from contracts.ids import BookingPageId, BusinessId, ServiceId, WaitingId
from plumbing.problems import FieldError, Invalid, Problem

MOST_WAITS = 10
"""So many wishes one network may have at one business: each may keep what is freed from everybody else for a while."""


class SeatsLeft(Problem):
    """This session still has free seats; book one of them."""

    status = 409


class AlreadyInSession(Problem):
    """Nobody has two seats in one session."""

    status = 409


class AlreadyWaiting(Problem):
    """Nobody waits twice for the same."""

    status = 409


class NothingOffered(Problem):
    """Nothing is offered now."""

    status = 409

    def __init__(self, state: str) -> None:
        super().__init__(state=state)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One wish. `answer`: what was told; None while nobody knows whether it is in line."""

    business_id: BusinessId
    id: WaitingId
    page_id: BookingPageId
    service_id: ServiceId
    timezone: str
    locale: str
    terms: Terms
    answer: Mapping[str, Any] | None
    until: datetime
    fingerprint: bytes
    salt: bytes


_NOT_ONLINE = {"kind": "inactive", "detail": "This cannot be booked online; please contact the business."}
_REFUSED: Mapping[str, type[Problem]] = {one.__name__: one for one in (SeatsLeft, AlreadyInSession, AlreadyWaiting)}


def refusal_of(answer: Mapping[str, Any]) -> Problem:
    """The problem that is kept as an answer."""
    if "unknown" in answer:
        return Invalid([FieldError(pointer=f"/{one}", detail="is not offered here") for one in answer["unknown"]])
    refused = _REFUSED.get(answer["code"])
    return NotBookable(conflicts=[_NOT_ONLINE], alternatives=[]) if refused is None else refused()
