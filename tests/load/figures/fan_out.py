"""One change on many screens: how long until the last of them is told, and what it costs."""

import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from sundial_local.ports import LOOPBACK
from sundial_local.processes import Child
from tests.e2e.owner import Owner, next_week, sign_up
from tests.load.announcing import announcing, frame_size
from tests.load.baselines import confirms, prebuilt_frame
from tests.load.commits import When, commits_noted
from tests.load.crowd import Crowd, sample_of
from tests.load.figure import Check, Comparison, Effort, Figure, Measure, Plan
from tests.load.http_client import Connection, post
from tests.load.live_process import LiveProcess
from tests.load.samples import Sample, Target
from tests.load.screens import Screens, screens
from tests.load.site import Site
from tests.load.stage import Stage
from tests.load.stalled import Stalled

MANY, MOST = 1_000, 5_000
B4, B5 = "B4", "B5"
_CHANGE, _LIMIT, _STALLED = "a change", "4 × B4 + 3 / B5", "one stalled"
_NONE_STALLED = "the same without it"


@dataclass(slots=True)
class Changes:
    """One appointment that is changed again and again, through appointments, the outbox and RabbitMQ."""

    crowd: Crowd
    owner: Owner
    base: str
    appointment: str
    committed: When
    made: int = 0

    async def tell(self, seconds: float) -> Sample:
        """From the moment that a change is committed until everybody has been told."""
        times = list[float]()
        await self.owner.renew()
        client, end = await Connection.to(self.base), time.monotonic() + seconds
        while time.monotonic() < end:
            times.append(await self._told_of_one(client))
        client.close()
        return sample_of(times)

    async def _told_of_one(self, client: Connection) -> float:
        self.made += 1
        headers = {"Authorization": f"Bearer {self.owner.token}"}
        path = f"{self.base}/api/appointments/{self.appointment}"
        await self.crowd.screens.expect(self.crowd.group)
        reply = await client.ask(post(path, {"notes": f"Change {self.made}"}, headers, method="PUT"))
        assert reply.status == HTTPStatus.OK, reply.body
        told = await self.crowd.screens.told(self.crowd.group)
        ago = time.time() - (await self.committed(self.appointment)).timestamp()
        return told - (time.monotonic() - ago)


@asynccontextmanager
async def prepare(stage: Stage, effort: Effort) -> AsyncGenerator[Plan]:
    """Two businesses with many screens each, all on one process; and as many of the limit's."""
    site = await stage.small()
    many, most = (50, 100) if effort.quick else (MANY, MOST)
    size = frame_size(site.business_id)
    async with AsyncExitStack() as opened:
        limits = [opened.enter_context(prebuilt_frame.served(stage.folder, size)) for _ in range(2)]
        shown = await opened.enter_async_context(screens())
        announce = await opened.enter_async_context(announcing(site.product.amqp_url))
        publish = await opened.enter_async_context(confirms.connected(site.product.amqp_url))
        live = LiveProcess.of(site)

        async def crowds(count: int, limit: tuple[Child, int]) -> tuple[Owner, Crowd, Crowd]:
            owner = await sign_up(site.owner.session, site.gateway)
            business = UUID(owner.business["id"])
            await shown.open(business.hex, live.calendar(business), count, token=owner.token)
            ours = Crowd(shown, business.hex, live.process, lambda: announce(business))
            return owner, ours, await _limit(opened, shown, count, *limit)

        owner, ours, limit = await crowds(many, limits[0])
        _, ours_of_most, limit_of_most = await crowds(most, limits[1])
        stalled = Stalled(ours, owner, announce, live)
        changes = await _changes(ours, owner, site, await opened.enter_async_context(commits_noted(site)))
        confirmed = list[Sample]()

        async def b5() -> Sample:
            confirmed[:] = [await publish(effort.seconds)]
            return confirmed[0]

        async def bound() -> Sample:
            return Sample(1 / (4 / limit.last[0].per_second + 3 / confirmed[0].per_second))

        async def checks() -> Sequence[Check]:
            return [await stalled.check()]

        measures: dict[str, Measure] = {
            B5: b5,
            **_measured(f"{B4}, {MANY:,}", limit, effort),
            **_measured(f"{MANY:,}", ours, effort),
            _STALLED: lambda: stalled.tell(effort.seconds),
            _NONE_STALLED: lambda: stalled.without(effort.seconds),
            _LIMIT: bound,
            _CHANGE: lambda: changes.tell(effort.seconds),
            **_measured(f"{B4}, {MOST:,}", limit_of_most, effort),
            **_measured(f"{MOST:,}", ours_of_most, effort),
        }
        yield Plan(measures, _COMPARISONS, checks=checks)


async def _limit(opened: AsyncExitStack, shown: Screens, count: int, child: Child, port: int) -> Crowd:
    """As many screens at the server that does the least, and a connection that makes it tell them."""
    url = f"http://{LOOPBACK}:{port}/"
    await shown.open(url, url, count)
    go = await Connection.to(url)
    opened.callback(go.close)
    assert child.process is not None
    return Crowd(shown, url, child.process, lambda: go.send(prebuilt_frame.GO))


async def _changes(crowd: Crowd, owner: Owner, site: Site, committed: When) -> Changes:
    staff = await owner.staff()
    booked = await owner.book(await owner.service([staff]), staff, next_week())
    return Changes(crowd, owner, site.directly("appointments"), booked.body["id"], committed)


def _measured(name: str, crowd: Crowd, effort: Effort) -> dict[str, Measure]:
    """Two samples of one measurement; the second is handed out by one that only remembers."""
    return {name: lambda: crowd.tell(effort.seconds), f"{name}, processor": crowd.processor}


_SAME = Target(1.6, at_most=True)
_COMPARISONS = (
    *(
        Comparison(f"{count:,} screens, {what}", f"{count:,}{of}", f"{B4}, {count:,}{of}", _SAME, of_times=True)
        for count in (MANY, MOST)
        for what, of in (("the last is told", ""), ("time of the processor", ", processor"))
    ),
    Comparison(
        f"{MANY:,} screens, one more reads nothing", _STALLED, _NONE_STALLED, Target(1.1, at_most=True), of_times=True
    ),
    Comparison(
        f"{MANY:,} screens, a change of an appointment", _CHANGE, _LIMIT, Target(1, at_most=True), of_times=True
    ),
)

FAN_OUT = Figure(
    "fan-out", "A change on many screens, one process, against a prebuilt frame to as many sockets", prepare
)
