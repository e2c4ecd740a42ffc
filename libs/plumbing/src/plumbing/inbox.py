"""The inbox: which messages were handled, and how often one was begun without an end.

`attempts` counts what was begun and neither done nor put aside in an orderly way: the process died of it, or beside it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from plumbing.db import Tx, UnitOfWork

MOST_ATTEMPTS = 3
KEPT = timedelta(days=30)
"""Longer than a dead letter is ever replayed after."""

_PURGE_BATCH = 5_000

_BEGIN = """
INSERT INTO inbox AS i (consumer, message_id, attempts) SELECT $1, unnest($2::uuid[]), 1
ON CONFLICT (consumer, message_id) DO UPDATE SET attempts = 1 WHERE i.attempts = 0 AND i.processed_at IS NULL
RETURNING message_id
"""
_UNDONE = "SELECT message_id FROM inbox WHERE consumer = $1 AND message_id = ANY($2::uuid[]) AND processed_at IS NULL"
_BEGIN_AGAIN = """
UPDATE inbox SET attempts = attempts + 1 WHERE consumer = $1 AND message_id = $2 AND processed_at IS NULL
RETURNING attempts
"""
_FINISH = """
INSERT INTO inbox AS i (consumer, message_id, attempts, processed_at) SELECT $1, unnest($2::uuid[]), 1, now()
ON CONFLICT (consumer, message_id) DO UPDATE SET processed_at = now() WHERE i.processed_at IS NULL
RETURNING message_id
"""
_FORGET = "UPDATE inbox SET attempts = 0 WHERE consumer = $1 AND message_id = $2 AND processed_at IS NULL"
_PURGE = """
DELETE FROM inbox WHERE (consumer, message_id) IN (
    SELECT consumer, message_id FROM inbox WHERE first_seen_at < now() - $1::interval LIMIT $2
) RETURNING 1
"""


@dataclass(frozen=True, slots=True)
class Begun:
    """Messages that are begun for the first time now, and those that were begun before and never ended.

    All others are done.
    """

    first: frozenset[UUID]
    again: frozenset[UUID]


class Inbox:
    """The inbox of one consumer."""

    def __init__(self, uow: UnitOfWork, consumer: str) -> None:
        self._uow = uow
        self._consumer = consumer

    async def begin(self, ids: Collection[UUID]) -> Begun:
        """Note, and commit, that these messages are begun; those that were begun before are not counted again here.

        The commit is not waited for to reach the disk: it has to survive this process, not the database.
        """
        if not ids:
            return Begun(frozenset(), frozenset())
        wanted = sorted(ids)
        async with self._uow.across_businesses() as tx:
            await tx.script("SET LOCAL synchronous_commit = off")
            first = frozenset(row[0] for row in await tx.fetch(_BEGIN, self._consumer, wanted))
            rest = [each for each in wanted if each not in first]
            again = await tx.fetch(_UNDONE, self._consumer, rest) if rest else []
        return Begun(first, frozenset(row[0] for row in again))

    async def begin_again(self, message_id: UUID) -> int | None:
        """Note, and commit, another attempt; the number of attempts, or None when it has been done meanwhile."""
        async with self._uow.across_businesses() as tx:
            rows = await tx.fetch(_BEGIN_AGAIN, self._consumer, message_id)
        return rows[0][0] if rows else None

    async def finish(self, tx: Tx, ids: Collection[UUID]) -> set[UUID]:
        """Note in the effect's own transaction that these are done; those that were not done before.

        They need not have been begun. A rival with the same message waits here until we commit, and then finds it done.
        """
        return {row[0] for row in await tx.fetch(_FINISH, self._consumer, sorted(ids))}

    async def forget_attempts(self, message_id: UUID) -> None:
        """Begin the count anew: the message was put aside in an orderly way."""
        async with self._uow.across_businesses() as tx:
            await tx.fetch(_FORGET, self._consumer, message_id)


async def purge(uow: UnitOfWork) -> None:
    """Forget what was first seen more than thirty days ago."""
    while True:
        async with uow.across_businesses() as tx:
            purged = await tx.fetch(_PURGE, KEPT, _PURGE_BATCH)
        if len(purged) < _PURGE_BATCH:
            return
