"""API keys: what they look like, and who somebody is who shows one."""

import asyncio
import re
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from contracts.access import ApiKeyDetails
from contracts.ids import SessionId, UserId
from plumbing.access import Access
from plumbing.auth import KEY_PREFIX, Member, Role
from plumbing.clock import utc_now
from plumbing.problems import NotSignedIn

HINT_LENGTH = len(KEY_PREFIX) + 4
"""So much of a key may be shown again, to tell it from others."""

KEPT = timedelta(seconds=3)
"""For so long what accounts said about a key counts: a key that was deleted works nowhere after this."""

_FORM = re.compile(re.escape(KEY_PREFIX) + r"[A-Za-z0-9_-]{43}")
_REMEMBERED_KEYS = 10_000


def new_key() -> str:
    """256 random bits behind a prefix by which people, and scanners for leaked secrets, know what it is."""
    return KEY_PREFIX + secrets.token_urlsafe(32)


def key_hash(key: str) -> str:
    """SHA-256 in hexadecimal, by which a key is stored and asked for: enough for what has 256 random bits."""
    return sha256(key.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Answer:
    """What accounts said about a key, and until when (in the loop's seconds) that counts."""

    member: Member | None
    until: float


class ApiKeys:
    """Knows who shows a key: asked of accounts, once for all who ask at the same moment, and kept for a moment."""

    def __init__(self, access: Access, *, kept: timedelta = KEPT) -> None:
        """With `kept` of nothing every request asks."""
        self._access = access
        self._kept = kept.total_seconds()
        self._answers: OrderedDict[str, _Answer] = OrderedDict()
        self._asking: dict[str, asyncio.Task[_Answer]] = {}

    async def holder(self, key: str) -> Member:
        """Whoever holds the key. Raises NotSignedIn when it is none, ServiceUnavailable when nobody can say."""
        if not _FORM.fullmatch(key):
            raise NotSignedIn("This API key is not valid.")
        hashed = key_hash(key)
        answer = self._answers.get(hashed)
        if answer is None or answer.until <= asyncio.get_running_loop().time():
            answer = await self._ask_once(hashed)
        if answer.member is None:
            raise NotSignedIn("This API key is not valid.")
        return answer.member

    async def _ask_once(self, hashed: str) -> _Answer:
        asking = self._asking.get(hashed)
        if asking is None:
            asking = self._asking[hashed] = asyncio.create_task(self._ask(hashed))
            asking.add_done_callback(lambda done: self._asked(hashed, done))
        return await asyncio.shield(asking)

    def _asked(self, hashed: str, done: "asyncio.Task[_Answer]") -> None:
        del self._asking[hashed]
        if not done.cancelled():
            done.exception()  # it is known now, also if everybody who waited has gone

    async def _ask(self, hashed: str) -> _Answer:
        until = asyncio.get_running_loop().time() + self._kept  # counted from the question, not from the answer
        found = (await self._access.api_key(hashed)).key
        answer = self._answers[hashed] = _Answer(found and _holder(found), until)
        self._answers.move_to_end(hashed)
        if len(self._answers) > _REMEMBERED_KEYS:
            self._answers.popitem(last=False)
        return answer


def _holder(key: ApiKeyDetails) -> Member:
    """A key stands for a manager without a user and without a session: its own id is in their place."""
    return Member(
        user_id=UserId(key.id),
        business_id=key.business_id,
        role=Role.MANAGER,
        session_id=SessionId(key.id),
        expires_at=utc_now() + KEPT,
        api_key_id=key.id,
        api_key_name=key.name,
        only_reads="write" not in key.scopes,
    )
