"""Payments, for the business: its ledger, and refunds."""

from datetime import timedelta
from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response

from booking_public.domain.payments import NothingToRefund, PaymentDisputed, PaymentsOff
from booking_public.queries.deposit_report import DepositReport, deposit_report
from booking_public.queries.payments import deposit_id_of, movement, movements
from booking_public.schemas.payments import NewRefund, PaymentOut
from booking_public.use_cases.business import ensure_business
from booking_public.use_cases.payments.refund import RefundRequest, refund
from booking_public.use_cases.payments.stored import locked_deposit
from contracts.ids import AppointmentId, DepositId, PaymentId
from contracts.money import Money
from plumbing.answers import Answer
from plumbing.auth import Manager, Member, Owner
from plumbing.clock import utc_now
from plumbing.idempotency import ACCEPTS_KEY, HEADER, EdgeRoute, IdempotencyKeyMissing, Uow
from plumbing.pages import Page, Paging, page_of
from plumbing.problems import (
    CrossSiteRequest,
    IdempotencyKeyReused,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    RequestInProgress,
    ServiceUnavailable,
)
from plumbing.schemas import WhenAsked
from plumbing.web import problems

LONGEST_RANGE = timedelta(days=366)
_READING = (NotSignedIn, ServiceUnavailable)
_REFUNDING = (
    *_READING,
    *(NotAllowed, CrossSiteRequest, NotFound, Invalid, IdempotencyKeyMissing, IdempotencyKeyReused),
    *(RequestInProgress, NothingToRefund, PaymentDisputed, PaymentsOff),
)

router = APIRouter(prefix="/api/payments", tags=["payments"], route_class=EdgeRoute)


@router.get("", response_model=Page[PaymentOut], responses=problems(*_READING, NotAllowed))
async def list_payments(
    paging: Paging,
    member: Manager,
    uow: Uow,
    appointment_id: Annotated[AppointmentId | None, Query(alias="appointmentId")] = None,
) -> Response:
    """Every movement of money, in the order in which they began; of one appointment, or of all."""
    after = paging.last_id()
    async with uow() as tx:
        found = await movements(tx, member.business_id, appointment_id, after=after, limit=paging.limit + 1)
    return Answer.of(page_of(found, paging, key=lambda one: (one.id,), item=PaymentOut.of))


@router.get("/report", response_model=DepositReport, responses=problems(*_READING, NotAllowed, Invalid))
async def report_deposits(
    *,
    range_start: Annotated[WhenAsked, Query(alias="rangeStart")],
    range_end: Annotated[WhenAsked, Query(alias="rangeEnd")],
    member: Manager,
    uow: Uow,
    request: Request,
) -> Response:
    """What was taken of deposits and given back within a range, by date of the business."""
    if not timedelta() < range_end - range_start <= LONGEST_RANGE:
        raise Invalid.at("/rangeEnd", "must be after rangeStart, and at most 366 days after")
    state = request.app.state
    zone = (await ensure_business(state.uow, state.businesses, member.business_id)).timezone
    async with uow() as tx:
        found = await deposit_report(tx, member.business_id, range_start, range_end, zone)
    return Answer.of(found)


@router.post(
    "/{payment_id}/refund",
    status_code=201,
    response_model=PaymentOut,
    responses=problems(*_REFUNDING),
    openapi_extra=ACCEPTS_KEY,
)
async def refund_payment(
    *,
    payment_id: PaymentId,
    body: NewRefund,
    member: Owner,
    uow: Uow,
    request: Request,
    key: Annotated[str | None, Header(alias=HEADER, include_in_schema=False)] = None,
) -> Response:
    """Give back what is left of a payment, or `amount` of it. Needs an Idempotency-Key.

    While `status` is `asked` the provider could not be reached, and is asked again until it answers.
    """
    if key is None:
        raise IdempotencyKeyMissing
    state, now = request.app.state, utc_now()
    if not state.payments.is_on:
        raise PaymentsOff
    deposit_id = await _deposit(request, member, payment_id, body.amount)
    wanted = RefundRequest(
        business_id=member.business_id,
        deposit_id=deposit_id,
        key=sha256(f"{member.user_id} {request.url.path} {key}".encode()).hexdigest(),
        by=str(member.user_id),
        amount=body.amount.amount if body.amount else None,
        reason=body.reason,
    )
    made = await refund(state.uow, state.payments, wanted, at=now)
    async with uow() as tx:
        found = await movement(tx, member.business_id, PaymentId(made.id))
        if found is None:
            raise NotFound
        return tx.answer(PaymentOut.of(found), 201)


async def _deposit(request: Request, member: Member, payment_id: PaymentId, amount: Money | None) -> DepositId:
    async with request.app.state.uow(member.business_id) as tx:
        found = await deposit_id_of(tx, member.business_id, payment_id)
        if found is None:
            raise NotFound
        deposit = await locked_deposit(tx, member.business_id, found)
    if amount is not None and amount.currency != deposit.currency:
        raise Invalid.at("/amount/currency", f"must be {deposit.currency}")
    return found
