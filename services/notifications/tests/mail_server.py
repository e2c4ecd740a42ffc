"""A mail server in the test's process, which refuses what it gets, or is silent until it is told to go on."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from aiosmtpd.smtp import SMTP, Envelope, Session

type Command = Literal["MAIL", "DATA"]


@dataclass(slots=True)
class MailServer:
    """Answers to a mail what it `says`. `got` are the addressees of all that came whole.

    From `stops_at` on it is silent until `gate` is open; `asked` is set once somebody waits.
    """

    stops_at: Command | None = None
    says: str = "250 OK"
    port: int = 0
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    got: list[str] = field(default_factory=list[str])

    @property
    def settings(self) -> dict[str, Any]:
        """What a process is told that sends to it, and no SMS."""
        mail = {"smtp_host": "127.0.0.1", "smtp_port": self.port, "mail_from": "bookings@sundial.example"}
        return {**mail, "smtp_security": "none"}

    async def handle_MAIL(  # by this name aiosmtpd calls it
        self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]
    ) -> str:
        """The first word of a mail."""
        await self._stop("MAIL")
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:
        """Take a mail, whatever is heard of it."""
        self.got += envelope.rcpt_tos
        await self._stop("DATA")
        return self.says

    async def _stop(self, command: str) -> None:
        if command == self.stops_at:
            self.asked.set()
            await self.gate.wait()


@asynccontextmanager
async def mail_server(*, stops_at: Command | None = None, says: str = "250 OK") -> AsyncGenerator[MailServer]:
    """One on a port of its own."""
    made = MailServer(stops_at, says)
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(made, loop=None), "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    yield made
    made.gate.set()
    server.close()
    await server.wait_closed()
