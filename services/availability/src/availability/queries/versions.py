"""How often what a business's answers depend on has changed: read at every request, with few statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from plumbing.db import UnitOfWork
from plumbing.together import Together

# The statement opens its own scope, so that it needs no transaction and a single round trip. The versions are read
# after that, because they are read per row of `told`, which OFFSET keeps apart.
_READ = """
SELECT found.* FROM (SELECT set_config('app.every_business', 'on', true) AS scope) AS told CROSS JOIN LATERAL (
    SELECT business_id, version, catalogue_version FROM versions
    WHERE business_id = ANY($1::uuid[]) AND told.scope = 'on' OFFSET 0
) AS found
"""
_MOST = 1_000
_PASSES = 3  # of the event loop: a request that is already in a socket needs so many to get here


@dataclass(frozen=True, slots=True)
class Version:
    """`answers` rises with every change; `catalogue` with those that are more than taken or freed time."""

    answers: int
    catalogue: int


class Versions:
    """Reads versions, with one statement at a time for everybody who asks."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._together = Together[UUID, Version | None](self._read, most=_MOST, passes=_PASSES)

    async def current(self, business_id: UUID) -> Version | None:
        """The version now; None for a business of which nothing is known here."""
        return await self._together.ask(business_id)

    async def _read(self, asked: Sequence[UUID]) -> Sequence[Version | None]:
        rows = await self._uow.single(_READ, list(set(asked)))
        found = {row["business_id"]: Version(row["version"], row["catalogue_version"]) for row in rows}
        return [found.get(business_id) for business_id in asked]
