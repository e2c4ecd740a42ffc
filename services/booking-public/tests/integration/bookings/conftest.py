"""An application for guests: appointments from memory, and hCaptcha's verification on this machine."""

from collections.abc import AsyncGenerator, Callable, Generator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from fastapi import FastAPI
from structlog.testing import capture_logs

from booking_public.clients.captcha import HCaptcha, HCaptchaAccount
from booking_public.main import create_app
from plumbing import failpoints
from plumbing.failpoints import Failure
from plumbing.testing import TestKeys
from sundial_local.databases import Database

from ...desk import Booked, Hours, Stranger
from ...line import InLine
from ...make import Accounts, Sold, Studio, settings


@dataclass(slots=True)
class Verifier:
    """hCaptcha: what it answers to the next questions, and what it was asked."""

    answer: dict[str, Any] = field(default_factory=lambda: {"success": True, "hostname": "book.example.com"})
    status: int = 200
    asked: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    async def verify(self, request: web.Request) -> web.Response:
        """POST /siteverify."""
        self.asked.append({name: str(value) for name, value in (await request.post()).items()})
        return web.json_response(self.answer, status=self.status)


@pytest.fixture
async def verifier() -> AsyncGenerator[Verifier]:
    """hCaptcha, on this machine."""
    made, app = Verifier(), web.Application()
    app.router.add_post("/siteverify", made.verify)
    async with TestServer(app) as server:
        made.url = str(server.make_url("/siteverify"))
        yield made


@pytest.fixture
async def captcha(verifier: Verifier) -> AsyncGenerator[HCaptcha]:
    """The client of it."""
    account = HCaptchaAccount(
        secret="0xsecret", site_key="site", verify_url=verifier.url, hosts=frozenset({"book.example.com"})
    )
    made = HCaptcha(account)
    yield made
    await made.close()


@pytest.fixture
def failing() -> Generator[Callable[[str], None]]:
    """Fail at this place, until the test ends or another place is named; at none when it is empty.

    What is logged of it is not written: it would be most of the work.
    """

    def fail(place: str) -> None:
        failpoints.arm({place: Failure("raise")} if place else {})

    with capture_logs():
        yield fail
    fail("")


@pytest.fixture
def booked() -> Booked:
    """What is held and booked."""
    return Booked()


@pytest.fixture
def line(booked: Booked) -> InLine:
    """Who waits."""
    return InLine(booked)


@pytest.fixture
def hours() -> Hours:
    """How long staff work."""
    return Hours()


@pytest.fixture
def elsewhere(accounts: Accounts, sold: Sold, booked: Booked, hours: Hours, line: InLine) -> dict[str, Any]:
    """All other services."""
    asked = {"businesses": accounts, "catalogue": sold, "appointments": booked, "open_hours": hours}
    return {**asked, "waiting_list": line}


@pytest.fixture
async def new_app(
    database: Database, keys: TestKeys, elsewhere: dict[str, Any]
) -> AsyncGenerator[Callable[..., FastAPI]]:
    """`new_app(captcha=…, **settings)`: a process; several of them share the database."""
    made: list[FastAPI] = []

    def new(*, captcha: Any = None, payments: Any = None, **changed: Any) -> FastAPI:
        loose = {"guest_holds_per_network": 1000, "guest_attempts_per_network": 10_000, **changed}
        chosen = settings(database.app_url, keys, **loose)
        made.append(create_app(chosen, keys=keys, captcha=captcha, payments=payments, **elsewhere))
        return made[-1]

    yield new
    for app in made:
        await app.state.uow.engine.dispose()


@pytest.fixture
async def stranger_of(accounts: Accounts, sold: Sold, keys: TestKeys) -> AsyncGenerator[Callable[..., Any]]:
    """`await stranger_of(app, **page)`: a guest of a new page of a new business, which is `stranger.studio`."""
    made: list[Any] = []

    async def new(app: FastAPI, **page: Any) -> Stranger:
        studio = Studio(app, accounts, sold, keys)
        slug = (await studio.page(**page))["slug"]
        stranger = Stranger(app, slug, studio.pilates.id)
        made.extend([studio.client, stranger.client])
        return stranger

    yield new
    for client in made:
        await client.aclose()
