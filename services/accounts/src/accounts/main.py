"""The process: everything that it is made of is constructed here."""

from datetime import timedelta

from fastapi import FastAPI

from accounts import jobs
from accounts.clients.passwords import Passwords
from accounts.clients.tokens import AccessTokens
from accounts.domain import SignInLimit
from accounts.routes import ROUTERS
from accounts.routes.access import Access
from accounts.routes.cookies import Cookies
from accounts.routes.own_access import OwnAccess
from accounts.settings import Settings
from accounts.tables import CONSTRAINTS
from plumbing.process import ServiceProcess
from plumbing.service_tokens import KnownKeys
from plumbing.web import serve

PURGE_EVERY = timedelta(hours=1)


def create_app(settings: Settings) -> FastAPI:
    """The application. Its own keys check its own tokens."""
    tokens = AccessTokens(settings.signing_keys.get_secret_value())
    process = ServiceProcess("accounts", settings, constraints=CONSTRAINTS, keys=KnownKeys(tokens.public_json))
    process.knows_callers_by(OwnAccess(process.uow), kept=timedelta())
    process.every(PURGE_EVERY, jobs.purge)
    app = process.app(summary="Who: users, businesses, members, sessions, API keys.", routers=ROUTERS)
    app.state.access = Access(
        passwords=_passwords(process, settings),
        tokens=tokens,
        cookies=Cookies.for_origins(settings.public_origins),
        limit=SignInLimit(settings.sign_in_failures, settings.sign_in_window),
        home=settings.public_origins[0] if settings.public_origins else "",
    )
    return app


def main() -> None:
    """The console script."""
    settings = Settings.load()
    serve(create_app(settings), settings)


def _passwords(process: ServiceProcess, settings: Settings) -> Passwords:
    passwords = Passwords(
        memory_kib=settings.password_memory_kib,
        passes=settings.password_passes,
        at_once=settings.passwords_at_once,
    )
    process.closes(passwords.close)
    return passwords
