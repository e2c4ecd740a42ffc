"""The inbox: a mail server and Twilio's API that deliver nothing, and a page with all that was sent."""

from collections.abc import Mapping
from pathlib import Path

from sundial_local.ports import LOOPBACK
from sundial_local.stand_in import StandIn


class Server(StandIn):
    """The inbox on `port`, its mail server on `smtp_port`, with its state in `directory`."""

    def __init__(self, directory: Path, port: int, smtp_port: int) -> None:
        self.smtp_port = smtp_port
        environment = {"INBOX_STATE": str(directory / "inbox.sqlite"), "INBOX_SMTP_PORT": str(smtp_port)}
        super().__init__("inbox", "sundial_local.inbox_app", directory, port, environment)

    def variables(self) -> Mapping[str, str]:
        """What notifications is told, so that everything that it sends arrives here."""
        return {
            "SMTP_HOST": LOOPBACK,
            "SMTP_PORT": str(self.smtp_port),
            "SMTP_SECURITY": "none",
            "MAIL_FROM": "bookings@sundial.example",
            "TWILIO_ACCOUNT_SID": f"AC{'0' * 32}",
            "TWILIO_AUTH_TOKEN": "the stand-in takes any",
            "TWILIO_SMS_FROM": "+15005550006",
            "TWILIO_WHATSAPP_FROM": "+15005550006",
            "TWILIO_API_BASE": self.url,
        }
