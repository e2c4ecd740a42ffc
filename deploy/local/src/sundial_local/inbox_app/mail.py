"""The mail server: takes everything that is for one addressee or several, and delivers nothing."""

import time
from base64 import b64encode
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from sundial_local.inbox_app.faults import Faults
from sundial_local.inbox_app.store import Arrived, Store

TOO_BUSY = "451 4.3.0 The stand-in was asked to be out of order"
NO_SUCH_BOX = "550 5.1.1 There is no such mailbox here"
MOST_BYTES = 10 * 1024 * 1024


class Mailbox:
    """What aiosmtpd calls for every mail."""

    def __init__(self, store: Store, faults: Faults) -> None:
        self._store = store
        self._faults = faults

    async def handle_RCPT(  # noqa: N802  # by this name aiosmtpd calls it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Who may be written to: everybody, but for `nobody@…`, who has no mailbox."""
        if address.lower().startswith("nobody@"):
            return NO_SUCH_BOX
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a mail, once for each addressee of the envelope."""
        if self._faults.is_down("email"):
            return TOO_BUSY
        source = envelope.original_content or b""
        for to in envelope.rcpt_tos:
            self._store.add(_read(source, to), source)
        return "250 OK"


def server(store: Store, faults: Faults) -> SMTP:
    """One connection's worth of mail server."""
    return SMTP(Mailbox(store, faults), data_size_limit=MOST_BYTES, enable_SMTPUTF8=True)


def _read(source: bytes, to: str) -> Arrived:
    message = message_from_bytes(source, policy=policy.default)
    return Arrived(
        channel="email",
        to=to,
        subject=str(message["Subject"] or ""),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        attachments=[_attachment(part) for part in message.walk() if part.is_attachment()],
        at=now(),
    )


def now() -> str:
    """This moment, as it is shown."""
    return datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _body(message: EmailMessage, kind: str) -> str | None:
    part = message.get_body((kind,))
    return None if part is None else str(part.get_content())


def _attachment(part: EmailMessage) -> dict[str, Any]:
    content: Any = part.get_payload(decode=True)
    return {
        "name": part.get_filename() or "",
        "type": part["Content-Type"].replace("\n", ""),
        "content": b64encode(content or b"").decode(),
    }
