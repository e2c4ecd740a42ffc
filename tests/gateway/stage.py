"""A gateway with its upstreams, for a test to ask."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from sundial_local import nginx
from sundial_local.gateway import LOOSE, Limits
from sundial_local.layout import Service
from sundial_local.ports import free_port
from tests.gateway.upstream import Upstream


class Gateway:
    """nginx, and the upstreams behind it by service."""

    def __init__(self, server: nginx.Server, upstreams: Mapping[Service, Sequence[Upstream]], url: str) -> None:
        self.server = server
        self.upstreams = upstreams
        self.url = url

    def reached(self, service: Service) -> list[str]:
        """What reached the processes of a service so far."""
        return [line for upstream in self.upstreams[service] for line in upstream.seen]


@asynccontextmanager
async def gateway(
    folder: Path,
    *,
    limits: Limits = LOOSE,
    processes: Mapping[Service, int] | None = None,
    web: Path | None = None,
) -> AsyncGenerator[Gateway]:
    """Started; one process of each service unless `processes` says otherwise; with the front end `web`, if any."""
    upstreams = {
        service: [Upstream(f"{service}-{number}") for number in range((processes or {}).get(service, 1))]
        for service in Service
    }
    ports = {service: [upstream.port for upstream in each] for service, each in upstreams.items()}
    server = nginx.Server(folder, free_port(), lambda: ports, limits=limits, web=web or folder / "no-web")
    all_of_them = [upstream for each in upstreams.values() for upstream in each]
    try:
        for upstream in all_of_them:
            await upstream.start()
        server.start()
        yield Gateway(server, upstreams, server.url)
    finally:
        server.stop()
        for upstream in all_of_them:
            await upstream.stop()


async def ask(
    http: aiohttp.ClientSession, method: str, url: str, **options: Any
) -> tuple[int, Mapping[str, str], dict[str, Any]]:
    """Status, headers and JSON body of the answer."""
    async with http.request(method, url, **options) as response:
        return response.status, response.headers, await response.json(content_type=None)
