"""The application: `/v1` for the SDK, `/dev/stripe` for people, browsers and tests."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route

from sundial_local.stripe_sim.api import Api
from sundial_local.stripe_sim.controls import Controls
from sundial_local.stripe_sim.faults import Faults
from sundial_local.stripe_sim.ledger import Ledger
from sundial_local.stripe_sim.store import Store
from sundial_local.stripe_sim.webhooks import Courier, Switches

PREFIX = "/dev/stripe"
_BROWSER = Path(__file__).parent / "browser"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Whose stand-in it is."""

    state: Path
    """The file with everything that it keeps."""
    secret_key: str
    publishable_key: str
    webhook_secret: str
    webhook_url: str | None = None
    """Where events are told; nowhere without it."""


def create_app(account: Account, *, seconds: Callable[[], float] = time.time) -> Starlette:
    """The application on a file that may hold what it kept before; `seconds`: Unix time."""
    store, faults, switches = Store(account.state), Faults(), Switches()
    ledger = Ledger(store, seconds, switches.when_due)
    courier = Courier(store, switches, url=account.webhook_url, secret=account.webhook_secret, seconds=seconds)
    api = Api(ledger, faults, secret_key=account.secret_key, publishable_key=account.publishable_key)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        sending = asyncio.create_task(courier.run())
        yield
        courier.stop()
        await sending
        store.close()

    routes = [
        Route("/v1/{rest:path}", api.endpoint, methods=["GET", "POST", "DELETE"]),
        Route("/readyz", _ready),
        Route(PREFIX, _file("index.html")),
        Route(f"{PREFIX}/", _file("index.html")),
        *(Route(f"{PREFIX}/{name}", _file(name)) for name in ("v3.js", "page.js", "page.css")),
        Mount(PREFIX, routes=Controls(ledger, faults, switches, courier).routes()),
    ]
    return Starlette(routes=routes, lifespan=lifespan)


async def _ready(_: Request) -> Response:
    return JSONResponse({"status": "ok"})


def _file(name: str) -> Callable[[Request], Response]:
    def endpoint(_: Request) -> Response:
        return FileResponse(_BROWSER / name, headers={"Cache-Control": "no-cache"})

    return endpoint
