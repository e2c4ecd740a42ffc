"""What a business wants of its messages: `notification-settings`."""

from contracts.wire import Wire
from notifications.domain.kinds import Channel, Kind

DAY = 1440


class Channels(Wire):
    """By which channels guests are told, where they left an address for it and the product is set up for it."""

    email: bool = True
    sms: bool = True
    whatsapp: bool = False


class QuietHours(Wire):
    """From when to when no reminder is sent, by the clock of the business; over midnight when `end` is not later."""

    start: str
    end: str


class Preferences(Wire):
    """What a business wants. `quietHours`: null is none. `notifyEmail`: where the business itself is told.

    Without `senderName` it is the business's name, without `replyTo` and `notifyEmail` its contact address.
    """

    channels: Channels = Channels()
    reminder_offsets_minutes: tuple[int, ...] = (DAY, 120)
    quiet_hours: QuietHours | None = QuietHours(start="21:00", end="08:00")
    sender_name: str | None = None
    reply_to: str | None = None
    notify_email: str | None = None
    muted: tuple[Kind, ...] = ()
    revision: int = 1

    def wants(self, kind: Kind, channel: Channel) -> bool:
        """Whether messages of this kind go by this channel."""
        return kind not in self.muted and bool(getattr(self.channels, channel.value))
