"""The process: everything that it is made of is constructed here."""

from datetime import timedelta
from urllib.parse import urlsplit

from fastapi import FastAPI

from booking_public import jobs
from booking_public.clients import AccountsBusinesses, AvailabilityCatalogue, Businesses, Catalogue
from booking_public.clients.appointments import Appointments, RemoteAppointments
from booking_public.clients.captcha import Captcha, HCaptcha, HCaptchaAccount, NoCaptcha
from booking_public.clients.open_hours import AvailabilityHours, OpenHours
from booking_public.clients.payments import NoPayments, Payments
from booking_public.clients.stripe import StripePayments
from booking_public.clients.waiting import RemoteWaitingList, WaitingList
from booking_public.consumers import consumers
from booking_public.domain import Guards
from booking_public.jobs import waiting as waiting_jobs
from booking_public.jobs.bookings import BookingWork
from booking_public.jobs.codes import CodeWork
from booking_public.jobs.payments import PaymentWork
from booking_public.queries.public_pages import PageSlugs
from booking_public.routes import (
    booking_pages,
    documents,
    internal,
    manage,
    own_documents,
    public_bookings,
    public_pages,
    waiting,
    webhooks,
)
from booking_public.routes import payments as payment_routes
from booking_public.routes.guests import GuestDesk
from booking_public.schemas.documents.page import Site
from booking_public.schemas.documents.wizard import Wizard
from booking_public.settings import Settings
from booking_public.tables import CONSTRAINTS
from booking_public.use_cases.bookings.advance import Flow
from booking_public.use_cases.bookings.limits import Limits
from plumbing.auth import Keys
from plumbing.http import ServiceClient
from plumbing.kept_answers import AnswerCache
from plumbing.process import ServiceProcess
from plumbing.service_tokens import ServiceToken
from plumbing.web import serve

PURGE_EVERY = timedelta(hours=1)
PATIENCE_SECONDS = 10.0
"""appointments asks availability, waits for locks, and tries again."""

HEAR_EVERY = timedelta(seconds=1)
GO_ON_EVERY = timedelta(minutes=1)
RECONCILE_EVERY = timedelta(minutes=5)
COMPARE_EVERY = timedelta(hours=24)


def create_app(
    settings: Settings,
    *,
    keys: Keys | None = None,
    businesses: Businesses | None = None,
    catalogue: Catalogue | None = None,
    payments: Payments | None = None,
    appointments: Appointments | None = None,
    captcha: Captcha | None = None,
    open_hours: OpenHours | None = None,
    waiting_list: WaitingList | None = None,
) -> FastAPI:
    """The application. Without `keys` those of accounts are read; without the others those services are asked."""
    process = ServiceProcess("booking-public", settings, constraints=CONSTRAINTS, keys=keys)
    process.consumes(consumers)
    process.every(PURGE_EVERY, jobs.purge)
    app = process.app(
        summary="What strangers reach: booking pages, captcha, deposits.",
        routers=[
            booking_pages.router,
            public_pages.router,
            public_bookings.router,
            manage.router,
            waiting.router,
            internal.router,
            payment_routes.router,
            webhooks.router,
            own_documents.router,
            documents.router,
        ],
    )
    app.state.page_slugs = PageSlugs(process.uow)
    app.state.answers = AnswerCache()
    app.state.guards = _guards(settings)
    app.state.site = _site(settings)
    app.state.businesses = businesses or AccountsBusinesses(
        _client(process, settings, settings.accounts_url, "accounts")
    )
    app.state.catalogue = catalogue or AvailabilityCatalogue(
        _client(process, settings, settings.availability_url, "availability")
    )
    app.state.payments = payments or _payments(settings)
    process.closes(app.state.payments.close)
    hours = open_hours or AvailabilityHours(_client(process, settings, settings.availability_url, "availability"))
    remote = _client(process, settings, settings.appointments_url, "appointments", seconds=PATIENCE_SECONDS)
    there = appointments or RemoteAppointments(remote)
    app.state.waiting_list = waiting_list or RemoteWaitingList(remote)
    flow = Flow(process.uow, there, app.state.payments)
    desk = _desk(settings, flow, captcha or _captcha(settings), hours)
    process.closes(desk.captcha.close)
    app.state.guest_desk = desk
    bookings = BookingWork(desk.flow)
    process.every(GO_ON_EVERY, bookings.go_on)
    process.every(PURGE_EVERY, bookings.forget)
    process.every(PURGE_EVERY, waiting_jobs.forget)
    process.every(GO_ON_EVERY, CodeWork(desk.flow).end)
    _work_on(process, PaymentWork(app.state.payments, bookings.on_payment_state))
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
        payments_script_path=settings.stripe_script_path,
    )


def _site(settings: Settings) -> Site:
    manifest = settings.wizard_manifest
    return Site(settings.public_url, _guards(settings), Wizard.read(manifest) if manifest else None)


def _desk(settings: Settings, flow: Flow, captcha: Captcha, hours: OpenHours) -> GuestDesk:
    return GuestDesk(
        flow=flow,
        captcha=captcha,
        limits=Limits(
            contact_hour=settings.guest_attempts_per_contact,
            address_hour=settings.guest_attempts_per_network,
            page_minute=settings.guest_attempts_per_page,
            business_minute=settings.guest_attempts_per_business,
            held_by_contact=settings.guest_holds_per_contact,
            held_by_address=settings.guest_holds_per_network,
        ),
        open_hours=hours,
        held_percent=settings.guest_held_percent,
        public_url=settings.public_url,
    )


def _captcha(settings: Settings) -> Captcha:
    if settings.hcaptcha_secret is None or settings.hcaptcha_site_key is None:
        return NoCaptcha()
    return HCaptcha(
        HCaptchaAccount(
            secret=settings.hcaptcha_secret.get_secret_value(),
            site_key=settings.hcaptcha_site_key,
            verify_url=settings.hcaptcha_verify_url,
            hosts=frozenset(urlsplit(origin).hostname or "" for origin in settings.public_origins),
        )
    )


def _payments(settings: Settings) -> Payments:
    if settings.stripe_secret_key is None:
        return NoPayments()
    return StripePayments(
        settings.stripe_secret_key.get_secret_value(),
        settings.webhook_secrets(),
        api_base=settings.stripe_api_base,
    )


def _work_on(process: ServiceProcess, work: PaymentWork) -> None:
    process.every(HEAR_EVERY, work.events)
    process.every(RECONCILE_EVERY, work.reconcile)
    process.every(COMPARE_EVERY, work.compare)
    process.every(PURGE_EVERY, work.forget)


def _client(
    process: ServiceProcess, settings: Settings, url: str, service: str, *, seconds: float = 3.0
) -> ServiceClient:
    token = ServiceToken(settings.service_private_key.get_secret_value(), audience=service)
    client = ServiceClient(url, token, seconds=seconds)
    process.closes(client.close)
    return client
