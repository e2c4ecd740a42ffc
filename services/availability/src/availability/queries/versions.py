"""How often what a business's answers depend on has changed: read at every request, with few statements."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from plumbing.db import Tx, UnitOfWork

_READ = "SELECT business_id, version, catalogue_version FROM versions WHERE business_id = ANY($1::uuid[])"
_ROUNDS = 100  # of one transaction, so that none stays open for long
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
        self._asked: _Asked = {}
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
                try:
                    async with self._uow.across_businesses() as tx:
                        await self._rounds(tx)
                except Exception as error:  # noqa: BLE001  # whoever asked gets it
                    self._answer(error)
        finally:
            self._reading = None

    async def _rounds(self, tx: Tx) -> None:
        """Statement after statement while somebody waits; each sees what was committed before it."""
        for _ in range(_ROUNDS):
            for _ in range(_PASSES):
                await asyncio.sleep(0)
            if not self._waiting:
                return
            self._asked, self._waiting = self._waiting, {}
            rows = await tx.fetch(_READ, list(self._asked))
            self._answer({row["business_id"]: Version(row["version"], row["catalogue_version"]) for row in rows})

    def _answer(self, found: Mapping[UUID, Version] | Exception) -> None:
        asked, self._asked = self._asked, {}
        for business_id, futures in asked.items():
            for future in futures:
                if future.done():
                    continue  # whoever asked has gone
                if isinstance(found, Exception):
                    future.set_exception(found)
                else:
                    future.set_result(found.get(business_id))
