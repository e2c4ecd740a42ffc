"""What a business does with its own things and with another's: the steps of the probe of scoping."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from availability import jobs
from availability.consumers import keep_booking_page, keep_claims
from contracts.appointments import ClaimsChanged
from contracts.booking import BookingPageChanged, BookingPageDetails
from contracts.ids import BookingPageId, StaffId, uuid7
from contracts.offers import OfferBasis
from plumbing.db import UnitOfWork
from plumbing.service_tokens import ServiceToken
from plumbing.testing import TestKeys
from tests.walls.probe import Foreign, Step

from .make import NINE_TO_FIVE, Studio, a_service, at, claims_changed, session_changed

RANGE = "rangeStart=2027-03-01T00:00:00Z&rangeEnd=2027-03-15T00:00:00Z"
HOURS: dict[str, Any] = {"blocks": [NINE_TO_FIVE]}
DAY: dict[str, Any] = {"blocks": [{"start": "10:00", "end": "12:00"}]}
ON = "2027-03-02"
MONDAYS = {"dayOfWeek": 1, "start": "09:00", "end": "17:00"}
DATES = {"startDate": "2027-03-08", "endDate": "2027-03-08"}
SEASON = {"name": "Ramadan", "startDate": "2027-03-20", "endDate": "2027-04-09", "blocks": [MONDAYS]}

type Ids = Mapping[str, str]
type Request = tuple[str, str, Any]


async def fill(studio: Studio, uow: UnitOfWork) -> Ids:
    """One of everything; the ids."""
    new = {"name": "Amira", "email": f"{studio.id}@example.com"}
    staff = (await studio.call("POST", "/api/staff", new, idempotency_key=str(studio.id))).json()["id"]
    await studio.must("PUT", f"/api/staff/{staff}/hours", HOURS)
    unit, idle = (await studio.resource("bed"))["id"], (await studio.staff("Noor"))["id"]
    service = await studio.service(staffIds=[staff], resourceNeeds=[{"kind": "bed", "quantity": 1}])
    group = await studio.service(name="Yoga", staffIds=[staff, idle], capacity=8)
    await studio.must("PUT", f"/api/staff/{staff}/overrides/{ON}", DAY)
    planned = {
        "closure": await studio.must("POST", "/api/closures", {"name": "Holiday", **DATES}),
        "season": await studio.must("POST", "/api/seasons", {**SEASON, "staffIds": [staff]}),
        "time_off": await studio.must("POST", "/api/time-off", off(staff)),
    }
    taken, session = claims_changed(studio.id, bookable=UUID(staff)), session_changed(studio.id)
    [claim] = taken.claims
    tuesday = claim.model_copy(update={"start": at(7, day=1), "end": at(8, day=1)})
    later = claims_changed(studio.id).model_copy(update={"claims": [tuesday]})
    assert session.session is not None
    of_ours = {"service_id": UUID(group["id"]), "staff_id": UUID(staff), "start": at(11), "end": at(12)}
    told = session.model_copy(update={"session": session.session.model_copy(update=of_ours)})
    page = booking_page(studio, staff)
    async with uow.across_businesses() as tx:
        await keep_claims(tx, [taken, later, told])
        await keep_booking_page(tx, page)
    ids = {
        "staff": staff,
        "idle": idle,
        "unit": unit,
        "service": service["id"],
        "group": group["id"],
        "owner": str(taken.owner_id),
    }
    ids["page"] = str(page.page.id)
    return {**ids, **{name: one["id"] for name, one in planned.items()}}


def poisoned(mine: Ids) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """What the twin has otherwise, so that it is seen where it counts: other times, other days, other kinds."""
    earlier = {"starts_at": "starts_at - interval '1 hour'", "ends_at": "ends_at - interval '1 hour'"}
    another = {**earlier, "owner_id": "md5(owner_id::text)::uuid"}
    monday = {"start_date": "'2027-03-01'", "end_date": "'2027-03-01'"}
    in_use = {"owner_id": "md5('unit' || owner_id::text)::uuid", "bookable_id": f"'{mine['unit']}'"}
    holiday = {"starts_at": "'2027-01-01T08:00Z'", "ends_at": "'2027-01-01T09:00Z'"}
    on_holiday = {**holiday, "owner_id": "md5('holiday' || owner_id::text)::uuid"}
    return {
        "claims_copy": (earlier, another, in_use, on_holiday),
        "sessions_copy": (earlier,),
        "time_off": ({"starts_at": "'2027-03-01T00:00Z'", "ends_at": "'2027-03-02T00:00Z'"},),
        "availability_blocks": ({"start_minute": "0", "end_minute": "1440"},),
        "closures": (monday,),
        "overrides": ({"on_date": "'2027-03-01'"}, {}),
        "seasons": (monday, {**monday, "id": "md5(id::text)::uuid", "staff_ids": "NULL"}),
        "booking_pages_copy": ({"service_ids": "NULL"},),
        "page_slugs_copy": ({"slug": "slug || '-2'"},),
        "staff_services": ({}, {"staff_id": f"'{mine['idle']}'"}),
        "service_resources": ({"kind": "kind || 's'"},),
    }


def booking_page(studio: Studio, staff: str, page_id: str | None = None, revision: int = 1) -> BookingPageChanged:
    """A page on which strangers may book this staff member."""
    page = BookingPageDetails.model_construct(
        id=BookingPageId(UUID(page_id) if page_id else uuid7()),
        slug=f"studio-{studio.id.hex[:12]}",
        aliases=[],
        service_ids=None,
        staff_ids=[StaffId(UUID(staff))],
        active=True,
        archived=False,
    )
    return BookingPageChanged(business_id=studio.id, revision=revision, page=page)


def off(staff: str, day: int = 9) -> Any:
    """Time off on a day of that March."""
    return {"staffId": staff, "start": f"2027-03-{day:02}T09:00:00Z", "end": f"2027-03-{day:02}T10:00:00Z"}


def with_ids(ids: Ids) -> Iterator[Request]:
    """Every request about one thing."""
    service, staff = f"/api/services/{ids['service']}", f"/api/staff/{ids['staff']}"
    closure, season = f"/api/closures/{ids['closure']}", f"/api/seasons/{ids['season']}"
    idle = f"/api/staff/{ids['idle']}"
    time_off, unit = f"/api/time-off/{ids['time_off']}", f"/api/resources/{ids['unit']}"
    for path in (service, staff, f"{staff}/hours", f"{staff}/overrides", closure, season, time_off, unit):
        yield "GET", path, None
    yield "PUT", service, {"name": "Changed"}
    yield "PUT", staff, {"name": "Changed"}
    yield "PUT", f"{staff}/hours", {"blocks": [{**NINE_TO_FIVE, "end": "11:00"}]}
    yield "PUT", f"{staff}/overrides/{ON}", {"blocks": []}
    yield "PUT", f"{staff}/overrides/2027-03-09", {"blocks": []}
    yield "PUT", closure, {"name": "Changed", "startDate": "2027-03-01", "endDate": "2027-03-02"}
    yield "PUT", season, {"startDate": "2027-02-20", "blocks": [{**MONDAYS, "end": "10:00"}]}
    yield "PUT", time_off, {"reason": "Changed", "start": "2027-03-01T05:00:00Z", "end": "2027-03-01T10:00:00Z"}
    yield "PUT", unit, {"name": "Changed", "kind": "chair"}
    for path in (f"{staff}/overrides/{ON}", closure, season, time_off, unit, service, staff, idle):
        yield "DELETE", path, None


def in_bodies(ids: Ids) -> Iterator[Request]:
    """Every request that names something in its body or query, and wants to know it."""
    yield "POST", "/api/services", a_service(staffIds=[ids["staff"]])
    yield (
        "POST",
        "/api/seasons",
        {**SEASON, "startDate": "2027-05-01", "endDate": "2027-05-02", "staffIds": [ids["staff"]]},
    )
    yield "POST", "/api/time-off", off(ids["staff"], day=1)
    for query in (f"serviceId={ids['service']}", f"serviceId={ids['group']}&staffId={ids['staff']}"):
        yield "GET", f"/api/availability/slots?{query}&from=2027-03-01&days=7", None
        yield "GET", f"/api/availability/explain?{query}&start=2027-03-01T09:30:00Z", None
    moving = f"serviceId={ids['service']}&appointmentId={ids['owner']}"
    yield "GET", f"/api/availability/explain?{moving}&start=2027-03-01T09:30:00Z", None


def lists() -> Iterator[Request]:
    """Every list, and what is made without naming anything."""
    for path in ("services", "staff", "closures", "seasons", "resources", f"time-off?{RANGE}"):
        yield "GET", f"/api/{path}", None
    yield "GET", f"/api/availability/open?{RANGE}", None
    yield "GET", "/api/closures?from=2027-03-01&to=2027-03-31", None
    yield "GET", "/api/resources?kind=bed&active=true", None
    yield "POST", "/api/staff", {"name": "Noor"}
    yield "POST", "/api/services", a_service(resourceNeeds=[{"kind": "bed", "quantity": 1}])
    yield "POST", "/api/resources", {"name": "No. 2", "kind": "bed"}
    yield "POST", "/api/closures", {"name": "Inventory", "startDate": "2027-03-01", "endDate": "2027-03-01"}
    yield "POST", "/api/closures/import", {"country": "AE", "year": 2027}


def internal(studio: Studio, ids: Ids) -> Iterator[Request]:
    """What other services ask for this business."""
    of_business = {"businessId": str(studio.id)}
    asked = {**of_business, "serviceId": ids["service"], "staffId": ids["staff"], "start": "2027-03-01T07:00:00Z"}
    yield "POST", "/internal/offers", {"questions": [asked]}
    yield "POST", "/internal/alternatives", {**asked, "most": 3}
    yield "POST", "/internal/alternatives", {**asked, "moving": ids["owner"], "most": 3}
    yield "POST", "/internal/imports/catalogue", of_business
    new = "01890000-0000-7000-8000-000000000001"
    for kind, cells, known in (
        ("services", {"name": "Pilates", "durationMinutes": "30"}, ids["service"]),
        ("staff", {"id": ids["staff"], "name": "Amira", "title": "Coach"}, ids["staff"]),
    ):
        rows = {**of_business, "kind": kind, "rows": [{"number": 1, "cells": cells, "newId": new}]}
        yield "POST", "/internal/imports/check", rows
        yield "POST", "/internal/imports/apply", rows
        things = [{"entityId": known, "revision": 1}]
        yield "POST", "/internal/imports/undo", {**of_business, "kind": kind, "things": things}


def steps(studio: Studio, mine: Ids, theirs: Ids, uow: UnitOfWork, keys: TestKeys) -> list[Step]:
    """All of them."""

    def step(name: str, request: Request, foreign: Foreign | None = None, **headers: str) -> Step:
        method, path, body = request
        return Step(f"{name}: {method} {path} {body or ''}", partial(studio.call, *request, **headers), foreign)

    async def told(*events: ClaimsChanged) -> None:
        async with uow.across_businesses() as tx:
            await keep_claims(tx, events)

    async def page_told(event: BookingPageChanged) -> None:
        async with uow.across_businesses() as tx:
            await keep_booking_page(tx, event)

    basis = OfferBasis(catalogue_version=0)
    outdated = claims_changed(studio.id, bookable=UUID(mine["staff"])).model_copy(update={"basis": basis})
    token = ServiceToken(keys.private_json, audience="availability").current()
    inside = {"authorization": f"Bearer {token}"}
    fewer = {"revision": 2, "bookable": UUID(mine["staff"])}
    return [
        *(step("own", one) for one in (*with_ids(mine), *in_bodies(mine), *lists())),
        *(step("another's", one, "refused") for one in (*with_ids(theirs), *in_bodies(theirs))),
        step("another's", ("GET", f"/api/time-off?{RANGE}&staffId={theirs['staff']}", None), "empty"),
        step("own", ("GET", f"/api/time-off?{RANGE}&staffId={mine['staff']}", None)),
        *(step("internal", one, **inside) for one in (*internal(studio, mine), *internal(studio, theirs))),
        Step("claims", partial(told, claims_changed(studio.id, UUID(mine["owner"]), **fewer))),
        Step("freed claims", partial(told, claims_changed(studio.id, UUID(mine["owner"]), count=0, **fewer))),
        Step("claims of an outdated offer", partial(told, outdated)),
        Step("a page", partial(page_told, booking_page(studio, mine["staff"], mine["page"], 2))),
        Step("republish", partial(jobs.republish, uow), of_everybody=True),
    ]
