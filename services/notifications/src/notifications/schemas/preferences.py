"""What a business wants of its messages, in JSON."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator

from notifications.domain import Kind
from notifications.domain.preferences import Channels, Preferences, QuietHours
from plumbing.changes import ChangesBody, Sent
from plumbing.schemas import Body, Count, Email, Flag, LocalTime, Name

MOST_REMINDERS = 10
A_MONTH_MINUTES = 43_200


def _each_once[T](values: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


class ChannelsIn(Body):
    """By which channels guests are told; those that are not sent stay as they are."""

    email: Flag | None = None
    sms: Flag | None = None
    whatsapp: Flag | None = None


class QuietHoursIn(Body):
    """From when to when no reminder is sent, by the clock of the business."""

    start: LocalTime
    end: LocalTime

    @model_validator(mode="after")
    def _not_all_day(self) -> "QuietHoursIn":
        if "24:00" in {self.start, self.end}:
            raise ValueError("midnight is 00:00 here")
        if self.start == self.end:
            raise ValueError("must not end when they begin; send null for none")
        return self


Offset = Annotated[Count, Field(ge=5, le=A_MONTH_MINUTES)]
Offsets = Annotated[tuple[Offset, ...], Field(max_length=MOST_REMINDERS), AfterValidator(_each_once)]
Kinds = Annotated[tuple[Kind, ...], Field(max_length=len(Kind)), AfterValidator(_each_once)]


class PreferencesChanges(ChangesBody):
    """What is to be different. Null means none of `quietHours`, and the business's own of the names and addresses."""

    channels: Sent[ChannelsIn] = None
    reminder_offsets_minutes: Sent[Offsets] = None
    quiet_hours: QuietHoursIn | None = None
    sender_name: Name | None = None
    reply_to: Email | None = None
    notify_email: Email | None = None
    muted: Sent[Kinds] = None

    def applied_to(self, before: Preferences) -> dict[str, Any]:
        """The fields that were sent, as the domain has them."""
        changes = self.changes()
        if self.channels is not None:
            sent = self.channels.model_dump(by_alias=False, exclude_none=True)
            changes["channels"] = Channels(**{**before.channels.model_dump(by_alias=False), **sent})
        if self.quiet_hours is not None:
            changes["quiet_hours"] = QuietHours(start=self.quiet_hours.start, end=self.quiet_hours.end)
        return changes
