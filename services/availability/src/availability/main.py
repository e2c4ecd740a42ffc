"""The process: everything that it is made of is constructed here."""

from datetime import timedelta

from fastapi import FastAPI
from starlette.middleware import Middleware

from availability import jobs
from availability.clients import AccountsBusinesses, Businesses
from availability.consumers import consumers
from availability.queries.booking_pages import PageSlugs
from availability.queries.time import Catalogues
from availability.queries.time_claims import KeptClaims
from availability.queries.versions import Versions
from availability.routes import (
    alternatives,
    availability,
    closures,
    explain,
    hours,
    internal,
    internal_catalogue,
    internal_imports,
    internal_open_time,
    open_time,
    public_slots,
    resources,
    seasons,
    services,
    staff,
    time_off,
)
from availability.routes.kept import KeptAnswers
from availability.settings import Settings
from availability.tables import CONSTRAINTS
from contracts.offers import OfferRequests
from plumbing.auth import Keys
from plumbing.http import ServiceClient
from plumbing.kept_answers import AnswerCache
from plumbing.process import ServiceProcess
from plumbing.questions import Questions
from plumbing.service_tokens import ServiceToken
from plumbing.web import serve

PURGE_EVERY = timedelta(hours=1)
PUBLIC_BYTES = 160 * 1024 * 1024
"""A month is up to 60 kB, and there are many more booking pages than members who look at once."""


def create_app(settings: Settings, *, keys: Keys | None = None, businesses: Businesses | None = None) -> FastAPI:
    """The application. Without `keys` those of accounts are read; without `businesses` accounts is asked."""
    process = ServiceProcess("availability", settings, constraints=CONSTRAINTS, keys=keys)
    process.consumes(consumers)
    process.every(PURGE_EVERY, jobs.purge)
    app = process.app(
        summary="What could be booked: services, staff, hours, slots, offers.",
        routers=[
            services.router,
            staff.router,
            hours.router,
            closures.router,
            seasons.router,
            time_off.router,
            resources.router,
            availability.router,
            open_time.router,
            explain.router,
            internal.router,
            internal_catalogue.router,
            public_slots.router,
            alternatives.router,
            internal_imports.router,
            internal_open_time.router,
        ],
    )
    app.state.businesses = businesses or _accounts(process, settings)
    app.state.versions = Versions(process.uow)
    app.state.page_slugs = PageSlugs(process.uow)
    app.state.catalogues = Catalogues(process.uow)
    app.state.claims = KeptClaims(process.uow)
    app.state.answers = AnswerCache()
    app.state.public_answers = AnswerCache(most_bytes=PUBLIC_BYTES)
    app.user_middleware += [  # the innermost, inside the edge
        Middleware(KeptAnswers, path=availability.SLOTS),
        Middleware(public_slots.KeptPublicAnswers),
        Middleware(Questions, path=internal.OFFERS, question=OfferRequests, answer=internal.answer_offers),
    ]
    return app


def main() -> None:
    """The console script."""
    settings = Settings.load()
    serve(create_app(settings), settings)


def _accounts(process: ServiceProcess, settings: Settings) -> Businesses:
    token = ServiceToken(settings.service_private_key.get_secret_value(), audience="accounts")
    client = ServiceClient(settings.accounts_url, token)
    process.closes(client.close)
    return AccountsBusinesses(client)
