"""Field types of request bodies: bounded, strict, and free of what a database or a calendar cannot hold."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema

from contracts.wire import Instant, Wire

FIRST_YEAR = 2000
LAST_YEAR = 2199
_FIRST = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
_AFTER_THE_LAST = datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC)
_RFC3339 = re.compile(r"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)$")
_BLANK_OFFSET = re.compile(r" (?=\d\d:\d\d$)")
_DATE = re.compile(r"^\d{4}-\d\d-\d\d$")
_TIME = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")


class Body(Wire):
    """A request body: unknown fields are refused, so a typo is never silently lost."""


def _no_nul(value: str) -> str:
    if "\x00" in value:
        raise ValueError("must not contain the character U+0000")
    return value


def _rfc3339(value: Any) -> Any:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _RFC3339.match(value):
        raise ValueError("must be an RFC 3339 instant with an offset, such as 2026-11-24T09:00:00Z")
    return value


def _with_plus(value: Any) -> Any:
    return _BLANK_OFFSET.sub("+", value) if isinstance(value, str) else value


def _in_years(value: datetime) -> datetime:
    if not _FIRST <= value < _AFTER_THE_LAST:  # compared, not converted: an offset may lead out of what Python can hold
        raise ValueError(f"must be in the years {FIRST_YEAR} to {LAST_YEAR}")
    return value.astimezone(UTC)


def _local_date(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _DATE.match(value):
        raise ValueError("must be a date such as 2026-11-24")
    return value


def _date_in_years(value: date) -> date:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"must be in the years {FIRST_YEAR} to {LAST_YEAR}")
    return value


def _local_time(value: str) -> str:
    if not _TIME.match(value):
        raise ValueError("must be a local time such as 09:00; 24:00 is the end of the day")
    return value


def _email(value: str) -> str:
    try:
        return validate_email(value.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise ValueError("is not an email address") from error


def _e164(value: str) -> str:
    try:
        number = phonenumbers.parse(value, None)
    except phonenumbers.NumberParseException as error:
        raise ValueError("must be in the international form, such as +971 50 123 4567") from error
    if not phonenumbers.is_possible_number(number):
        raise ValueError("is not a phone number")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_no_nul)]
Text = Annotated[str, StringConstraints(max_length=5000), AfterValidator(_no_nul)]
Word = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(_no_nul)]
"""A short text that may be empty."""

Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), AfterValidator(_no_nul)]
"""Why somebody did it, in a few sentences; may be empty."""

Color = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
"""`#2f855a`."""

Count = Annotated[int, Field(strict=True)]
Flag = Annotated[bool, Field(strict=True)]
When = Annotated[
    Instant,
    BeforeValidator(_rfc3339),
    AfterValidator(_in_years),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""An instant, sent with any offset, kept in UTC."""

WhenAsked = Annotated[When, BeforeValidator(_with_plus)]
"""The same in a query, where the `+` of an offset that is not written as `%2B` arrives as a space."""

LocalDate = Annotated[
    date,
    BeforeValidator(_local_date),
    AfterValidator(_date_in_years),
    WithJsonSchema({"type": "string", "format": "date"}),
]
LocalTime = Annotated[str, StringConstraints(max_length=5), AfterValidator(_local_time)]
"""`HH:MM`, or `24:00` for the end of the day."""

Email = Annotated[str, StringConstraints(min_length=3, max_length=320), AfterValidator(_email)]
"""An address, kept in lower case."""

Phone = Annotated[str, StringConstraints(min_length=3, max_length=40), AfterValidator(_e164)]
"""A number in the international form, kept as E.164."""
