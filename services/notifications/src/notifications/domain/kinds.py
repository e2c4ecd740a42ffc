"""What people are told of, by which channels, and the words that a message of each kind may use."""

from enum import StrEnum


class Channel(StrEnum):
    """How somebody is told."""

    EMAIL = "email"
    SMS = "sms"
    WHATSAPP = "whatsapp"


class Audience(StrEnum):
    """Who is told: the word for them, never their address."""

    GUEST = "guest"
    """Whoever comes."""
    CONTACT = "contact"
    """The business, at the address that it named."""
    STAFF = "staff"
    """Whoever gives the service."""
    INVITED = "invited"
    """Somebody who is to become a member."""


class Kind(StrEnum):
    """What a message is about."""

    BOOKED = "booked"
    CONFIRMED = "confirmed"
    RESCHEDULED = "rescheduled"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REMINDER = "reminder"
    DEPOSIT_PAID = "depositPaid"
    DEPOSIT_FAILED = "depositFailed"
    DEPOSIT_REFUNDED = "depositRefunded"
    WAITING_LIST_OFFER = "waitingListOffer"
    VERIFICATION_CODE = "verificationCode"
    INVITATION = "invitation"
    STAFF_BOOKED = "staffBooked"
    STAFF_RESCHEDULED = "staffRescheduled"
    STAFF_CANCELLED = "staffCancelled"
    STAFF_PAYMENT_FAILED = "staffPaymentFailed"
    WEBHOOK_OFF = "webhookOff"


LIVE_KINDS = frozenset(
    {
        *(Kind.BOOKED, Kind.CONFIRMED, Kind.RESCHEDULED, Kind.REMINDER, Kind.WAITING_LIST_OFFER),
        *(Kind.STAFF_BOOKED, Kind.STAFF_RESCHEDULED),
    }
)
"""True only of an appointment that will take place, at the time that was told."""

ENDED_KINDS = frozenset({Kind.CANCELLED, Kind.EXPIRED, Kind.STAFF_CANCELLED})
"""True only of one that will not."""

SECRET_KINDS = frozenset({Kind.VERIFICATION_CODE, Kind.INVITATION})
"""What is said in them is for whoever gets them alone: it is not kept, and nobody else is shown it."""

_TEXT = frozenset({Channel.EMAIL, Channel.SMS, Channel.WHATSAPP})
_MAIL = frozenset({Channel.EMAIL})

CHANNELS = {
    Kind.BOOKED: _TEXT,
    Kind.CONFIRMED: _TEXT,
    Kind.RESCHEDULED: _TEXT,
    Kind.CANCELLED: _TEXT,
    Kind.EXPIRED: _MAIL,
    Kind.REMINDER: _TEXT,
    Kind.DEPOSIT_PAID: _MAIL,
    Kind.DEPOSIT_FAILED: _MAIL,
    Kind.DEPOSIT_REFUNDED: _MAIL,
    Kind.WAITING_LIST_OFFER: _TEXT,
    Kind.VERIFICATION_CODE: _MAIL,
    Kind.INVITATION: _MAIL,
    Kind.STAFF_BOOKED: _MAIL,
    Kind.STAFF_RESCHEDULED: _MAIL,
    Kind.STAFF_CANCELLED: _MAIL,
    Kind.STAFF_PAYMENT_FAILED: _MAIL,
    Kind.WEBHOOK_OFF: _MAIL,
}
"""By which channels each kind can go. Nobody pays for an SMS that nobody waits for."""

_BUSINESS = frozenset({"business_name", "business_phone", "business_email", "business_address"})
_APPOINTMENT = _BUSINESS | {
    *("customer_name", "service_name", "staff_name", "date", "time", "end_time", "timezone", "price"),
    *("details", "actions", "manage_url", "pending", "pay_until"),
}

WORDS = {
    Kind.BOOKED: _APPOINTMENT,
    Kind.CONFIRMED: _APPOINTMENT,
    Kind.RESCHEDULED: _APPOINTMENT | {"old_date", "old_time"},
    Kind.CANCELLED: _APPOINTMENT | {"reason"},
    Kind.EXPIRED: _APPOINTMENT,
    Kind.REMINDER: _APPOINTMENT,
    Kind.DEPOSIT_PAID: _APPOINTMENT | {"amount"},
    Kind.DEPOSIT_FAILED: _APPOINTMENT | {"amount"},
    Kind.DEPOSIT_REFUNDED: _APPOINTMENT | {"amount"},
    Kind.WAITING_LIST_OFFER: _APPOINTMENT | {"valid_until"},
    Kind.VERIFICATION_CODE: _BUSINESS | {"code", "valid_until"},
    Kind.INVITATION: _BUSINESS | {"role", "accept_url", "actions", "valid_until"},
    Kind.STAFF_BOOKED: _APPOINTMENT | {"customer_email", "customer_phone", "notes"},
    Kind.STAFF_RESCHEDULED: _APPOINTMENT | {"customer_email", "customer_phone", "notes", "old_date", "old_time"},
    Kind.STAFF_CANCELLED: _APPOINTMENT | {"customer_email", "customer_phone", "reason"},
    Kind.STAFF_PAYMENT_FAILED: _APPOINTMENT | {"customer_email", "customer_phone", "amount", "reason"},
    Kind.WEBHOOK_OFF: _BUSINESS | {"endpoint"},
}
"""The words that a template of each kind may use. `details` and `actions` are several, laid out for the channel."""

LOCALES = ("en", "ar")
"""The languages that templates come in; others get the first."""


def locale_of(tag: str | None) -> str:
    """The language of the templates for a language tag such as `ar-AE`."""
    language = (tag or "").split("-")[0].lower()
    return language if language in LOCALES else LOCALES[0]
