"""The process that serves live calendars, as the bench looks at it: its processor time, its memory, what it counts."""

from dataclasses import dataclass

import aiohttp
import psutil

from tests.load.site import Site


@dataclass(frozen=True, slots=True)
class LiveProcess:
    """The one of a product."""

    http: aiohttp.ClientSession
    url: str
    process: psutil.Process

    @classmethod
    def of(cls, site: Site) -> "LiveProcess":
        """It runs, and is the only one."""
        [found] = site.product.service("realtime").processes
        process = found.child.process
        assert process is not None, "realtime does not run"
        return cls(site.owner.session, site.directly("realtime"), process)

    def calendar(self, business_id: object) -> str:
        """The URL of a business's calendar."""
        return f"{self.url}/ws/calendar/{business_id}"

    async def counted(self, what: str) -> int:
        """What `/metrics` says of a number."""
        async with self.http.get(f"{self.url}/metrics") as answer:
            lines = (await answer.text()).splitlines()
        return int(sum(float(line.rpartition(" ")[2]) for line in lines if line.split("{")[0].split(" ")[0] == what))


def spent(process: psutil.Process) -> float:
    """Seconds of the processor."""
    times = process.cpu_times()
    return times.user + times.system
