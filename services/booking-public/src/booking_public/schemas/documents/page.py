"""A booking page in HTML: to be read without any script, and to be taken over by the wizard where there is one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from urllib.parse import quote

from markupsafe import Markup

from booking_public.domain import BookingPage, Business, Guards, text_on
from booking_public.domain.payments import deposit_due
from booking_public.queries.public_pages import Sold
from booking_public.schemas.documents.policy import content_security_policy, origin_of
from booking_public.schemas.documents.rendering import in_one_line, render
from booking_public.schemas.documents.structured import in_a_script, structured
from booking_public.schemas.documents.wizard import Wizard
from booking_public.schemas.documents.words import Language, Words
from plumbing.kept_answers import Headers

HTML = "text/html; charset=utf-8"
CSS = "text/css; charset=utf-8"
SVG = "image/svg+xml"
STYLE = render("page.css")
ICON = render("icon.svg")
"""These are the same for all pages; their address has the version, which is different as soon as one of them is."""

VERSION = blake2b(STYLE + ICON, digest_size=6).hexdigest()
DEFAULT_RADIUS = 8  # pixels
_MOST_NAMED = 4  # more staff than that are not named in a line
_SUMMARY = 160  # characters that a search result shows


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages of an installation have in common. `url`: scheme and host of the addresses in them."""

    url: str
    guards: Guards
    wizard: Wizard | None = None
    style: str = field(default=f"/booking/page.css?v={VERSION}", init=False)
    icon: str = field(default=f"/booking/icon.svg?v={VERSION}", init=False)


@dataclass(frozen=True, slots=True)
class Offered:
    """A service as the page shows it, everything in words."""

    name: str
    description: str
    price: str
    minutes: int
    duration: str
    deposit: str | None
    staff: str | None
    heading: str


def page_document(
    site: Site, page: BookingPage, business: Business, sold: Sequence[Sold], *, embedded: bool
) -> tuple[bytes, Headers]:
    """The document, and the headers that go with it. `embedded`: without what the site around it has already."""
    language, path = Language.of(page.locale), f"/booking/{page.slug}"
    url = f"{site.url}{path}"
    words = language.words
    body = render(
        "page.html",
        site=site,
        page=page,
        business=business,
        language=language,
        words=words,
        ours=_ours(language),
        embedded=embedded,
        url=url,
        path=path,
        title=_title(page, business),
        summary=_summary(page, business, words),
        robots="index, follow" if page.indexed and not embedded else "noindex",
        logo=logo_of(page),
        mail_address=quote(business.contact_email or "", safe="@+"),
        offered=_offered(sold, language),
        structured=in_a_script(structured(page, business, sold, url=url, logo=logo_of(page))),
    )
    return body, _headers(site, page)


def refusal_document(site: Site, title: str, language: Language, page: BookingPage | None) -> tuple[bytes, Headers]:
    """A document that says why there is no page; `page` is the one that is switched off."""
    words = language.words
    body = render(
        "refusal.html",
        title=title,
        words=words,
        direction=Language.of(words.language).direction,
        site=site,
        embed_origins=page.embed_origins if page else [],
        says_more=title != words.later,
    )
    return body, _headers(site, page)


def theme_style(page: BookingPage) -> bytes:
    """The colours and corners of a page, for `page.css` and for the wizard."""
    theme = page.theme
    radius = DEFAULT_RADIUS if theme.radius is None else theme.radius
    return render("theme.css", accent=theme.accent, on_accent=text_on(theme.accent), radius=radius)


def _headers(site: Site, page: BookingPage | None) -> Headers:
    policy = content_security_policy(
        site.guards,
        embed_origins=page.embed_origins if page else (),
        logo_url=logo_of(page) if page else None,
    )
    return ((b"content-security-policy", policy.encode()),)


def logo_of(page: BookingPage) -> str | None:
    """Where the logo is, if that is an address from which the page's policy lets it come."""
    address = page.theme.logo_url
    return address if address and origin_of(address) else None


def _title(page: BookingPage, business: Business) -> str:
    named = (page.title, business.name) if page.title != business.name else (page.title,)
    return " · ".join(in_one_line(name) for name in named)


def _summary(page: BookingPage, business: Business, words: Words) -> str:
    said = page.description.strip() or words.summary.format(business=business.name)
    return in_one_line(said, _SUMMARY)


def _ours(language: Language) -> Markup:
    """Attributes of an element in our own words, where the page is in a language that we do not speak."""
    return Markup("") if language.speaks_ours else Markup(f' lang="{language.words.language}" dir="ltr"')  # noqa: S704


def _offered(sold: Sequence[Sold], language: Language) -> list[tuple[str | None, list[Offered]]]:
    """By category, each where its first service is. Without any category there is no heading between."""
    categories: dict[str | None, list[Sold]] = {}
    for each in sold:
        categories.setdefault(each.service.category, []).append(each)
    return [
        (name, [_in_words(one, language, heading="h4" if name else "h3") for one in here])
        for name, here in categories.items()
    ]


def _in_words(sold: Sold, language: Language, *, heading: str) -> Offered:
    service, words = sold.service, language.words
    due = deposit_due(service.deposit, service.price)
    names = [member.name for member in sold.staff]
    return Offered(
        name=service.name,
        description=service.description.strip(),
        price=language.money(service.price),
        minutes=service.duration_minutes,
        duration=language.minutes(service.duration_minutes),
        deposit=words.deposit.format(amount=language.money(due)) if due else None,
        staff=words.with_staff.format(staff=language.names(names)) if 0 < len(names) <= _MOST_NAMED else None,
        heading=heading,
    )
