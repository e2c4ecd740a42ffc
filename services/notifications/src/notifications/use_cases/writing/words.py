"""Dates, times and money as people write them, in their language and in the zone of the appointment."""

import re
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_name
from babel.numbers import format_currency

from contracts.money import Money, exponent

_BEFORE_HALF_OF_DAY = re.compile(r"(?<=\d) (?=(?:AM|PM|ص|م)\b)")
_NO_BREAK = "\xa0"
_LEFT_TO_RIGHT, _END = "\u2066", "\u2069"
_LATIN = "latn"
"""The digits of numbers, in Arabic too: in the Gulf both are read, and a phone number or a code has these."""


def date_in_words(instant: datetime, zone: str, locale: str) -> str:
    """`Tuesday, 24 November 2026`; `الثلاثاء، 24 نوفمبر 2026`."""
    wall = instant.astimezone(ZoneInfo(zone))
    form = "EEEE, d MMMM y" if _language(locale) == "en" else "EEEE، d MMMM y"
    return format_date(wall.date(), form, locale=_language(locale))


def time_in_words(instant: datetime, zone: str, locale: str) -> str:
    """`9:30 AM`; `9:30 ص`."""
    wall = instant.astimezone(ZoneInfo(zone))
    return format_time(wall, "h:mm a", tzinfo=wall.tzinfo, locale=_language(locale)).replace("\u202f", " ")


def moment_in_words(instant: datetime, zone: str, locale: str) -> str:
    """Both: `Tuesday, 24 November 2026, 9:30 AM`."""
    comma = ", " if _language(locale) == "en" else "، "
    return f"{date_in_words(instant, zone, locale)}{comma}{time_in_words(instant, zone, locale)}"


def span_in_words(start: datetime, end: datetime, zone: str, locale: str) -> str:
    """`9:30 AM – 10:30 AM`, with the date of an end on another day; isolated, so that no script turns it around."""
    ends = time_in_words(end, zone, locale)
    if end.astimezone(ZoneInfo(zone)).date() != start.astimezone(ZoneInfo(zone)).date():
        ends = moment_in_words(end, zone, locale)
    return f"{time_in_words(start, zone, locale)} – {ends}"


def zone_in_words(instant: datetime, zone: str, locale: str) -> str:
    """`Gulf Standard Time, GMT+4`: a name for people, and the distance for programs and for whoever is far away."""
    wall = instant.astimezone(ZoneInfo(zone))
    named = get_timezone_name(wall, width="long", locale=_language(locale))
    return f"{named} ({_offset(wall.utcoffset() or timedelta())})"


def money_in_words(money: Money, locale: str) -> str:
    """`AED 150.00`; `150.00 د.إ.`."""
    amount = Decimal(money.amount).scaleb(-exponent(money.currency))
    decimals = "0" * exponent(money.currency)
    number = f"#,##0.{decimals}" if decimals else "#,##0"
    form = f"¤¤ {number}" if _language(locale) == "en" else f"{number} ¤"
    written = format_currency(
        amount, money.currency, form, locale=_language(locale), currency_digits=False, numbering_system=_LATIN
    )
    return written.replace("\u200f", "").replace("\xa0", " ").strip()


def on_one_line(text: str) -> str:
    """The same, with each time on one line; for HTML only, as an SMS with this space in it costs as much as two."""
    return _BEFORE_HALF_OF_DAY.sub(_NO_BREAK, text)


def phone_in_text(phone: str, locale: str) -> str:
    """The number, in plain text of a language that would turn its groups around."""
    return f"{_LEFT_TO_RIGHT}{phone}{_END}" if phone and _language(locale) == "ar" else phone


def _offset(distance: timedelta) -> str:
    minutes = int(distance.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"GMT{sign}{hours}" + (f":{rest:02}" if rest else "")


def _language(locale: str) -> str:
    return Locale.parse(locale).language
