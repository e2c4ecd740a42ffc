"""The few words of ours on a booking page, in the languages that we speak, and how a language writes numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from babel import Locale, UnknownLocaleError, negotiate_locale
from babel.lists import format_list
from babel.numbers import format_currency
from babel.units import format_unit

from contracts.money import Money, written


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says by itself; in braces stands what is named."""

    language: str
    summary: str
    services: str
    nothing: str
    with_staff: str
    deposit: str
    free: str
    to_book: str
    call: str
    write: str
    ask_there: str
    policy: str
    place: str
    unknown: str
    off: str
    later: str
    look_again: str


ENGLISH = Words(
    language="en",
    summary="Book your appointment with {business}.",
    services="Services",
    nothing="There is nothing to book here at the moment.",
    with_staff="With {staff}",
    deposit="Deposit {amount}",
    free="Free",
    to_book="To book",
    call="Call",
    write="Write to",
    ask_there="Please ask {business} for an appointment.",
    policy="Good to know",
    place="Where",
    unknown="There is no booking page at this address.",
    off="This booking page is switched off.",
    later="This page cannot be shown right now.",
    look_again="Please check the address, or ask the business that gave it to you.",
)

ARABIC = Words(
    language="ar",
    summary="احجز موعدك لدى {business}.",
    services="الخدمات",
    nothing="لا يوجد ما يمكن حجزه هنا حالياً.",
    with_staff="مع {staff}",
    deposit="عربون {amount}",
    free="مجاناً",
    to_book="للحجز",
    call="اتصل على",
    write="راسلنا على",
    ask_there="يرجى طلب موعد من {business} مباشرة.",
    policy="معلومات تهمك",
    place="العنوان",
    unknown="لا توجد صفحة حجز على هذا العنوان.",
    off="صفحة الحجز هذه متوقفة حالياً.",
    later="لا يمكن عرض هذه الصفحة الآن.",
    look_again="يرجى التحقق من العنوان أو سؤال الجهة التي أرسلته إليك.",
)

_SPOKEN = {words.language: words for words in (ENGLISH, ARABIC)}
_HOUR = 60  # minutes
_CODE_AT_DIGITS = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
"""Where CLDR wants a space between a currency's code and its amount (currencySpacing), and Babel puts none."""


@dataclass(frozen=True, slots=True)
class Language:
    """How a page of this language tag is written. Our own words are English where we do not speak it."""

    tag: str
    locale: Locale
    words: Words

    @classmethod
    def of(cls, tag: str) -> "Language":
        """That of a BCP 47 tag such as `ar-AE`; numbers as in English where nobody knows how it writes them."""
        try:
            locale = Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError):
            locale = Locale("en")
        return cls(tag, locale, _SPOKEN.get(locale.language, ENGLISH))

    @classmethod
    def asked_for(cls, accept_language: str | None) -> "Language":
        """The one of ours that a browser would rather have, by its `Accept-Language`; English for all else."""
        wanted = [part.partition(";")[0].strip() for part in (accept_language or "")[:200].split(",")]
        return cls.of(negotiate_locale(wanted, _SPOKEN, sep="-") or ENGLISH.language)

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Where a line begins."""
        return "rtl" if self.locale.text_direction == "rtl" else "ltr"

    @property
    def speaks_ours(self) -> bool:
        """Whether our own words are in the language of the page."""
        return self.words.language == self.tag.partition("-")[0]

    def money(self, money: Money) -> str:
        """An amount with its currency; nothing at all is free."""
        if money.amount == 0:
            return self.words.free
        amount = Decimal(written(money))
        text = format_currency(amount, money.currency, locale=self.locale, decimal_quantization=False)
        return _CODE_AT_DIGITS.sub("\u00a0", text)

    def minutes(self, minutes: int) -> str:
        """A duration in words: hours and minutes."""
        hours, rest = divmod(minutes, _HOUR)
        parts = ((hours, "hour"), (rest, "minute"))
        return self.names([format_unit(count, unit, locale=self.locale) for count, unit in parts if count])

    def names(self, names: Sequence[str]) -> str:
        """Several words as one text: with commas and an "and"."""
        return format_list(names, locale=self.locale)
