"""Exports: appointments and customers as files, sent page by page, however many there are."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse

from appointments.domain import Customer
from appointments.queries import Wanted
from appointments.queries.exports import appointment_page, customer_rows, zones_between
from appointments.schemas.files.appointment_table import (
    APPOINTMENT_COLUMNS,
    CUSTOMER_COLUMNS,
    appointment_line,
    customer_line,
)
from appointments.schemas.files.calendar_text import CLOSING, event, opening, timezones
from appointments.schemas.files.cells import BOM, line_of
from contracts.appointments import AppointmentDetails, Status
from contracts.ids import BusinessId, CustomerId, ServiceId, StaffId
from plumbing.auth import Manager
from plumbing.db import UnitOfWork
from plumbing.idempotency import EdgeRoute
from plumbing.problems import Invalid, NotAllowed, NotSignedIn, ServiceUnavailable
from plumbing.schemas import WhenAsked
from plumbing.web import problems

LONGEST_RANGE = timedelta(days=366)
_AT_ONCE = 1_000
_READING = (NotSignedIn, NotAllowed, ServiceUnavailable)

router = APIRouter(prefix="/api", tags=["exports"], route_class=EdgeRoute)


def _wanted(
    *,
    range_start: Annotated[WhenAsked, Query(alias="rangeStart")],
    range_end: Annotated[WhenAsked, Query(alias="rangeEnd")],
    staff_id: Annotated[list[StaffId], Query(alias="staffId", default_factory=list, max_length=200)],
    service_id: Annotated[list[ServiceId], Query(alias="serviceId", default_factory=list, max_length=200)],
    status: Annotated[list[Status], Query(default_factory=list, max_length=10)],
    customer_id: Annotated[CustomerId | None, Query(alias="customerId")] = None,
) -> Wanted:
    """What GET /api/appointments asks for, of up to a year."""
    if not timedelta() < range_end - range_start <= LONGEST_RANGE:
        raise Invalid.at("/rangeEnd", "must be after rangeStart, and at most 366 days after")
    return Wanted(range_start, range_end, staff_id, service_id, status, customer_id, None, _AT_ONCE)


Range = Annotated[Wanted, Depends(_wanted)]


def _file(media_type: str, description: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {media_type: {"schema": {"type": "string"}}}, "description": description}}


@router.get(
    "/appointments/export.csv",
    response_class=StreamingResponse,
    responses={**_file("text/csv", "One line for each (RFC 4180)."), **problems(*_READING, Invalid)},
)
async def export_appointments(wanted: Range, member: Manager, request: Request) -> Response:
    """The appointments of a range for a spreadsheet: by start, without `status` all but cancelled ones.

    In UTF-8 with a byte order mark; no cell is a formula: an apostrophe stands before those that would be.
    """
    pages = _appointments(request.app.state.uow, member.business_id, wanted)
    head = BOM + line_of(APPOINTMENT_COLUMNS)
    return await _sent(
        _lines(head, pages, appointment_line), "text/csv; charset=utf-8; header=present", "appointments.csv"
    )


@router.get(
    "/appointments/export.ics",
    response_class=StreamingResponse,
    responses={**_file("text/calendar", "The calendar (RFC 5545)."), **problems(*_READING, Invalid)},
)
async def export_calendar(wanted: Range, member: Manager, request: Request) -> Response:
    """The appointments of a range as a calendar: by start, without `status` all but cancelled ones."""
    uow = request.app.state.uow
    async with uow(member.business_id) as tx:
        zones = await zones_between(tx, member.business_id, wanted.start, wanted.end)
    day = timedelta(days=3)  # what overlaps the range begins and ends near it
    head = opening("Appointments") + timezones(zones, (wanted.start - day).date(), (wanted.end + day).date())
    lines = _lines(
        head, _appointments(uow, member.business_id, wanted), lambda one: event(one, busy_only=False), CLOSING
    )
    return await _sent(lines, "text/calendar; charset=utf-8", "appointments.ics")


@router.get(
    "/customers/export.csv",
    response_class=StreamingResponse,
    responses={**_file("text/csv", "One line for each (RFC 4180)."), **problems(*_READING)},
)
async def export_customers(member: Manager, request: Request) -> Response:
    """All customers for a spreadsheet, in the order in which they were added; as appointments are exported."""
    pages = _customers(request.app.state.uow, member.business_id)
    head = BOM + line_of(CUSTOMER_COLUMNS)
    return await _sent(_lines(head, pages, customer_line), "text/csv; charset=utf-8; header=present", "customers.csv")


async def _appointments(
    uow: UnitOfWork, business_id: BusinessId, wanted: Wanted
) -> AsyncGenerator[list[AppointmentDetails]]:
    """Page by page, each in a transaction of its own: nothing is held while a slow client reads."""
    while True:
        async with uow(business_id) as tx:
            page = await appointment_page(tx, business_id, wanted)
        yield page
        if len(page) < _AT_ONCE:
            return
        wanted = replace(wanted, after=(page[-1].start, page[-1].id))


async def _customers(uow: UnitOfWork, business_id: BusinessId) -> AsyncGenerator[list[Customer]]:
    after: UUID | None = None
    while True:
        async with uow(business_id) as tx:
            page = await customer_rows(tx, business_id, after=after, limit=_AT_ONCE)
        yield page
        if len(page) < _AT_ONCE:
            return
        after = page[-1].id


async def _lines[T](
    head: str, pages: AsyncIterator[list[T]], line: Callable[[T], str], tail: str = ""
) -> AsyncGenerator[bytes]:
    yield head.encode()
    async for page in pages:
        yield "".join(map(line, page)).encode()
    yield tail.encode()


async def _sent(lines: AsyncGenerator[bytes], media_type: str, name: str) -> Response:
    """A file whose first page has been read before the answer begins, so that it begins with the right status."""
    head, first = await anext(lines), await anext(lines)

    async def whole() -> AsyncGenerator[bytes]:
        yield head + first
        async for part in lines:
            yield part

    fields = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingResponse(whole(), media_type=media_type, headers=fields)
