"""What is offered to a guest, of whom a booking page offers; and what could be had instead of what is refused."""

from collections.abc import Awaitable, Callable

from appointments.clients import Offers
from appointments.domain import NOT_FOR_GUESTS, AlreadyInSession, NotBookable, SlotTaken, StatusNotAllowed
from appointments.queries.free import still_free
from contracts.alternatives import MOST_ASKED, Alternative, AlternativesQuestion
from contracts.appointments import AppointmentDetails
from contracts.bookings import ChangedAnswer, GuestWish, Refusal
from contracts.ids import AppointmentId, StaffId
from contracts.offers import ConflictDetails, Offer, OfferAnswer, OfferRequest
from plumbing.db import UnitOfWork
from plumbing.problems import NotFound, Problem, ServiceUnavailable

MOST_ALTERNATIVES = 5

_FULL = ConflictDetails(kind="full", detail="You have a seat in this session already.")


class Refused(Exception):
    """This cannot be had."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__()
        self.refusal = refusal


async def offer_for(offers: Offers, wish: GuestWish) -> Offer:
    """What would be booked. Raises Refused with what is in the way, ServiceUnavailable when nobody can say."""
    question = OfferRequest(
        business_id=wish.business_id,
        service_id=wish.service_id,
        staff_id=wish.staff_id,
        start=wish.start,
        guest=True,
    )
    [answer] = await offers.ask_each([question])
    if answer is None:
        raise ServiceUnavailable
    return _of_page(answer, wish.staff_ids)


async def or_refused[T](attempt: Callable[[], Awaitable[T]]) -> T:
    """What an attempt gives. Raises Refused when its time is taken, or not to be had."""
    try:
        return await attempt()
    except (SlotTaken, NotBookable) as problem:
        conflicts = [ConflictDetails.model_validate(one) for one in problem.fields["conflicts"]]
        raise Refused(Refusal(conflicts=[for_guests(one) for one in conflicts])) from problem
    except AlreadyInSession as problem:
        raise Refused(Refusal(conflicts=[_FULL])) from problem


async def or_over(seen: AppointmentDetails, attempt: Callable[[], Awaitable[AppointmentDetails]]) -> ChangedAnswer:
    """What a change gives: as it was and over, when its status does not allow that; nothing when it is gone."""
    try:
        return ChangedAnswer(appointment=await attempt())
    except StatusNotAllowed:
        return ChangedAnswer(appointment=seen, is_over=True)
    except NotFound:
        return ChangedAnswer()


async def with_alternatives(
    uow: UnitOfWork, offers: Offers, wish: GuestWish, refusal: Refusal, *, moving: AppointmentId | None = None
) -> Refusal:
    """The refusal with the nearest starts that are free at this moment; none when nobody can say."""
    if refusal.unknown:
        return refusal
    question = AlternativesQuestion(
        business_id=wish.business_id,
        service_id=wish.service_id,
        staff_id=wish.staff_id,
        start=wish.start,
        moving=moving,
        guest=True,
        most=MOST_ASKED,
    )
    try:
        answer = await offers.nearest(question)
    except Problem:
        return refusal
    async with uow(wish.business_id) as tx:
        free = await still_free(tx, question, answer)
    return refusal.model_copy(update={"alternatives": _with(free, wish.staff_ids)[:MOST_ALTERNATIVES]})


def for_guests(conflict: ConflictDetails) -> ConflictDetails:
    """The same without whose appointment it is, and when others have theirs; a full session may be waited for."""
    session_id = conflict.session_id if conflict.kind == "full" else None
    hidden = {"appointment_id": None, "session_id": session_id, "start": None, "end": None, "staff_id": None}
    return conflict.model_copy(update=hidden)


def _of_page(answer: OfferAnswer, staff_ids: list[StaffId] | None) -> Offer:
    if answer.unknown:
        raise Refused(Refusal(unknown=answer.unknown))
    if answer.offer is None:
        raise Refused(Refusal(conflicts=_distinct(answer.conflicts)))
    if staff_ids is None:
        return answer.offer
    able = [one for one in answer.offer.candidates if one.staff_id in staff_ids]
    if not able:
        raise Refused(Refusal(conflicts=[NOT_FOR_GUESTS]))
    return answer.offer.model_copy(update={"candidates": able})


def _distinct(conflicts: list[ConflictDetails]) -> list[ConflictDetails]:
    return list({one.kind: for_guests(one) for one in conflicts}.values())


def _with(free: list[Alternative], staff_ids: list[StaffId] | None) -> list[Alternative]:
    if staff_ids is None:
        return free
    able = [one.model_copy(update={"staff_ids": [id for id in one.staff_ids if id in staff_ids]}) for one in free]  # noqa: A001
    return [one for one in able if one.staff_ids]
