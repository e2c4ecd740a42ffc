"""How often what a business's answers depend on has changed: read at every request, with few statements."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from plumbing.db import UnitOfWork

# The statement opens its own scope, so that it needs no transaction and a single round trip. The versions are read
# after that, because they are read per row of `told`, which OFFSET keeps apart.
_READ = """
SELECT found.* FROM (SELECT set_config('app.every_business', 'on', true) AS scope) AS told CROSS JOIN LATERAL (
    SELECT business_id, version, catalogue_version FROM versions
    WHERE business_id = ANY($1::uuid[]) AND told.scope = 'on' OFFSET 0
) AS found
"""
_PASSES = 3  # of the event loop: a request that is already in a socket needs so many to get here


@dataclass(frozen=True, slots=True)
class Version:
    """`answers` rises with every change; `catalogue` with those that are more than taken or freed time."""

    answers: int
    catalogue: int


type _Asked = dict[UUID, list[asyncio.Future[Version | None]]]


class Versions:
    """Reads versions, one statement at a time for everybody who asks.

    Whoever asks while a statement runs waits for the next one: the answer is never older than the question, and
    a hundred requests at once cost two statements.
    """

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._waiting: _Asked = {}
        self._reading: asyncio.Task[None] | None = None

    async def current(self, business_id: UUID) -> Version | None:
        """The version now; None for a business of which nothing is known here."""
        future: asyncio.Future[Version | None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(business_id, []).append(future)
        if self._reading is None:
            self._reading = asyncio.create_task(self._read_while_asked())
        return await future

    async def _read_while_asked(self) -> None:
        try:
            while self._waiting:
                for _ in range(_PASSES):
                    await asyncio.sleep(0)
                asked, self._waiting = self._waiting, {}
                _answer(asked, await self._read(asked))
        finally:
            self._reading = None

    async def _read(self, asked: _Asked) -> Mapping[UUID, Version] | Exception:
        try:
            rows = await self._uow.single(_READ, list(asked))
        except Exception as error:  # noqa: BLE001  # whoever asked gets it
            return error
        return {row["business_id"]: Version(row["version"], row["catalogue_version"]) for row in rows}


def _answer(asked: _Asked, found: Mapping[UUID, Version] | Exception) -> None:
    for business_id, futures in asked.items():
        for future in futures:
            if future.done():
                continue  # whoever asked has gone
            if isinstance(found, Exception):
                future.set_exception(found)
            else:
                future.set_result(found.get(business_id))
