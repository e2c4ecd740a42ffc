"""A service process as the gateway sees it: it answers with what it received."""

from dataclasses import dataclass, field

from aiohttp import web

from sundial_local.ports import LOOPBACK, free_port

CLOSES = "/close"
"""A path that ends so is answered by closing the connection, as by a process that dies meanwhile."""
IS_BUSY = "/busy"
"""… by the service's own 503."""
IS_LONG = "/long"
"""… by something worth compressing, with the ETag of a revision."""


@dataclass
class Upstream:
    """One process on a port of its own; `seen` is what reached it."""

    name: str
    port: int = field(default_factory=free_port)
    seen: list[str] = field(default_factory=list[str])
    _runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, LOOPBACK, self.port).start()

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner:
            await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.seen.append(f"{request.method} {request.raw_path}")
        if request.path.endswith(CLOSES):
            assert request.transport
            request.transport.abort()
        if request.path.endswith(IS_BUSY):
            return web.json_response({"code": "Busy"}, status=503, headers={"Retry-After": "7"})
        if request.path.endswith(IS_LONG):
            return web.json_response({"notes": "long " * 1000}, headers={"ETag": '"3"'})
        headers = {name.lower(): value for name, value in request.headers.items()}
        return web.json_response({"upstream": self.name, "path": request.raw_path, "headers": headers})
