"""Customers: found, added, changed, merged, taken away and forgotten."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import Field, StringConstraints, TypeAdapter

from appointments.domain import Customer, CustomerExists, CustomerIsBooked, CustomerWithTotals
from appointments.queries.customers import (
    customer,
    customer_with_totals,
    customers_found,
    customers_page,
    everything_about,
    history,
)
from appointments.schemas.customers import CustomerChanges, CustomerExport, Merge, NewCustomerBody
from appointments.tables import customer_of, document_of
from appointments.use_cases.add_customer import add_customer
from appointments.use_cases.edit_customer import edit_customer
from appointments.use_cases.erase_customer import erase_customer
from appointments.use_cases.merge_customers import merge_customers
from contracts.appointments import AppointmentDetails
from contracts.ids import CustomerId
from plumbing.answers import Answer
from plumbing.auth import Manager, SignedIn, at_least_manager
from plumbing.clock import utc_now
from plumbing.idempotency import ACCEPTS_KEY, EdgeRoute, Uow
from plumbing.pages import BY_TIME, Page, Paging, page_of
from plumbing.problems import (
    CrossSiteRequest,
    IdempotencyKeyReused,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    RequestInProgress,
    ServiceUnavailable,
    StaleRevision,
)
from plumbing.revisions import IfMatch, etag
from plumbing.web import problems

_READING = (NotSignedIn, ServiceUnavailable)
_WRITING = (*_READING, NotAllowed, CrossSiteRequest, Invalid)
_CHANGING = (*_WRITING, NotFound, StaleRevision)

_Kept = Annotated[str, StringConstraints(pattern="^[^\x00]*$")]
"""A text that the database can hold."""

Search = Annotated[_Kept, StringConstraints(strip_whitespace=True, max_length=200)]

_BY_NAME = TypeAdapter(tuple[_Kept, UUID])
_BY_RANK = TypeAdapter(tuple[Annotated[float, Field(ge=0, le=3)], _Kept, UUID])

router = APIRouter(prefix="/api/customers", tags=["customers"], route_class=EdgeRoute)


@router.get("", response_model=Page[Customer], responses=problems(*_READING))
async def list_customers(
    paging: Paging, member: SignedIn, uow: Uow, search: Annotated[Search | None, Query()] = None
) -> Response:
    """The customers by name; with `search` those who have all its words in their name, address or number.

    First those of whom the words begin, and if nobody has them, those whose name is like it. Accents, vowel signs and
    the variants of Arabic letters make no difference, nor do spaces and leading zeros in a number.
    """
    limit = paging.limit + 1  # one more shows whether there is a next page
    async with uow() as tx:
        if search:
            after = paging.position(_BY_RANK)
            found = await customers_found(tx, member.business_id, search, after=after, limit=limit)
        else:
            found = await customers_page(tx, member.business_id, after=paging.position(_BY_NAME), limit=limit)
    key = ("rank", "search", "id") if search else ("search", "id")
    page = page_of(found, paging, key=lambda row: tuple(row[name] for name in key), item=customer_of)
    return Answer.of(page)


@router.post(
    "",
    status_code=201,
    response_model=Customer,
    responses=problems(*_WRITING, CustomerExists, RequestInProgress, IdempotencyKeyReused),
    openapi_extra=ACCEPTS_KEY,
)
async def create_customer(body: NewCustomerBody, member: SignedIn, uow: Uow) -> Response:
    """Add a customer; a booking adds those whom it does not find by itself. Staff add nobody who is blocked."""
    if body.blocked:
        at_least_manager(member)
    now = utc_now()
    consent = body.marketing_consent and body.marketing_consent.said(now)
    async with uow() as tx:
        made = await add_customer(tx, member.business_id, body.fields(), consent, now=now)
        return tx.answer(made, 201, {"Location": f"{router.prefix}/{made.id}", **etag(made.revision)})


@router.get("/{customer_id}", response_model=CustomerWithTotals, responses=problems(*_READING, NotFound))
async def read_customer(customer_id: CustomerId, member: SignedIn, uow: Uow) -> Response:
    """One customer, and what came of their appointments. The id of one who was merged names the one that is left."""
    async with uow() as tx:
        found = await customer_with_totals(tx, member.business_id, customer_id, now=utc_now())
    if found is None:
        raise NotFound
    return Answer.of(found, headers=etag(found.revision))


@router.put("/{customer_id}", response_model=Customer, responses=problems(*_CHANGING, CustomerExists))
async def update_customer(
    customer_id: CustomerId, body: CustomerChanges, member: Manager, uow: Uow, expected: IfMatch
) -> Response:
    """Change the fields that are sent. Appointments to come show the new name at once."""
    now = utc_now()
    changes, consent = body.changes(), body.marketing_consent and body.marketing_consent.said(now)
    async with uow() as tx:
        after = await edit_customer(
            tx, member.business_id, customer_id, changes, consent, by=member.actor, now=now, expected=expected
        )
        return tx.answer(after, headers=etag(after.revision))


@router.get(
    "/{customer_id}/appointments", response_model=Page[AppointmentDetails], responses=problems(*_READING, NotFound)
)
async def list_history(customer_id: CustomerId, paging: Paging, member: SignedIn, uow: Uow) -> Response:
    """A customer's appointments, the latest first, with cancelled ones."""
    after = paging.position(BY_TIME)
    async with uow() as tx:
        theirs = _found(await customer(tx, member.business_id, customer_id))
        found = await history(tx, member.business_id, theirs.id, after=after, limit=paging.limit + 1)
    page = page_of(found, paging, key=lambda row: (row["start_time"].isoformat(), row["id"]), item=document_of)
    return Answer.of(page)


@router.post(
    "/{customer_id}/merge",
    summary="Merge Customers",
    response_model=Customer,
    responses=problems(*_CHANGING, RequestInProgress, IdempotencyKeyReused),
    openapi_extra=ACCEPTS_KEY,
)
async def merge(customer_id: CustomerId, body: Merge, member: Manager, uow: Uow, expected: IfMatch) -> Response:
    """Make one customer of two who are the same person: all that this one has becomes the other's."""
    async with uow() as tx:
        kept = await merge_customers(
            tx, member.business_id, customer_id, body.into_id, by=member.actor, now=utc_now(), expected=expected
        )
        return tx.answer(kept, headers=etag(kept.revision))


@router.get("/{customer_id}/export", response_model=CustomerExport, responses=problems(*_READING, NotAllowed, NotFound))
async def export_customer(customer_id: CustomerId, member: Manager, uow: Uow) -> Response:
    """All that is stored about a customer, as a file to hand to them."""
    async with uow() as tx:
        found = _found(await customer(tx, member.business_id, customer_id))
        stored = await everything_about(tx, member.business_id, found)
    name = f'attachment; filename="customer-{found.id}.json"'
    return Answer.of(CustomerExport.of(found, stored), headers={"Content-Disposition": name})


@router.post(
    "/{customer_id}/erase",
    summary="Erase Customer",
    status_code=204,
    responses=problems(*_CHANGING, CustomerIsBooked, RequestInProgress, IdempotencyKeyReused),
    openapi_extra=ACCEPTS_KEY,
)
async def erase(customer_id: CustomerId, member: Manager, uow: Uow, expected: IfMatch) -> Response:
    """Forget who a customer is. What was earned and when stays; it cannot be undone. A second time changes nothing."""
    async with uow() as tx:
        await erase_customer(tx, member.business_id, customer_id, now=utc_now(), expected=expected)
        return tx.answer(None, 204)


def _found(found: Customer | None) -> Customer:
    if found is None:
        raise NotFound
    return found
