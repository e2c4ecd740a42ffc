"""Every mail in a browser, on a telephone and on a desk: whole, in its direction, in one language, and nothing open."""

import re
from collections.abc import AsyncGenerator, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from contracts.appointments import Status
from contracts.ids import BusinessId
from notifications.domain import Business, Channel, Kind, Template, TemplateKey
from notifications.use_cases.writing.defaults import default, default_keys
from notifications.use_cases.writing.examples import example, some_business
from notifications.use_cases.writing.letters import write
from notifications.use_cases.writing.occasion import Occasion
from tests.servers import run
from tests.servers.browser import Tab, opened, started

from ..make import at

NOW = at("2026-11-20T09:00")
WIDTHS = (390, 800)
MAILS = [key for key in default_keys() if key.channel is Channel.EMAIL]

_STUDIOS = {
    "en": ("Marina Wellness Studio", "Marina Tower, floor 3\nSheikh Zayed Road, Dubai"),
    "ar": ("استوديو المارينا للعافية", "برج المارينا، الطابق 3\nشارع الشيخ زايد، دبي"),
}
_NOTES = {"en": "A sore knee: please go easy on it.", "ar": "ركبتي تؤلمني، أرجو مراعاة ذلك."}
_SAID = {
    "en": ("Monday, 23 November 2026", "10:00 AM – 11:00 AM", "Gulf Standard Time (GMT+4)", "AED 150.00"),
    "ar": ("الاثنين، 23 نوفمبر 2026", "10:00 ص – 11:00 ص", "توقيت الخليج (GMT+4)", "150.00 د.إ."),
}
_OUT_OF_PLACE = {"en": re.compile(r"[\u0600-\u06ff]"), "ar": re.compile(r"[A-Za-z]{2,}")}
"""Letters of the other language."""
_OF_NO_LANGUAGE = re.compile(r"https://\S+|\S+@\S+|GMT")
_OPEN = re.compile(r"[{}]|\bNone\b|\bundefined\b|\.\.|\(\)|  ")
"""What is left of a word that was not there."""

_SEEN = """(() => {
    const parts = [...document.body.querySelectorAll('*')].filter((one) => one.innerText);
    const outside = (one) => one.left < 0 || one.right > innerWidth;
    const leaves = parts.filter((one) => !one.children.length);
    const side = ({ textAlign, direction }) =>
        textAlign === 'start' ? (direction === 'rtl' ? 'right' : 'left') : textAlign;
    const broken = (one) => one.getClientRects().length > 1;
    return {
        text: document.body.innerText,
        direction: getComputedStyle(document.body.firstElementChild).direction,
        outside: parts.map((one) => one.getBoundingClientRect()).filter(outside).length,
        wider: document.documentElement.scrollWidth - innerWidth,
        aligned: parts.filter((one) => one.matches('h1, td.label, td.value')).map((one) => side(getComputedStyle(one))),
        broken: leaves.filter((one) => one.matches('.phone, .code, a') && broken(one)).map((one) => one.innerText),
        links: [...document.links].map((one) => one.href),
    };
})()"""


@pytest.fixture(scope="module")
async def tab() -> AsyncGenerator[Tab]:
    """A browser of our own, as no server is needed beside it."""
    async with started(run.current()) as browser, opened(browser) as tab:
        yield tab


def studio(locale: str) -> Business:
    """A business of which everything is known."""
    name, address = _STUDIOS[locale]
    contact = {"contact_email": "hello@marina.example", "contact_phone": "+971 4 123 4567"}
    return replace(some_business(BusinessId(uuid4())), name=name, address=address, **contact)


def occasions(key: TemplateKey) -> Iterator[Occasion]:
    """A kind in all its ways: with and without a link, asked for, unpaid, as a series."""
    first = example(key, studio(key.locale), now=NOW)
    yield first
    yield replace(first, manage_url=None)
    made = first.appointment
    if made is not None and key.kind in {Kind.BOOKED, Kind.STAFF_BOOKED}:
        pending = made.model_copy(update={"status": Status.PENDING, "notes": _NOTES[key.locale]})
        yield replace(first, appointment=pending)
        yield replace(first, appointment=pending.model_copy(update={"expires_at": NOW + timedelta(minutes=15)}))
        yield replace(first, repeats=[made.start + timedelta(weeks=week) for week in range(1, 6)])


@pytest.mark.parametrize("key", MAILS, ids=lambda key: f"{key.kind}-{key.locale}")
async def test_a_mail_is_whole_on_every_screen_and_in_its_own_language(key: TemplateKey, tab: Tab):
    for occasion in occasions(key):
        written = write(default(key), occasion)
        assert written.html
        await tab.page.set_content(written.html)
        for width in WIDTHS:
            await tab.size(width, 600)
            seen = await tab.run(_SEEN)
            assert (seen["wider"], seen["outside"], seen["broken"]) == (0, 0, [])
        assert (seen["direction"], set(seen["aligned"])) == (
            ("rtl", {"right"}) if key.locale == "ar" else ("ltr", {"left"})
        )
        for text in (seen["text"], written.text, written.subject):
            _is_in_one_language(text, key.locale)
        _says_when_and_how_much(occasion, seen["text"], written.text)
        _leads_where_it_says(default(key), occasion, seen["links"])


def _is_in_one_language(text: Any, locale: str) -> None:
    assert not _OUT_OF_PLACE[locale].findall(_OF_NO_LANGUAGE.sub("", text)), text
    assert not _OPEN.findall(text), text


def _says_when_and_how_much(occasion: Occasion, *texts: Any) -> None:
    """In the zone and the currency of the business."""
    for text in texts if occasion.appointment else ():
        assert [part for part in _SAID[occasion.locale] if part not in text.replace("\xa0", " ")] == []


def _leads_where_it_says(template: Template, occasion: Occasion, links: list[str]) -> None:
    has_button = "{{ actions }}" in (template.body or "")
    wanted = [occasion.payload.get("acceptUrl", occasion.manage_url)] if has_button else []
    assert [link for link in links if not link.startswith("mailto:")] == [link for link in wanted if link]
