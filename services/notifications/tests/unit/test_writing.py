"""Templates and mails: what cannot be in them, and what always is."""

from dataclasses import replace
from email import message_from_bytes, policy
from uuid import uuid4

import pytest

from contracts.ids import BusinessId
from contracts.money import Money
from notifications.clients.channels import Attachment, Outgoing
from notifications.clients.email import letter_of
from notifications.domain import Channel, Kind, Template, TemplateKey
from notifications.use_cases.writing.defaults import default, default_keys
from notifications.use_cases.writing.examples import example, some_business
from notifications.use_cases.writing.grammar import filled_in, flaws_in
from notifications.use_cases.writing.letters import flaws, write
from notifications.use_cases.writing.occasion import Occasion, safe_name
from notifications.use_cases.writing.words import moment_in_words, money_in_words, span_in_words

from ..make import a_customer, an_appointment, at

BUSINESS = BusinessId(uuid4())
BOOKED = TemplateKey(Kind.BOOKED, Channel.EMAIL, "en")
WORDS = {"customer_name", "pending"}

each_default = pytest.mark.parametrize("key", default_keys(), ids=lambda key: f"{key.kind}-{key.channel}-{key.locale}")


def occasion(key: TemplateKey = BOOKED) -> Occasion:
    return example(key, some_business(BUSINESS), now=at("2026-11-20T09:00"))


def called(name: str) -> Occasion:
    """Somebody of this name books."""
    appointment = an_appointment(BUSINESS, customer=a_customer(name=name))
    return replace(occasion(), appointment=appointment)


def changed(**parts: str) -> Template:
    return default(BOOKED).model_copy(update=parts)


@each_default
def test_every_template_that_comes_with_the_product_is_whole(key: TemplateKey):
    assert flaws(default(key), occasion(key)) == []
    written = write(default(key), occasion(key))
    assert (written.html is not None) == (key.channel is Channel.EMAIL)
    assert "{{" not in written.text + (written.html or "")


@pytest.mark.parametrize("kind", Kind)
def test_arabic_is_written_from_right_to_left_and_complete(kind: Kind):
    keys = {(key.channel, key.locale) for key in default_keys() if key.kind is kind}
    assert {(channel, "ar") for channel, _ in keys} <= keys
    html = write(default(TemplateKey(kind, Channel.EMAIL, "ar")), occasion(TemplateKey(kind, Channel.EMAIL, "ar"))).html
    assert html is not None
    assert '<html lang="ar" dir="rtl"' in html
    assert "direction:ltr" not in html


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("Hello\n{{ customer_nam }}", 2, "there is no word customer_nam"),
        ("Hello\n\n{{ customer_name", 3, "unexpected end of template"),
        ("{% if pending %}", 1, "Unexpected end of template"),
        ("{% for x in 'abc' %}{{ x }}{% endfor %}", 1, "loops are not allowed"),
        ("{{ customer_name() }}", 1, "calls are not allowed"),
        ("{{ customer_name.__class__ }}", 1, "a word has no parts"),
        ("{{ customer_name['__class__'] }}", 1, "a word has no parts"),
        ("{{ 'a' * 1000000000 }}", 1, "mul is not allowed"),
        ("{{ 9 ** 9999999 }}", 1, "pow is not allowed"),
        ("{{ customer_name | attr('x') }}", 1, "there is no filter attr"),
        ("{% include 'x' %}", 1, "other templates cannot be included"),
        ("{% import 'x' as y %}", 1, "other templates cannot be imported"),
        ("{% extends 'x' %}", 1, "other templates cannot be extended"),
        ("{% set x = 1 %}", 1, "assign is not allowed"),
        ("{% macro x() %}{% endmacro %}", 1, "macro is not allowed"),
        ("{% raw %}\n{% endraw %}{{ self }}", 2, "there is no word self"),
        ("{{ " + "not " * 40 + "pending }}", 1, "nested too deeply"),
    ],
)
def test_what_could_run_for_long_or_reach_anything_is_refused_with_its_line(source: str, line: int, said: str):
    [flaw] = flaws_in(source, "text", words=WORDS)
    assert flaw.line == line
    assert said.lower() in flaw.detail.lower()


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("<mj-text>\n<script>alert(1)</script></mj-text>", 2, "<script> is not allowed"),
        ("<mj-text><img src='https://x.example' onerror='alert(1)'></mj-text>", 1, "onerror is not allowed"),
        ("<mj-text><a href='javascript:alert(1)'>x</a></mj-text>", 1, "href must begin"),
        ("<mj-text><a href='java\nscript:alert(1)'>x</a></mj-text>", 1, "href must begin"),
        ("<mj-text><a href='{{ customer_name }}'>x</a></mj-text>", 1, "href must begin"),
        ("<mj-text><a href='https://{{ customer_name }}/'>x</a></mj-text>", 1, "href must begin"),
        ("<mj-text><a href='data:text/html,x'>x</a></mj-text>", 1, "href must begin"),
        ("<mj-text><p style='background: url(https://x.example)'>x</p></mj-text>", 1, "style must not load"),
        ("<mj-include path='/etc/passwd' />", 1, "<mj-include> is not allowed"),
        ("<mj-raw><b>x</b></mj-raw>", 1, "<mj-raw> is not allowed"),
        ("<mj-text>x\n</mj-text></mj-column>", 2, "</mj-column> closes nothing"),
        ("\n<mj-text>x", 2, "<mj-text> is not closed"),
        ("<!-- x --><mj-text>x</mj-text>", 1, "comments are not allowed"),
        ("<mj-text><iframe src='https://x.example'></iframe></mj-text>", 1, "<iframe> is not allowed"),
        ("<mj-text><form></form></mj-text>", 1, "<form> is not allowed"),
    ],
)
def test_a_body_that_could_do_anything_is_refused_with_its_line(body: str, line: int, said: str):
    found = flaws(changed(body=body), occasion())
    assert found
    assert (found[0].part, found[0].line) == ("body", line)
    assert said in found[0].detail


def test_what_people_write_is_text_and_nothing_else():
    written = write(default(BOOKED), called("<b>Noor</b> & {{ code }} <script>"))
    assert written.html is not None
    assert "&lt;b&gt;Noor&lt;/b&gt; &amp; {{ code }} &lt;script&gt;" in written.html
    assert "<script>" not in written.html
    assert "<b>Noor</b> & {{ code }} <script>" in written.text


@pytest.mark.parametrize("name", ["Win money at https://evil.example", "www.evil.example", "evil.com", "see evil.co/x"])
def test_nobody_sends_their_links_to_others_in_our_mails(name: str):
    written = write(default(BOOKED), called(name))
    assert "Hello there" in written.text
    assert "evil" not in written.text + str(written.html) + str(written.subject)


@pytest.mark.parametrize("name", ["Noor", "Noor Al-Suwaidi", "نور", "Dr. Noor", "O'Hara, Noor"])
def test_everybody_else_is_called_by_their_name(name: str):
    assert safe_name(name, "en") == name


def test_a_subject_is_one_line_whatever_is_in_it():
    subject = write(changed(subject="Hi {{ customer_name }}"), called("Noor\r\nBcc: somebody")).subject
    assert subject == "Hi Noor Bcc: somebody"


def test_headers_are_built_by_the_library_and_end_where_they_do():
    message = Outgoing(
        id="0190",
        to="noor@example.com",
        text="x",
        locale="en",
        subject="Booked",
        sender_name='Studio" <x@evil.example>,',
    )
    read = message_from_bytes(bytes(letter_of(message, "bookings@example.com", at=at("2026-11-24T09:00"))))
    sent = message_from_bytes(read.as_bytes(), policy=policy.default)
    assert [each.addr_spec for each in sent["From"].addresses] == ["bookings@example.com"]
    assert [each.addr_spec for each in sent["To"].addresses] == ["noor@example.com"]
    assert (sent["Message-ID"], sent["Auto-Submitted"]) == ("<0190@example.com>", "auto-generated")


@pytest.mark.parametrize("field", ["to", "subject", "reply_to", "sender_name"])
def test_no_line_break_gets_into_a_header(field: str):
    parts = {"id": "0190", "to": "noor@example.com", "text": "x", "locale": "en", "subject": "x"}
    parts[field] = "noor@example.com\r\nBcc: evil@example.com"
    with pytest.raises(ValueError, match=r".+"):
        letter_of(Outgoing(**parts), "bookings@example.com", at=at("2026-11-24T09:00"))


def test_a_calendar_is_shown_by_programs_that_know_it_and_a_file_for_the_others():
    message = Outgoing(
        id="0190", to="noor@example.com", text="x", html="<p>x</p>", locale="en", subject="x",
        invite=Attachment(b"BEGIN:VCALENDAR\r\n", "REQUEST"),
    )  # fmt: skip
    parts = [
        (part.get_content_type(), part["Content-Type"].params.get("method"), part.get_filename())
        for part in letter_of(message, "bookings@example.com", at=at("2026-11-24T09:00")).walk()
        if not part.is_multipart()
    ]
    assert parts == [
        ("text/plain", None, None),
        ("text/html", None, None),
        ("text/calendar", "REQUEST", None),
        ("text/calendar", "REQUEST", "appointment.ics"),
    ]


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "written"),
    [
        (15_000, "AED", "en", "AED 150.00"),
        (1_500, "KWD", "en", "KWD 1.500"),
        (1_500, "JPY", "en", "JPY 1,500"),
        (15_000, "AED", "ar", "150.00 د.إ."),
        (1_234_567, "KWD", "ar", "1,234.567 د.ك."),
    ],
)
def test_money_has_the_decimals_of_its_currency(amount: int, currency: str, locale: str, written: str):
    assert money_in_words(Money(amount=amount, currency=currency), locale) == written


def test_times_are_those_of_the_zone_in_the_words_of_the_language():
    start = at("2026-11-24T05:30")
    assert moment_in_words(start, "Asia/Dubai", "en") == "Tuesday, 24 November 2026, 9:30 AM"
    assert moment_in_words(start, "Asia/Dubai", "ar") == "الثلاثاء، 24 نوفمبر 2026، 9:30 ص"
    assert span_in_words(start, at("2026-11-24T06:30"), "Asia/Dubai", "en") == "9:30 AM – 10:30 AM"
    assert span_in_words(start, at("2026-11-24T21:30"), "Asia/Dubai", "en").endswith(
        "Wednesday, 25 November 2026, 1:30 AM"
    )


def test_filters_and_conditions_are_there():
    source = "{% if pending %}{{ customer_name | upper }}{% else %}no{% endif %}"
    assert filled_in(source, {"pending": True, "customer_name": "noor"}, html=False) == "NOOR"
