"""What every public request is known by: its key, its network, and with what it is served."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from ipaddress import ip_address, ip_network
from typing import Annotated, Any

import orjson
from fastapi import Depends, Request

from booking_public.clients.captcha import Captcha, Proof
from booking_public.clients.open_hours import OpenHours
from booking_public.domain import BookingPage, Business
from booking_public.domain.bookings import CaptchaFailed, Terms
from booking_public.queries.public_pages import PageFound, page_with_business
from booking_public.use_cases.bookings.advance import Flow
from booking_public.use_cases.bookings.limits import CROWDED_AHEAD, Limits, Visit
from booking_public.use_cases.bookings.receive import Request as KeyedRequest
from booking_public.use_cases.bookings.secrets import address_hash, contact_hashes, key_hash
from contracts.ids import BusinessId, ServiceId, StaffId
from contracts.wire import Wire
from plumbing.idempotency import HEADER, IdempotencyKeyMissing
from plumbing.problems import Invalid, ServiceUnavailable

_NETWORK_BITS = {4: 24, 6: 64}
_UNKNOWN = "unknown"
_UNBOUNDED = 10**9


@dataclass(frozen=True, slots=True)
class GuestDesk:
    """What guests are served with."""

    flow: Flow
    captcha: Captcha
    limits: Limits
    open_hours: OpenHours
    held_percent: int
    public_url: str

    async def most_held_minutes(self, business_id: BusinessId, at: datetime) -> int:
        """So much of the business's next two weeks may be kept for nothing; without bound when nobody can say."""
        try:
            minutes = await self.open_hours.minutes(business_id, at, at + CROWDED_AHEAD)
        except ServiceUnavailable:
            return _UNBOUNDED
        return minutes * self.held_percent // 100


async def _desk(request: Request) -> GuestDesk:
    return request.app.state.guest_desk


Desk = Annotated[GuestDesk, Depends(_desk)]


async def idempotency_key(request: Request) -> str:
    """The key that a guest must send. Raises IdempotencyKeyMissing."""
    key = request.headers.get(HEADER)
    if not key:
        raise IdempotencyKeyMissing
    return key


Key = Annotated[str, Depends(idempotency_key)]


def keyed(key: str, route: str, body: Wire, *, without: Sequence[str] = ()) -> KeyedRequest:
    """The request with this key; the same body is the same request, whatever the fields that prove something say."""
    asked: Any = body.model_dump(mode="json", exclude=set(without))
    plain = orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)
    return KeyedRequest(key=key, key_hash=key_hash(route, key), fingerprint=hmac.digest(key.encode(), plain, sha256))


def network_of(request: Request) -> str:
    """The network that the request comes from, as the gateway says: /24 of IPv4, /64 of IPv6."""
    client = request.client.host if request.client else _UNKNOWN
    try:
        address = ip_address(request.headers.get("x-real-ip", client))
    except ValueError:
        return _UNKNOWN
    plain = getattr(address, "ipv4_mapped", None) or address
    return str(ip_network((plain, _NETWORK_BITS[plain.version]), strict=False))


def visit_of(request: Request, page: PageFound, email: str | None = None, phone: str | None = None) -> Visit:
    """Who tries on this page."""
    contacts = contact_hashes(page.business_id, email, phone) if email is not None else []
    return Visit(page.business_id, page.page_id, address_hash(page.business_id, network_of(request)), contacts)


async def page_of(desk: GuestDesk, found: PageFound) -> tuple[BookingPage, Business]:
    """The page, and whose it is."""
    async with desk.flow.uow(found.business_id) as tx:
        return await page_with_business(tx, found)


def terms_of(page: BookingPage) -> Terms:
    """What the page promises now."""
    return Terms(
        is_automatic=page.confirmation == "automatic",
        cancel_window_minutes=page.cancel_window_minutes,
        reschedule_window_minutes=page.reschedule_window_minutes,
        refund_policy=page.refund_policy,
        policy_text=page.policy_text,
        staff_ids=page.staff_ids,
    )


async def is_unproven(desk: GuestDesk, captcha_token: str | None) -> bool:
    """Whether nobody can say if this is a person. Raises CaptchaFailed when it is not, as far as can be said."""
    if not desk.captcha.is_on:
        return False
    if captcha_token is None:
        raise CaptchaFailed
    proof = await desk.captcha.verify(captcha_token)
    if proof is Proof.REFUSED:
        raise CaptchaFailed
    return proof is Proof.UNSURE


def refuse_not_offered(page: BookingPage, service_id: ServiceId, staff_id: StaffId | None) -> None:
    """Raise Invalid for a service or staff member that is not on the page."""
    if not page.offers_service(service_id):
        raise Invalid.at("/serviceId", "is not offered here")
    if staff_id is not None and not page.offers_staff(staff_id):
        raise Invalid.at("/staffId", "is not offered here")
