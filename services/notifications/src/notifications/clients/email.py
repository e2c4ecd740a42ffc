"""Email by SMTP: headers that the library builds, one addressee, text, page and calendar entry."""

import asyncio
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from typing import Any, override

from aiosmtplib import SMTP, SMTPException, SMTPRecipientsRefused, SMTPResponse, SMTPResponseException

from notifications.clients.channels import Leaves, Outgoing
from notifications.domain.deliveries import NotDelivered, Receipt, Refused, Unanswered
from plumbing.clock import utc_now

_SECONDS = 20.0
"""So long each answer may take."""

_IN_ALL_SECONDS = 40.0
"""Well within the lease of a message (notifications.domain.messages.LEASE): nobody else sends it meanwhile."""

_GOODBYE_SECONDS = 2.0

_FOR_GOOD = range(500, 600)
_OF_THE_SESSION = frozenset({502, 503, 504, 530, 534, 535, 538})
"""Refusals that say something about how we are set up, and nothing about the message."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over. `tls`: from the first byte; `starttls`: refused when it cannot be begun."""

    host: str
    port: int
    mail_from: str
    tls: bool = False
    starttls: bool = True
    username: str | None = None
    password: str | None = None


class SmtpEmail:
    """A mail server: one connection a message, so that none of them waits for, or fails with, another."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._context = ssl.create_default_context()

    async def send(self, message: Outgoing, leaves: Leaves) -> Receipt:
        """Hand it over: it leaves with its text. Raises Refused and Unanswered."""
        letter = letter_of(message, self._server.mail_from, at=utc_now())
        connection = self._connection(leaves)
        try:
            async with asyncio.timeout(_IN_ALL_SECONDS):
                await connection.connect()
                _, said = await connection.send_message(letter, sender=self._server.mail_from, recipients=[message.to])
        except (SMTPException, OSError, TimeoutError) as error:
            await _say_goodbye(connection)
            raise _meaning(error) from error
        else:
            await _say_goodbye(connection)
            return Receipt(str(letter["Message-ID"]), said)
        finally:
            connection.close()

    async def close(self) -> None:
        """Nothing is kept open."""

    def _connection(self, leaves: Leaves) -> SMTP:
        server = self._server
        return _Connection(
            leaves,
            hostname=server.host,
            port=server.port,
            use_tls=server.tls,
            start_tls=server.starttls and not server.tls,
            tls_context=self._context if server.tls or server.starttls else None,
            username=server.username,
            password=server.password,
            timeout=_SECONDS,
        )


class _Connection(SMTP):
    """One for one letter, which leaves with the command before its text."""

    def __init__(self, leaves: Leaves, **more: Any) -> None:
        super().__init__(**more)
        self._leaves = leaves

    @override
    async def data(self, message: str | bytes, /, **more: Any) -> SMTPResponse:
        """Hand over the text."""
        self._leaves()
        return await super().data(message, **more)


async def _say_goodbye(connection: SMTP) -> None:
    """However it is answered, and if it is not: what was said of the letter counts."""
    with suppress(SMTPException, OSError, TimeoutError):
        async with asyncio.timeout(_GOODBYE_SECONDS):
            await connection.quit()


def letter_of(message: Outgoing, mail_from: str, *, at: datetime) -> EmailMessage:
    """The mail. ValueError for an address or a subject that could end a header: none is put together by hand."""
    made = EmailMessage(policy=SMTP_POLICY)
    made["From"] = Address(display_name=message.sender_name or "", addr_spec=mail_from)
    made["To"] = Address(addr_spec=message.to)
    if message.reply_to:
        made["Reply-To"] = Address(addr_spec=message.reply_to)
    made["Subject"] = message.subject or ""
    made["Date"] = format_datetime(at)
    made["Message-ID"] = f"<{message.id}@{mail_from.rpartition('@')[2]}>"
    made["Content-Language"] = message.locale
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(message.text)
    if message.html:
        made.add_alternative(message.html, subtype="html")
    if message.invite:
        _attach(made, message)
    return made


def _attach(letter: EmailMessage, message: Outgoing) -> None:
    """For mail programs that know calendars as one more way to show the mail; for all others as a file."""
    invite = message.invite
    if invite is None:
        return
    text = invite.content.decode()
    letter.add_alternative(text, subtype="calendar", params={"method": invite.method})
    letter.add_attachment(text, subtype="calendar", filename="appointment.ics", params={"method": invite.method})


def _meaning(error: Exception) -> NotDelivered:
    if isinstance(error, SMTPRecipientsRefused):
        return _meaning(error.recipients[0]) if error.recipients else Refused("refused")
    if not isinstance(error, SMTPResponseException):
        return Unanswered("noAnswer", type(error).__name__)
    said = f"{error.code} {error.message}"
    if error.code in _FOR_GOOD and error.code not in _OF_THE_SESSION:
        return Refused("refused", said)
    return Unanswered("notNow", said)
