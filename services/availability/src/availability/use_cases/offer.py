"""Offering: may this be booked by the rules that availability owns, by whom, with which units and at what price."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from availability.domain import LONGEST_CLAIM
from availability.queries.time import Catalogue, Person, Service
from contracts.ids import ResourceId, StaffId
from contracts.money import Money, percent_of
from contracts.offers import Candidate as CandidateDetails
from contracts.offers import ConflictDetails, Offer, OfferAnswer, OfferBasis, OfferRequest, ResourceChoice
from plumbing.problems import Invalid
from scheduling.conflicts import DAY, OFFER_RULES, OWNER_OFFER_RULES, Candidate, Conflict, Kind, Rule, allowing, why_not
from scheduling.hours import EARLIEST, LATEST
from scheduling.service_rules import MINUTE

_NOBODY = ConflictDetails(kind="inactive", detail="Nobody offers this service.")
_NO_CALENDAR = ConflictDetails(kind="outsideHours", detail="The calendar does not reach there.")
_REACH = DAY * 7  # the rules look at some dates around the wanted ones


def offer(catalogue: Catalogue, wanted: OfferRequest, *, now: datetime) -> OfferAnswer:
    """An offer; else the conflicts of everybody who was asked about, or the ids that name nothing.

    What is busy is never judged here: the claims are elsewhere, and the copy of them may be late.
    """
    service = catalogue.services.get(wanted.service_id)
    unknown = _unknown(catalogue, wanted)
    if service is None or unknown:
        return OfferAnswer(unknown=unknown)
    if not EARLIEST + _REACH <= wanted.start.date() <= LATEST - _REACH:
        return OfferAnswer(conflicts=[_NO_CALENDAR], timezone=catalogue.zone)
    return _judged(catalogue, service, _candidate(service, wanted), wanted, now)


def choices_of(catalogue: Catalogue, service: Service) -> list[ResourceChoice]:
    """For every kind that is needed, all active units of it."""
    units = catalogue.units_for(service)
    return [
        ResourceChoice(
            kind=need.kind,
            quantity=need.quantity,
            resource_ids=[ResourceId(unit.resource_id) for unit in units if unit.kind == need.kind],
        )
        for need in service.rules.resource_needs
    ]


def _unknown(catalogue: Catalogue, wanted: OfferRequest) -> list[Literal["serviceId", "staffId"]]:
    found: list[Literal["serviceId", "staffId"]] = []
    if wanted.service_id not in catalogue.services:
        found.append("serviceId")
    if wanted.staff_id is not None and wanted.staff_id not in catalogue.staff:
        found.append("staffId")
    return found


def _candidate(service: Service, wanted: OfferRequest) -> Candidate:
    end = wanted.end or wanted.start + service.rules.duration
    if not timedelta() < end - wanted.start <= LONGEST_CLAIM:
        raise Invalid.at("/end", "must be after the start, and at most 48 hours after")
    return Candidate(wanted.start, end)


def _judged(
    catalogue: Catalogue, service: Service, candidate: Candidate, wanted: OfferRequest, now: datetime
) -> OfferAnswer:
    rules, able, refused = _rules(wanted), list[Person](), list[ConflictDetails]()
    for person in _asked(catalogue, service, wanted.staff_id):
        staff = replace(person.time, offers=person.id in service.staff_ids)
        conflicts = why_not(candidate, service=service.rules, staff=staff, now=now, rules=rules)
        refused += [_details(conflict, person.id) for conflict in conflicts]
        able += [] if conflicts else [person]
    if not able:
        return OfferAnswer(conflicts=refused or [_NOBODY], timezone=catalogue.zone)
    return OfferAnswer(offer=_offer(catalogue, service, candidate, able, wanted))


def _rules(wanted: OfferRequest) -> Sequence[Rule]:
    """A guest is held to all that is judged here; only an owner may pass some of it by."""
    return OFFER_RULES if wanted.guest else allowing(OWNER_OFFER_RULES, {Kind(kind) for kind in wanted.allow})


def _asked(catalogue: Catalogue, service: Service, staff_id: StaffId | None) -> list[Person]:
    """The staff member who is wished for, whoever it is; else all active ones who offer the service."""
    if staff_id is not None:
        return [catalogue.staff[staff_id]]
    people = [catalogue.staff[one] for one in service.staff_ids]
    return [person for person in people if person.time.active]


def _offer(
    catalogue: Catalogue, service: Service, candidate: Candidate, able: Sequence[Person], wanted: OfferRequest
) -> Offer:
    return Offer(
        business_id=wanted.business_id,
        service_id=service.id,
        service_name=service.name,
        timezone=catalogue.zone,
        start=candidate.start,
        end=candidate.end,
        buffer_before_minutes=service.rules.buffer_before // MINUTE,
        buffer_after_minutes=service.rules.buffer_after // MINUTE,
        price=service.price,
        deposit=_deposit(service),
        capacity=service.capacity,
        candidates=[CandidateDetails(staff_id=person.id, staff_name=person.name) for person in able],
        resources=choices_of(catalogue, service),
        basis=OfferBasis(catalogue_version=catalogue.version, allowed=[] if wanted.guest else sorted(wanted.allow)),
    )


def _deposit(service: Service) -> Money | None:
    """What is due when booking."""
    deposit = service.deposit
    if deposit.kind == "full":
        return service.price
    return percent_of(service.price, deposit.percent) if deposit.percent is not None else deposit.amount


def _details(conflict: Conflict, staff_id: StaffId) -> ConflictDetails:
    return ConflictDetails(
        kind=conflict.kind.value,
        detail=conflict.detail,
        start=conflict.start,
        end=conflict.end,
        staff_id=staff_id,
    )
