"""Signing in: a session for a right password, a failure that counts for a wrong one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update

from accounts.domain import Admission, Membership, SignInLimit, email_hash
from accounts.tables import sign_in_failures, users
from accounts.use_cases.find_member import find_member
from accounts.use_cases.open_session import open_session
from contracts.ids import BusinessId, UserId, uuid7
from plumbing.db import Tx
from plumbing.problems import TooManyRequests


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody who gave a password: `user_id` is None when it was wrong, or there is no such account."""

    email: str
    user_id: UserId | None
    business_id: BusinessId | None = None
    renewed_hash: str | None = None
    """The same password, hashed as new ones are now; None when it is already."""


async def sign_in(tx: Tx, attempt: Attempt, *, limit: SignInLimit, now: datetime) -> Admission | None:
    """A new session; None for a wrong attempt, whose failure is kept if the caller commits. Raises TooManyRequests.

    Attempts for one address take turns here, so that guesses made all at once learn no more than the limit allows.
    """
    key = await _take_turn(tx, attempt, limit=limit, now=now)
    who = await _who(tx, attempt)
    if who is None:
        _note_failure(tx, key, now=now)
        return None
    await _note_success(tx, key, attempt)
    return open_session(tx, who, now=now)


async def prove(tx: Tx, attempt: Attempt, *, limit: SignInLimit, now: datetime) -> bool:
    """Whether the password was right, without signing in: counted and limited as by `sign_in`."""
    key = await _take_turn(tx, attempt, limit=limit, now=now)
    if attempt.user_id is None:
        _note_failure(tx, key, now=now)
        return False
    await _note_success(tx, key, attempt)
    return True


async def refuse_throttled(tx: Tx, key: bytes, *, limit: SignInLimit, now: datetime) -> None:
    """Raise TooManyRequests when too many wrong passwords were tried for an address, be there an account or not."""
    c = sign_in_failures.c
    failed = await tx.execute(select(c.at).where(c.email_hash == key, c.at > now - limit.window))
    wait = limit.wait(failed.scalars().all(), now)
    if wait:
        raise TooManyRequests(wait)


async def _take_turn(tx: Tx, attempt: Attempt, *, limit: SignInLimit, now: datetime) -> bytes:
    """Wait for the other attempts for the address; under which key its failures are counted."""
    key = email_hash(attempt.email)
    await tx.execute(select(func.pg_advisory_xact_lock(int.from_bytes(key[:8], signed=True))))
    await refuse_throttled(tx, key, limit=limit, now=now)
    return key


def _note_failure(tx: Tx, key: bytes, *, now: datetime) -> None:
    tx.insert(sign_in_failures, {"email_hash": key, "id": uuid7(), "at": now})


async def _note_success(tx: Tx, key: bytes, attempt: Attempt) -> None:
    await tx.execute(delete(sign_in_failures).where(sign_in_failures.c.email_hash == key))
    if attempt.renewed_hash is not None:
        await tx.execute(update(users).where(users.c.id == attempt.user_id).values(password_hash=attempt.renewed_hash))


async def _who(tx: Tx, attempt: Attempt) -> Membership | None:
    return None if attempt.user_id is None else await find_member(tx, attempt.user_id, attempt.business_id)
