"""Access tokens that were taken back before their time: read again and again, so that no request pays for it.

A token is checked without asking anybody. So whoever signed out, was removed or has another role would keep what it
says until it expires; this list is what ends it within seconds, also while RabbitMQ is down.
"""

import asyncio
from datetime import timedelta
from math import inf
from uuid import UUID

import structlog

from plumbing.access import Access
from plumbing.db import UnitOfWork
from plumbing.problems import NotSignedIn, ServiceUnavailable

READ_EVERY = timedelta(seconds=2)
"""What was taken back works nowhere after this, and the time of a call."""

log = structlog.get_logger("revocations")


class Revocations:
    """The last list that was read; it stays while accounts cannot be reached."""

    def __init__(self, access: Access) -> None:
        """Nothing is read yet."""
        self._access = access
        self._least: dict[UUID, float] | None = None
        self._is_reached = True
        self._reading = asyncio.Lock()

    async def refresh(self, _: UnitOfWork | None = None) -> None:
        """Read the list: a job for a timer. When that fails the last one stays."""
        try:
            await self._read()
        except ServiceUnavailable:
            if self._is_reached:
                log.warning("revocations could not be read")
            self._is_reached = False

    async def refuse(self, session_id: UUID, revision: int) -> None:
        """Raise NotSignedIn when tokens of the session with this revision of the member were taken back.

        Raises ServiceUnavailable when the list was never read and cannot be read now.
        """
        if self._least is None:
            await self._read_first()
        if self._least and self._least.get(session_id, -inf) > revision:
            raise NotSignedIn("Your session has ended; sign in again.")

    async def _read_first(self) -> None:
        """Once, however many wait for it."""
        async with self._reading:
            if self._least is None:
                await self._read()

    async def _read(self) -> None:
        answer = await self._access.revocations()
        self._least = {each.session_id: inf if each.before is None else each.before for each in answer.revocations}
        self._is_reached = True
