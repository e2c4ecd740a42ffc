"""Receiving what a guest asks for: known again by its key, within the limits, and then kept before anything is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import token_bytes
from typing import Any

from booking_public.domain.bookings import (
    HOLD_LIFE,
    Booking,
    BookingState,
    CaptchaFailed,
    Guest,
    GuestHold,
    HoldState,
    Terms,
)
from booking_public.use_cases.bookings.hold import hold_with, set_state, store_hold, stored_hold
from booking_public.use_cases.bookings.keep import store, stored
from booking_public.use_cases.bookings.limits import (
    Limits,
    Visit,
    count_attempt,
    refuse_crowding,
    refuse_hoarding,
    use_proof,
)
from booking_public.use_cases.bookings.secrets import SALT_BYTES, hash_of, token_of
from contracts.ids import BookingId, BusinessId, ServiceId, StaffId, uuid7
from contracts.money import Money
from plumbing.db import Tx
from plumbing.problems import IdempotencyKeyReused, Invalid, RequestInProgress

HOLD, MANAGE, CAPTCHA = "hold", "manage", "captcha"
"""What secrets are for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request with its key: the key itself, by what it is known, and what it asked for."""

    key: str
    key_hash: bytes
    fingerprint: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for: a service, perhaps of somebody, at a time."""

    service_id: ServiceId
    staff_id: StaffId | None
    start: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is booked, by whom, and under which terms."""

    wish: Wish
    guest: Guest
    terms: Terms
    notes: str
    timezone: str
    locale: str
    quoted_price: Money | None
    hold_token: str | None
    captcha_token: str | None
    is_unproven: bool
    most_minutes: int | None
    """So much of the business's time may others keep without proof or payment; None when this guest has proven."""


def refuse_other(found: Booking | GuestHold, request: Request) -> None:
    """Raise IdempotencyKeyReused when the key was used for something else."""
    if found.fingerprint != request.fingerprint:
        raise IdempotencyKeyReused


async def receive_hold(
    tx: Tx, visit: Visit, request: Request, wish: Wish, *, limits: Limits, most_minutes: int, at: datetime
) -> GuestHold:
    """The hold that is asked for, new or known. Raises TooManyRequests, IdempotencyKeyReused."""
    hold_id, salt = uuid7(), token_bytes(SALT_BYTES)
    await count_attempt(tx, visit, limits, at=at)
    await refuse_hoarding(tx, visit, limits, hold_id, at=at)
    await refuse_crowding(tx, visit, most_minutes, hold_id, at=at)
    row = {
        "business_id": visit.business_id,
        "id": hold_id,
        "page_id": visit.page_id,
        "key_hash": request.key_hash,
        "fingerprint": request.fingerprint,
        "salt": salt,
        "token_hash": hash_of(token_of(salt, request.key, HOLD), HOLD),
        "state": HoldState.RECEIVED.value,
        "service_id": wish.service_id,
        "staff_id": wish.staff_id,
        "start_at": wish.start,
        "address": visit.address,
        "expires_at": at + HOLD_LIFE,
        "created_at": at,
    }
    await store_hold(tx, row)
    return await _found_hold(tx, visit.business_id, request)


async def receive_booking(
    tx: Tx, visit: Visit, request: Request, order: Order, *, limits: Limits, at: datetime
) -> Booking:
    """The attempt, new or known. Raises TooManyRequests, IdempotencyKeyReused, CaptchaFailed, Invalid."""
    booking_id = BookingId(uuid7())
    used = await _hold_of(tx, visit, order.wish, order.hold_token)
    own = used.id if used else booking_id
    limits = limits.degraded() if order.is_unproven else limits
    await count_attempt(tx, visit, limits, at=at)
    await refuse_hoarding(tx, visit, limits, own, at=at)
    if order.most_minutes is not None:
        await refuse_crowding(tx, visit, order.most_minutes, own, at=at)
    row = {**_row(visit, request, order, booking_id, at), "hold_id": own}
    if not await store(tx, row):
        return await _found(tx, visit.business_id, request)
    if used is not None:
        await set_state(tx, used, HoldState.USED)
    if order.captcha_token is not None and not order.is_unproven:
        token_hash = hash_of(order.captcha_token, CAPTCHA)
        if not await use_proof(tx, visit.business_id, token_hash, at=at):
            raise CaptchaFailed
    return await _found(tx, visit.business_id, request)


async def _hold_of(tx: Tx, visit: Visit, wish: Wish, token: str | None) -> GuestHold | None:
    """The hold that is to become the booking; None when it has ended or another attempt goes on with it.

    Raises Invalid for a token that is none, or for another time.
    """
    if token is None:
        return None
    found = await hold_with(tx, visit.business_id, hash_of(token, HOLD))
    if found is None or found.page_id != visit.page_id:
        raise Invalid.at("/holdToken", "is not known here")
    held = found.held
    asked = (wish.service_id, wish.start)
    staff = {wish.staff_id, None if held is None else held.staff_id} - {None}
    if (found.service_id, found.start_at) != asked or len(staff) > 1:
        raise Invalid.at("/holdToken", "is for another time, service or staff member")
    return found if found.state is HoldState.HELD else None


def _row(visit: Visit, request: Request, order: Order, booking_id: BookingId, at: datetime) -> Mapping[str, Any]:
    salt, wish = token_bytes(SALT_BYTES), order.wish
    quoted = order.quoted_price
    return {
        "business_id": visit.business_id,
        "id": booking_id,
        "page_id": visit.page_id,
        "key_hash": request.key_hash,
        "fingerprint": request.fingerprint,
        "salt": salt,
        "manage_hash": hash_of(token_of(salt, request.key, MANAGE), MANAGE),
        "state": BookingState.RECEIVED.value,
        "service_id": wish.service_id,
        "staff_id": wish.staff_id,
        "start_at": wish.start,
        "spare_id": uuid7(),
        "customer": order.guest.model_dump(mode="json"),
        "notes": order.notes,
        "timezone": order.timezone,
        "locale": order.locale,
        "quoted_price": None if quoted is None else quoted.model_dump(mode="json"),
        "terms": order.terms.model_dump(mode="json"),
        "contacts": visit.contacts,
        "address": visit.address,
        "is_unproven": order.is_unproven,
        "created_at": at,
        "updated_at": at,
    }


async def _found(tx: Tx, business_id: BusinessId, request: Request) -> Booking:
    found = await stored(tx, business_id, request.key_hash)
    if found is None:  # its hold is another's, who was faster
        raise RequestInProgress
    refuse_other(found, request)
    return found


async def _found_hold(tx: Tx, business_id: BusinessId, request: Request) -> GuestHold:
    found = await stored_hold(tx, business_id, request.key_hash)
    if found is None:
        raise RequestInProgress
    refuse_other(found, request)
    return found
