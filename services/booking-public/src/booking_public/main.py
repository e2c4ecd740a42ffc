"""The process: everything that it is made of is constructed here."""

from datetime import timedelta

from fastapi import FastAPI

from booking_public import jobs
from booking_public.clients import AccountsBusinesses, AvailabilityCatalogue, Businesses, Catalogue
from booking_public.clients.payments import NoPayments, Payments
from booking_public.clients.stripe import StripePayments
from booking_public.consumers import consumers
from booking_public.domain import Guards
from booking_public.jobs.payments import PaymentWork
from booking_public.queries.public_pages import PageSlugs
from booking_public.routes import booking_pages, public_pages, webhooks
from booking_public.routes import payments as payment_routes
from booking_public.settings import Settings
from booking_public.tables import CONSTRAINTS
from plumbing.auth import Keys
from plumbing.http import ServiceClient
from plumbing.kept_answers import AnswerCache
from plumbing.process import ServiceProcess
from plumbing.service_tokens import ServiceToken
from plumbing.web import serve

PURGE_EVERY = timedelta(hours=1)
HEAR_EVERY = timedelta(seconds=1)
RECONCILE_EVERY = timedelta(minutes=5)
COMPARE_EVERY = timedelta(hours=24)


def create_app(
    settings: Settings,
    *,
    keys: Keys | None = None,
    businesses: Businesses | None = None,
    catalogue: Catalogue | None = None,
    payments: Payments | None = None,
) -> FastAPI:
    """The application. Without `keys` those of accounts are read; without the others those services are asked."""
    process = ServiceProcess("booking-public", settings, constraints=CONSTRAINTS, keys=keys)
    process.consumes(consumers)
    process.every(PURGE_EVERY, jobs.purge)
    app = process.app(
        summary="What strangers reach: booking pages, captcha, deposits.",
        routers=[booking_pages.router, public_pages.router, payment_routes.router, webhooks.router],
    )
    app.state.page_slugs = PageSlugs(process.uow)
    app.state.answers = AnswerCache()
    app.state.guards = _guards(settings)
    app.state.businesses = businesses or AccountsBusinesses(
        _client(process, settings, settings.accounts_url, "accounts")
    )
    app.state.catalogue = catalogue or AvailabilityCatalogue(
        _client(process, settings, settings.availability_url, "availability")
    )
    app.state.payments = payments or _payments(settings)
    process.closes(app.state.payments.close)
    _work_on(process, PaymentWork(app.state.payments))
    return app


def main() -> None:
    """The console script."""
    settings = Settings.load()
    serve(create_app(settings), settings)


def _guards(settings: Settings) -> Guards:
    """What is switched on: each needs its secret too."""
    return Guards(
        captcha_site_key=settings.hcaptcha_site_key if settings.hcaptcha_secret else None,
        payments_publishable_key=settings.stripe_publishable_key if settings.stripe_secret_key else None,
    )


def _payments(settings: Settings) -> Payments:
    if settings.stripe_secret_key is None:
        return NoPayments()
    return StripePayments(
        settings.stripe_secret_key.get_secret_value(),
        [secret.get_secret_value() for secret in settings.stripe_webhook_secrets],
        api_base=settings.stripe_api_base,
    )


def _work_on(process: ServiceProcess, work: PaymentWork) -> None:
    process.every(HEAR_EVERY, work.events)
    process.every(RECONCILE_EVERY, work.reconcile)
    process.every(COMPARE_EVERY, work.compare)
    process.every(PURGE_EVERY, work.forget)


def _client(process: ServiceProcess, settings: Settings, url: str, service: str) -> ServiceClient:
    token = ServiceToken(settings.service_private_key.get_secret_value(), audience=service)
    client = ServiceClient(url, token)
    process.closes(client.close)
    return client
