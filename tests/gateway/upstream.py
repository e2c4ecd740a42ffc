"""A service process as the gateway sees it: it answers with what it received."""

import gzip
from dataclasses import dataclass, field

from aiohttp import web

from sundial_local.ports import LOOPBACK, free_port

COUNTS = "/count-"
"""A path that contains it is answered by how often this process was asked, as gzip to who reads that; 404 at `404`."""
CLOSES = "/close"
"""A path that ends so is answered by closing the connection, as by a process that dies meanwhile."""
IS_BUSY = "/busy"
"""… by the service's own 503."""
IS_LONG = "/long"
"""… by something worth compressing, with the ETag of a revision."""
HAS_A_POLICY = "/policy"
"""… by a page with a Content-Security-Policy of its own."""
POLICY = "default-src 'self'; frame-ancestors 'self' https://www.example.com"


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
        if request.path.endswith(HAS_A_POLICY):
            return web.Response(text="<p>", content_type="text/html", headers={"Content-Security-Policy": POLICY})
        if COUNTS in request.path:
            return self._counted(request)
        headers = {name.lower(): value for name, value in request.headers.items()}
        return web.json_response({"upstream": self.name, "path": request.raw_path, "headers": headers})

    def _counted(self, request: web.Request) -> web.Response:
        body, headers = f"asked {len(self.seen)}".encode(), {"ETag": f'"{len(self.seen)}"', "Cache-Control": "no-cache"}
        if request.headers.get("Accept-Encoding") == "gzip":
            headers |= {"Content-Encoding": "gzip", "ETag": f'W/"{len(self.seen)}"'}
            body = gzip.compress(body)
        status = 404 if f"{COUNTS}404" in request.path else 200
        return web.Response(status=status, body=body, headers=headers)
