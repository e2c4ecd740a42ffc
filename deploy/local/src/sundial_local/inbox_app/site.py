"""The application: `/dev/inbox` for people and tests, Twilio's API for the SDK, and the mail server beside it."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from sundial_local.inbox_app import mail, twilio
from sundial_local.inbox_app.faults import Faults
from sundial_local.inbox_app.store import Store
from sundial_local.ports import LOOPBACK

PREFIX = "/dev/inbox"
_BROWSER = Path(__file__).parent / "browser"
_POLICY = (
    "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: http: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Of the page, and of a mail in it, which has its styles inline and its pictures elsewhere, and never a script."""


def create_app(state: Path, *, smtp_port: int) -> Starlette:
    """The application on a file that may hold what it kept before; mail is taken on `smtp_port`."""
    store, faults = Store(state), Faults()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        loop = asyncio.get_running_loop()
        listening = await loop.create_server(partial(mail.server, store, faults), LOOPBACK, smtp_port)
        yield
        listening.close()
        store.close()

    routes = [
        Route("/readyz", _ready),
        Route(PREFIX, _file("index.html")),
        Route(f"{PREFIX}/", _file("index.html")),
        *(Route(f"{PREFIX}/{name}", _file(name)) for name in ("page.js", "page.css")),
        Route(f"{PREFIX}/messages", _list(store), methods=["GET"]),
        Route(f"{PREFIX}/messages", _clear(store), methods=["DELETE"]),
        Route(f"{PREFIX}/messages/{{number:int}}/source", _source(store), methods=["GET"]),
        Route(f"{PREFIX}/faults", _faults(faults), methods=["GET", "POST"]),
        *twilio.routes(store, faults),
    ]
    return Starlette(routes=routes, lifespan=lifespan)


async def _ready(_: Request) -> Response:
    return JSONResponse({"status": "ok"})


def _file(name: str) -> Callable[[Request], Response]:
    def endpoint(_: Request) -> Response:
        return FileResponse(_BROWSER / name, headers={"Cache-Control": "no-cache", "Content-Security-Policy": _POLICY})

    return endpoint


def _list(store: Store) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        """`{"items": [{"channel", "to", "subject", "text", "html", "attachments", "at"}]}`, the newest first."""
        to = request.query_params.get("to", "").strip() or None
        # The `+` of a number that is not written as `%2B` arrives as a space.
        if to and to.isdecimal():
            to = f"+{to}"
        return JSONResponse({"items": store.find(to)})

    return endpoint


def _clear(store: Store) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(_: Request) -> Response:
        store.clear()
        return Response(status_code=204)

    return endpoint


def _source(store: Store) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        """A mail as it was sent, as text: nothing in it is run."""
        found = store.source(request.path_params["number"])
        if found is None:
            return JSONResponse({"detail": "There is no such mail."}, 404)
        return Response(found, media_type="text/plain; charset=utf-8", headers={"X-Content-Type-Options": "nosniff"})

    return endpoint


def _faults(faults: Faults) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        """`{"down": ["email"]}`: these channels are out of order until something else is said."""
        if request.method == "POST":
            try:
                faults.set(list(json.loads(await request.body())["down"]))
            except (ValueError, KeyError, TypeError) as error:
                return JSONResponse({"detail": f'send {{"down": [...]}}: {error}'}, 400)
        return JSONResponse({"down": faults.listed()})

    return endpoint
