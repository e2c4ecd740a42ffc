"""The process: everything that it is made of is constructed here."""

from collections.abc import Sequence
from datetime import timedelta

from fastapi import FastAPI

from notifications import jobs
from notifications.clients.channels import Breaker, NoProvider, Provider, Way
from notifications.clients.email import MailServer, SmtpEmail
from notifications.clients.manage_links import ManageLinks, RemoteManageLinks
from notifications.clients.twilio import TwilioAccount, TwilioSms, TwilioWhatsApp
from notifications.clients.webhooks import WebhookClient
from notifications.consumers import consumers
from notifications.domain import Channel
from notifications.routes import messages, preferences, templates, webhook_deliveries, webhook_endpoints
from notifications.settings import Security, Settings
from notifications.tables import CONSTRAINTS
from notifications.use_cases.prepare import TextLimits
from notifications.use_cases.send import Sender
from notifications.use_cases.webhooks.post import Poster
from plumbing.auth import Keys
from plumbing.http import ServiceClient
from plumbing.process import ServiceProcess
from plumbing.service_tokens import ServiceToken
from plumbing.web import serve

SEND_EVERY = timedelta(seconds=1)
POST_EVERY = timedelta(seconds=1)
REMIND_EVERY = timedelta(seconds=5)
PURGE_EVERY = timedelta(hours=1)


def create_app(settings: Settings, *, keys: Keys | None = None, links: ManageLinks | None = None) -> FastAPI:
    """The application. Without `keys` those of accounts are read, without `links` booking-public is asked for them."""
    process = ServiceProcess("notifications", settings, constraints=CONSTRAINTS, keys=keys)
    process.consumes(consumers)
    sender = Sender(
        uow=process.uow,
        ways=_ways(process, settings),
        links=links or _links(process, settings),
        limits=TextLimits(frozenset(settings.sms_countries), settings.sms_per_number_and_day),
        mail_from=settings.mail_from or "nobody@localhost",
    )
    process.every(SEND_EVERY, jobs.Sending(sender).send)
    process.stops(sender.stop)
    poster = Poster(process.uow, WebhookClient(loopback=settings.webhooks_to_loopback))
    process.closes(poster.close)
    process.every(POST_EVERY, jobs.Posting(poster).post)
    process.every(REMIND_EVERY, jobs.make_reminders)
    process.every(PURGE_EVERY, jobs.purge)
    app = process.app(
        summary="Everybody concerned is told: email, SMS, reminders, webhooks.",
        routers=[
            *(preferences.router, templates.router, messages.router),
            *(webhook_endpoints.router, webhook_deliveries.router),
        ],
    )
    app.state.sender = sender
    app.state.poster = poster
    return app


def main() -> None:
    """The console script."""
    settings = Settings.load()
    serve(create_app(settings), settings)


def _links(process: ServiceProcess, settings: Settings) -> ManageLinks:
    token = ServiceToken(settings.service_private_key.get_secret_value(), audience="booking-public")
    client = ServiceClient(settings.booking_public_url, token)
    process.closes(client.close)
    return RemoteManageLinks(client)


def _ways(process: ServiceProcess, settings: Settings) -> Sequence[Way]:
    ways = [Way(channel, provider, Breaker()) for channel, provider in _providers(process, settings).items()]
    for way in ways:
        process.closes(way.provider.close)
    return ways


def _providers(process: ServiceProcess, settings: Settings) -> dict[Channel, Provider]:
    found: dict[Channel, Provider] = dict.fromkeys(Channel, NoProvider())
    if settings.smtp_host and settings.mail_from:
        found[Channel.EMAIL] = SmtpEmail(_mail_server(settings, settings.smtp_host, settings.mail_from))
    if settings.twilio_account_sid and settings.twilio_auth_token:
        token = settings.twilio_auth_token.get_secret_value()
        account = TwilioAccount(settings.twilio_account_sid, token, api_base=settings.twilio_api_base)
        process.closes(account.close)
        if settings.twilio_sms_from:
            found[Channel.SMS] = TwilioSms(account, settings.twilio_sms_from)
        if settings.twilio_whatsapp_from:
            found[Channel.WHATSAPP] = TwilioWhatsApp(account, settings.twilio_whatsapp_from)
    return found


def _mail_server(settings: Settings, host: str, mail_from: str) -> MailServer:
    return MailServer(
        host=host,
        port=settings.smtp_port,
        mail_from=mail_from,
        tls=settings.smtp_security is Security.TLS,
        starttls=settings.smtp_security is Security.STARTTLS,
        username=settings.smtp_username,
        password=settings.smtp_password.get_secret_value() if settings.smtp_password else None,
    )
