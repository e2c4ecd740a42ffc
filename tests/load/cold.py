"""Cold questions: each is asked once after time was taken of somebody whom its answer is about."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Protocol
from uuid import UUID

from availability.use_cases.copy_claims import copy_claims
from contracts.appointments import ClaimDetails, ClaimsChanged
from contracts.ids import BookableId, BusinessId, OwnerId, uuid7
from plumbing.db import UnitOfWork, create_engine
from tests.load.http_client import Reply, ask_all, connections, get
from tests.load.loopback import ours
from tests.load.samples import Sample
from tests.load.site import DAYS, Site
from tests.load.wrk import WrongAnswers

CLIENTS = 8
AHEAD = 6
"""Months that begin today and on the days after it, up to so many days longer: as many as fit before the last day."""
_FIRST = datetime(2160, 1, 1, tzinfo=UTC)  # in no month that is asked for: the answers stay as large as they were
_HALF_HOUR = timedelta(minutes=30)


@dataclass(slots=True)
class Changes:
    """Takes time of staff members, by the statements with which the service hears `claims.changed`."""

    _uow: UnitOfWork
    _business_id: UUID
    _numbers: "count[int]" = field(default_factory=count)

    async def take(self, staff: Sequence[str]) -> None:
        """One more half hour of each."""
        async with self._uow.across_businesses() as tx:
            await copy_claims(tx, [self._claim(UUID(one), next(self._numbers)) for one in staff])

    def _claim(self, staff_id: UUID, number: int) -> ClaimsChanged:
        start = _FIRST + number * _HALF_HOUR
        taken = ClaimDetails(bookable_id=BookableId(staff_id), start=start, end=start + _HALF_HOUR)
        return ClaimsChanged(
            business_id=BusinessId(self._business_id), revision=1, owner_id=OwnerId(uuid7()), claims=[taken]
        )


@asynccontextmanager
async def changes(site: Site) -> AsyncGenerator[Changes]:
    """To availability's database, past the queue: what is measured waits for nobody."""
    engine = create_engine(ours(site.product.database_url("availability")), name="bench", pool_size=1)
    try:
        yield Changes(UnitOfWork(engine), site.business_id)
    finally:
        await engine.dispose()


class Month(Protocol):
    """The URL of a month of a service, so many days after today: of one staff member or anybody."""

    def __call__(
        self, base: str, staff: str | None = None, *, start: int = 0, days: int = DAYS, service: str | None = None
    ) -> str: ...


@dataclass(slots=True)
class Cold:
    """Asks for months of slots; before each is asked again, somebody's claims have changed.

    `month`: what strangers ask; without it, what the owner does.
    """

    site: Site
    base: str
    seconds: float
    days: int = DAYS
    month: Month | None = None
    answers: int = 0

    async def any_of_many(self) -> Sample:
        """Of whoever offers the first service, after one of them was booked: each of them in turn."""
        staff = self.site.offering()
        return await self._asked([([one], self._months()) for one in staff])

    async def one_by_one(self) -> Sample:
        """Of each of those who offer the first service, after all of them were booked."""
        staff = self.site.offering()
        return await self._asked([(staff, [url for one in staff for url in self._months(one)])])

    async def of_all(self, service: str, staff: Sequence[str]) -> Sample:
        """Of anybody who offers this service, after all of them were booked; each question once, one at a time."""
        return await self._asked([(staff, [url]) for url in self._months(service=service)])

    def _months(self, staff: str | None = None, service: str | None = None) -> list[str]:
        spans = [(start, self.days + more) for start in range(AHEAD) for more in range(AHEAD - start)]
        month = self.month or self.site.month
        return [month(self.base, staff, start=start, days=days, service=service) for start, days in spans]

    async def _asked(self, turns: Sequence[tuple[Sequence[str], Sequence[str]]]) -> Sample:
        """For each turn claims of some staff members change, then every question is asked once; this alone is timed."""
        headers = {} if self.month else await self.site.headers()
        replies, wall = list[Reply](), 0.0
        asked = [(staff, [get(url, headers) for url in urls]) for staff, urls in turns]
        async with changes(self.site) as change, connections(self.base, CLIENTS) as clients:
            while wall < self.seconds:
                for staff, requests in asked:
                    await change.take(staff)
                    answered, seconds = await ask_all(clients, requests)
                    replies += answered
                    wall += seconds
        if wrong := [reply for reply in replies if reply.status != 200]:
            raise WrongAnswers(wrong[0])
        self.answers += len(replies)
        return Sample.of_times([reply.seconds for reply in replies], wall)
