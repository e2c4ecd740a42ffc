"""Whether the database can be used: it answers, and has every migration that this code needs."""

import asyncio

from sqlalchemy.exc import SQLAlchemyError

from plumbing.db import UnitOfWork
from plumbing.migrations import pending
from plumbing.problems import ServiceUnavailable
from plumbing.sqlstates import DRIVER_ERRORS

ANSWER_SECONDS = 2.0


class DatabaseCheck:
    """A check for `/readyz`. The schema is looked at until it was found right once."""

    def __init__(self, uow: UnitOfWork, service: str) -> None:
        self._uow = uow
        self._service = service
        self._is_migrated = False

    async def __call__(self) -> str | None:
        """What is wrong, or None."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._look()
        except (ServiceUnavailable, SQLAlchemyError, *DRIVER_ERRORS):
            return "does not answer"

    async def _look(self) -> str | None:
        if self._is_migrated:
            await self._uow.single("SELECT 1")
            return None
        wrong = await pending(self._uow.engine, self._service)
        self._is_migrated = wrong is None
        return wrong
