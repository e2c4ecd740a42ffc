"""What a provider says, and what it means: this message never, or another time."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from notifications.clients.channels import Outgoing
from notifications.clients.email import MailServer, SmtpEmail
from notifications.clients.twilio import TwilioAccount, TwilioWhatsApp
from notifications.domain.deliveries import NotDelivered, Refused, Unanswered

from ..mail_server import mail_server

NUMBER = "+971501234567"
TEXT = Outgoing(id="1", to=NUMBER, text="Hello", locale="en")
MAIL = Outgoing(id="1", to="noor@example.com", text="Hello", locale="en", subject="Hello")


def leaves() -> None:
    """Nothing holds it back."""


@asynccontextmanager
async def twilio(status: int) -> AsyncGenerator[str]:
    """Where its API answers with this status."""

    async def answer(_: web.Request) -> web.Response:
        said = {"code": 21211, "message": f"{NUMBER} is no number", "status": status}
        return web.json_response(said, status=status)

    app = web.Application()
    app.router.add_post("/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}"
    await runner.cleanup()


async def refusal(api_base: str) -> NotDelivered:
    """What comes of a text to this address."""
    account = TwilioAccount(f"AC{'0' * 32}", "token", api_base=api_base)
    with pytest.raises(NotDelivered) as refused:
        await TwilioWhatsApp(account, NUMBER).send(TEXT, leaves)
    await account.close()
    return refused.value


@pytest.mark.parametrize(
    ("status", "meaning"),
    [(400, Refused), (404, Refused), (401, Unanswered), (403, Unanswered), (429, Unanswered), (503, Unanswered)],
)
async def test_what_is_wrong_with_us_or_with_twilio_is_not_the_message_s_end(status: int, meaning: type[NotDelivered]):
    async with twilio(status) as api_base:
        why = await refusal(api_base)
    assert (type(why), why.said) == (meaning, f"{status} 21211")


async def test_that_nobody_answers_is_not_the_message_s_end():
    why = await refusal("http://127.0.0.1:9")
    assert (type(why), why.reason) == (Unanswered, "noAnswer")


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("554 5.7.1 Not wanted", Refused),
        ("451 4.3.0 Later", Unanswered),
        ("530 5.7.0 Sign in first", Unanswered),
    ],
)
async def test_what_is_wrong_with_our_set_up_is_not_the_mail_s_end(said: str, meaning: type[NotDelivered]):
    async with mail_server(says=said) as server:
        provider = SmtpEmail(MailServer("127.0.0.1", server.port, "bookings@example.com", starttls=False))
        with pytest.raises(NotDelivered) as refused:
            await provider.send(MAIL, leaves)
    assert (type(refused.value), refused.value.said) == (meaning, said)


async def test_what_is_to_be_encrypted_and_cannot_be_is_not_sent():
    async with mail_server() as server:
        with pytest.raises(Unanswered):
            await SmtpEmail(MailServer("127.0.0.1", server.port, "bookings@example.com")).send(MAIL, leaves)
    assert server.got == []
