"""Making a series: the whole plan first, then all of it in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched

from appointments.domain import bookables_of, window_of
from appointments.queries.series import SeriesDetails
from appointments.tables import series
from appointments.use_cases.book import Booking, appointment_for, customer_for, window_for
from appointments.use_cases.choose import bookables_in
from appointments.use_cases.claim import lock, take
from appointments.use_cases.customers import NewCustomer
from appointments.use_cases.look import look
from appointments.use_cases.record import add
from appointments.use_cases.series.look import Wish, busy_for, loads_for, refuse_seats
from appointments.use_cases.series.plan import Plan, plan
from appointments.use_cases.series.rule import Rule
from appointments.use_cases.series.skipped import Skipped, series_refusal
from appointments.use_cases.series.store import AT_ONCE
from appointments.use_cases.series.wall_time import instant_of, wall_of
from contracts.appointments import AppointmentDetails, CustomerDetails
from contracts.ids import AppointmentId, BusinessId, OwnerId, SeriesId, uuid7
from contracts.offers import OfferAnswer, OfferBasis
from plumbing.auth import Actor
from plumbing.db import Tx
from plumbing.problems import Invalid


@dataclass(frozen=True, slots=True)
class NewSeries:
    """By which rule it repeats, where it starts, and by which clock."""

    business_id: BusinessId
    rule: Rule
    start: datetime
    timezone: str

    def starts(self) -> list[datetime]:
        """When the occurrences start: by the same wall time each. Raises Invalid when the rule does not fit."""
        first = wall_of(self.start, self.timezone)
        try:
            walls = self.rule.walls(first, self.timezone)
        except ValueError as error:
            raise Invalid.at("/rrule", str(error)) from error
        return [self.start, *(instant_of(wall, self.timezone) for wall in walls[1:])]


@dataclass(frozen=True, slots=True)
class Asked:
    """A start, and what availability said of it."""

    start: datetime
    answer: OfferAnswer


async def add_series(
    tx: Tx, wanted: NewSeries, asked: Sequence[Asked], booking: Booking, *, skip: bool, by: Actor, now: datetime
) -> tuple[SeriesDetails, list[Skipped]]:
    """Book all occurrences; with `skip` all that can be, and which cannot.

    Raises SlotTaken or NotBookable with the conflicts of every occurrence that cannot be booked, when none may be left
    out or none is left, and Invalid for a customer who is not there.
    """
    wishes = _wishes(asked, booking.expires_at)
    if not wishes:
        raise series_refusal(_skipped(asked, wishes, Plan()))
    await lock(tx, {bookable for wish in wishes for bookable in bookables_in(wish.offer)})
    busy = await busy_for(tx, wanted.business_id, wishes)
    found = plan(wishes, busy, await loads_for(tx, wanted.business_id, wishes))
    skipped = _skipped(asked, wishes, found)
    if skipped and not (skip and found.places):
        raise series_refusal(skipped)
    customer = await _customer(tx, wanted.business_id, wishes[0], booking, now)
    made = _series(wanted, _items(wishes, found, booking, customer, now), now)
    await _store(tx, made, by, {wish.owner: wish.offer.basis for wish in wishes})
    return made, skipped


def _wishes(asked: Sequence[Asked], expires_at: datetime | None) -> list[Wish]:
    offers = [one.answer.offer for one in asked if one.answer.offer is not None]
    refuse_seats(offers)
    return [Wish(window_for(AppointmentId(uuid7()), offer, expires_at), offer) for offer in offers]


def _skipped(asked: Sequence[Asked], wishes: Sequence[Wish], found: Plan) -> list[Skipped]:
    """What the rules refuse and what others have, by start."""
    refused = [Skipped(start=one.start, conflicts=one.answer.conflicts) for one in asked if one.answer.offer is None]
    taken = [
        Skipped(start=wish.window.start, conflicts=found.conflicts[wish.owner])
        for wish in wishes
        if wish.owner in found.conflicts
    ]
    return sorted(refused + taken, key=lambda one: one.start)


async def _customer(
    tx: Tx, business_id: BusinessId, first: Wish, booking: Booking, now: datetime
) -> CustomerDetails | None:
    """One for all of them, and only now, so that nobody who holds a customer's row waits for time."""
    wanted = booking.customer
    found = None
    if isinstance(wanted, NewCustomer):
        found = (await look(tx, first.window, [], wanted.contact)).customer
    return await customer_for(tx, business_id, wanted, found, now)


def _items(
    wishes: Sequence[Wish], found: Plan, booking: Booking, customer: CustomerDetails | None, now: datetime
) -> list[AppointmentDetails]:
    return [
        appointment_for(
            wish.window, wish.offer, booking, staff=place.staff, units=place.units, customer=customer, now=now
        )
        for wish in wishes
        if (place := found.places.get(wish.owner)) is not None
    ]


def _series(wanted: NewSeries, items: Sequence[AppointmentDetails], now: datetime) -> SeriesDetails:
    series_id = SeriesId(uuid7())
    return SeriesDetails.model_construct(
        id=series_id,
        business_id=wanted.business_id,
        rrule=wanted.rule.text,
        start=wanted.start,
        timezone=wanted.timezone,
        created_at=now,
        revision=1,
        items=[item.model_copy(update={"series_id": series_id}) for item in items],
    )


async def _store(tx: Tx, made: SeriesDetails, by: Actor, offered: Mapping[OwnerId, OfferBasis | None]) -> None:
    tx.insert(
        series,
        {
            "business_id": made.business_id,
            "id": made.id,
            "rrule": made.rrule,
            "start_time": made.start,
            "timezone": made.timezone,
            "created_at": made.created_at,
        },
    )
    for part in batched(made.items, AT_ONCE):
        for item in part:
            take(tx, window_of(item), bookables_of(item))
            add(tx, item, by, basis=offered[OwnerId(item.id)])
        await tx.flush()
