"""The process: everything that it is made of is constructed here."""

from datetime import timedelta

from fastapi import FastAPI
from starlette.middleware import Middleware

from appointments import jobs
from appointments.clients import AvailabilityOffers, AvailabilityRows, CatalogueRows, Offers
from appointments.consumers import consumers
from appointments.jobs import imports as import_jobs
from appointments.routes import (
    appointments,
    checks,
    customers,
    exports,
    feeds,
    guest_bookings,
    guest_waiting,
    imports,
    report,
    series,
    sessions,
    waiting_list,
)
from appointments.schemas import NewAppointment
from appointments.settings import Settings
from appointments.tables import CONSTRAINTS
from plumbing.auth import Keys
from plumbing.direct import Direct
from plumbing.http import ServiceClient
from plumbing.process import ServiceProcess
from plumbing.service_tokens import ServiceToken
from plumbing.web import serve

EXPIRE_EVERY = timedelta(seconds=1)
"""What has ended may be shown as taken for no longer than two seconds; the way to availability takes some of that."""

PURGE_EVERY = timedelta(hours=1)
IMPORT_EVERY = timedelta(seconds=1)
PATIENCE_SECONDS = 30.0
"""A file takes longer than a question."""


def create_app(
    settings: Settings,
    *,
    keys: Keys | None = None,
    offers: Offers | None = None,
    catalogue: CatalogueRows | None = None,
) -> FastAPI:
    """The application. Without `keys` those of accounts are read; without the other two availability is asked."""
    process = ServiceProcess("appointments", settings, constraints=CONSTRAINTS, keys=keys)
    process.consumes(consumers)
    process.every(EXPIRE_EVERY, jobs.expire)
    process.every(PURGE_EVERY, jobs.purge)
    process.every(PURGE_EVERY, import_jobs.purge)
    app = process.app(
        summary="What is booked: appointments, claims, customers.",
        routers=[
            exports.router,  # before what takes the name of a file for an id
            report.router,
            feeds.router,
            imports.router,
            appointments.router,
            checks.router,
            customers.router,
            guest_bookings.router,
            guest_waiting.router,
            series.router,
            sessions.router,
            waiting_list.router,
        ],
    )
    app.state.public_url = settings.public_origins[0].rstrip("/")
    app.state.waiting_offer = timedelta(minutes=settings.waiting_offer_minutes)
    app.state.offers = offers or AvailabilityOffers(_availability(process, settings))
    app.state.catalogue = catalogue or AvailabilityRows(_availability(process, settings, seconds=PATIENCE_SECONDS))
    process.every(IMPORT_EVERY, import_jobs.ImportWork(app.state.offers, app.state.catalogue))
    app.user_middleware.append(  # the innermost, inside the edge
        Middleware(Direct, path=appointments.PATH, body=NewAppointment, endpoint=appointments.create_directly)
    )
    return app


def main() -> None:
    """The console script."""
    settings = Settings.load()
    serve(create_app(settings), settings)


def _availability(process: ServiceProcess, settings: Settings, *, seconds: float = 3.0) -> ServiceClient:
    token = ServiceToken(settings.service_private_key.get_secret_value(), audience="availability")
    client = ServiceClient(settings.availability_url, token, seconds=seconds)
    process.closes(client.close)
    return client
