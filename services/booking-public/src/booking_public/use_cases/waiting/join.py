"""Getting in line: known again by its key, within the limits, kept before anybody is asked; in line once."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_bytes
from typing import Any

from booking_public.clients.waiting import WaitingList
from booking_public.domain.bookings import LINK_LIFE, CaptchaFailed, Guest, Terms
from booking_public.domain.waiting import MOST_WAITS, Wait
from booking_public.use_cases.bookings.limits import Limits, Visit, count_attempt, use_proof
from booking_public.use_cases.bookings.links import WAITING
from booking_public.use_cases.bookings.receive import CAPTCHA, Request
from booking_public.use_cases.bookings.secrets import SALT_BYTES, hash_of, token_of
from booking_public.use_cases.waiting.keep import answer_wait, store_wait, stored_wait, waits_of_network
from contracts.bookings import GuestCustomer
from contracts.ids import GroupSessionId, ServiceId, StaffId, WaitingId, uuid7
from contracts.waiting import LONGEST_WAIT, GuestWait, WaitAnswer, WaitRequest
from plumbing.db import Tx, UnitOfWork
from plumbing.failpoints import reach
from plumbing.problems import IdempotencyKeyReused, RequestInProgress, ServiceUnavailable, TooManyRequests


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is waited for, by whom, and under which terms: a seat of a session, or a span."""

    service_id: ServiceId
    staff_id: StaffId | None
    session_id: GroupSessionId | None
    span: tuple[datetime, datetime] | None
    guest: Guest
    terms: Terms
    timezone: str
    locale: str
    captcha_token: str | None
    is_unproven: bool


async def receive_wait(tx: Tx, visit: Visit, request: Request, wanted: Wanted, *, limits: Limits, at: datetime) -> Wait:
    """The wish, new or known. Raises TooManyRequests, IdempotencyKeyReused, CaptchaFailed."""
    await count_attempt(tx, visit, limits.degraded() if wanted.is_unproven else limits, at=at)
    waits, first_ends = await waits_of_network(tx, visit.business_id, visit.address, at=at)
    if waits >= MOST_WAITS:
        raise TooManyRequests(max(1, int((first_ends - at).total_seconds())))
    if await store_wait(tx, _row(visit, request, wanted, at)) and wanted.captcha_token and not wanted.is_unproven:
        token_hash = hash_of(wanted.captcha_token, CAPTCHA)
        if not await use_proof(tx, visit.business_id, token_hash, at=at):
            raise CaptchaFailed
    found = await stored_wait(tx, visit.business_id, request.key_hash)
    if found is None:
        raise RequestInProgress
    refuse_other_wait(found, request)
    return found


def refuse_other_wait(found: Wait, request: Request) -> None:
    """Raise IdempotencyKeyReused when the key was used for something else."""
    if found.fingerprint != request.fingerprint:
        raise IdempotencyKeyReused


async def get_in_line(uow: UnitOfWork, line: WaitingList, seen: Wait, wanted: Wanted) -> Wait:
    """The wish with its answer: in line, or refused. Raises ServiceUnavailable: ask again."""
    if seen.answer is not None:
        return seen
    answer = await line.wait(_request(seen, wanted))
    await reach("booking_public.after_wait")
    until = seen.until if answer.waiting is None else answer.waiting.to_at + LINK_LIFE
    async with uow(seen.business_id) as tx:
        return await answer_wait(tx, seen, _told(answer), until=until)


def _told(answer: WaitAnswer) -> dict[str, Any]:
    """What is kept of an answer: nothing of who waits."""
    if answer.waiting is not None:
        return {"waiting": told_of(answer.waiting)}
    if answer.unknown:
        return {"unknown": list(answer.unknown)}
    if answer.refused is None:
        raise ServiceUnavailable
    return {"code": answer.refused}


def told_of(waiting: GuestWait) -> dict[str, Any]:
    """A wish as JSON, without what was offered."""
    return waiting.model_dump(mode="json", exclude={"appointment", "offered_until", "id"})


def _request(seen: Wait, wanted: Wanted) -> WaitRequest:
    guest = wanted.guest
    span = {} if wanted.span is None else dict(zip(("from", "to"), wanted.span, strict=True))
    customer = GuestCustomer(name=guest.name, email=guest.email, phone=guest.phone, marketing_text=guest.marketing_text)
    return WaitRequest.model_validate(
        {
            "business_id": seen.business_id,
            "id": seen.id,
            "service_id": wanted.service_id,
            "staff_id": wanted.staff_id,
            "staff_ids": seen.terms.staff_ids,
            "session_id": wanted.session_id,
            "customer": customer,
            **span,
        }
    )


def _row(visit: Visit, request: Request, wanted: Wanted, at: datetime) -> dict[str, Any]:
    salt = token_bytes(SALT_BYTES)
    return {
        "business_id": visit.business_id,
        "id": WaitingId(uuid7()),
        "page_id": visit.page_id,
        "key_hash": request.key_hash,
        "fingerprint": request.fingerprint,
        "salt": salt,
        "token_hash": hash_of(token_of(salt, request.key, WAITING), WAITING),
        "service_id": wanted.service_id,
        "timezone": wanted.timezone,
        "locale": wanted.locale,
        "terms": wanted.terms.model_dump(mode="json"),
        "address": visit.address,
        "until": wanted.span[1] + LINK_LIFE if wanted.span else at + LONGEST_WAIT,
        "created_at": at,
    }
