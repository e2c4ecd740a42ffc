"""A booking page as a document: complete without a script, in its own language, and safe whatever is written in it."""

import json
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from fastapi import FastAPI

from booking_public.domain import Guards
from booking_public.schemas.documents.page import Site
from booking_public.schemas.documents.wizard import Wizard
from contracts.money import Money
from plumbing.kept_answers import AnswerCache

from ..make import Sold, Studio, a_service, a_slug

HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "\"'><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; &amp;",
    "\u202egnp.exe\u202d\u2066",
    "a\u0007\u009b\u2028b\ufffe",
    "javascript:alert(1)",
    "]]>",
    "x\r\nSet-Cookie: a=b",
]


class Document:
    """An answer, read strictly: every element closed, every attribute quoted, nothing unescaped."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self.root = ElementTree.fromstring(answer.text)

    def texts(self, tag: str) -> list[str]:
        """What the elements say, in their order."""
        return ["".join(each.itertext()).strip() for each in self.root.iter(tag)]

    def meta(self, name: str) -> str | None:
        """The content of a `<meta>`, by its name or property."""
        found = [each for each in self.root.iter("meta") if name in {each.get("name"), each.get("property")}]
        return found[0].get("content") if found else None

    def structured(self) -> Any:
        """The JSON-LD."""
        (script,) = [each for each in self.root.iter("script") if each.get("type") == "application/ld+json"]
        return json.loads(script.text or "")

    def policy(self, directive: str) -> list[str]:
        """The sources of a directive of the Content-Security-Policy."""
        parts = [part.split() for part in self.answer.headers["content-security-policy"].split(";")]
        return next(rest for name, *rest in parts if name == directive)


@pytest.fixture
def stranger(studio: Studio, new_studio: Callable[..., Studio]) -> Studio:
    """Somebody who is not signed in; `studio` stays the owner."""
    other = new_studio()
    del other.client.headers["Authorization"]
    return other


async def read(stranger: Studio, page: Any, query: str = "", **headers: str) -> Document:
    """The document of a page."""
    answer = await stranger.call("GET", f"/booking/{page['slug']}{query}", **headers)
    assert answer.status_code == 200
    return Document(answer)


async def test_a_page_can_be_read_without_a_script(studio: Studio, stranger: Studio, sold: Sold):
    cut = a_service(studio.amira.id, name="Cut", duration_minutes=90, description="Wash & cut", category="Hair")
    sold.services[studio.id].append(cut)
    page = await studio.page(title="Book", description="By the sea", policyText="Be on time")
    seen = await read(stranger, page)
    assert seen.answer.headers["content-type"] == "text/html; charset=utf-8"
    assert (seen.root.get("lang"), seen.root.get("dir")) == ("en", "ltr")
    assert seen.texts("h1") == ["Book"]
    assert seen.texts("h4") == ["Cut"]
    assert seen.texts("time") == ["1 hour", "1 hour and 30 minutes"]
    everything = " ".join(seen.texts("body"))
    for said in ("By the sea", "Be on time", "Pilates", "AED\u00a0150.00", "With Amira", "Wash & cut", "Studio"):
        assert said in everything


async def test_machines_read_what_is_offered_and_where_it_is_reserved(studio: Studio, stranger: Studio, sold: Sold):
    sold.services[studio.id] = [a_service(price=Money(amount=1_500, currency="KWD"))]
    page = await studio.page(
        title="Book", description="By\nthe sea", locale="ar-AE", theme={"logoUrl": "https://cdn.example.com/a.png"}
    )
    seen, url = await read(stranger, page), f"http://test/booking/{page['slug']}"
    (canonical,) = [each.get("href") for each in seen.root.iter("link") if each.get("rel") == "canonical"]
    assert (canonical, seen.texts("title")) == (url, ["Book · Studio"])
    assert (seen.meta("description"), seen.meta("robots")) == ("By the sea", "index, follow")
    named = ("title", "description", "url", "site_name", "locale", "image", "type")
    assert [seen.meta(f"og:{name}") for name in named] == [
        *("Book · Studio", "By the sea", url, "Studio", "ar_AE", "https://cdn.example.com/a.png", "website")
    ]
    told = seen.structured()
    assert (told["@type"], told["name"], told["url"]) == ("LocalBusiness", "Studio", url)
    (offer,) = told["makesOffer"]
    assert (offer["price"], offer["priceCurrency"], offer["itemOffered"]["name"]) == ("1.500", "KWD", "Pilates")
    assert told["potentialAction"]["@type"] == "ReserveAction"
    assert told["potentialAction"]["target"]["urlTemplate"] == url


@pytest.mark.parametrize(("locale", "direction", "word"), [("ar", "rtl", "الخدمات"), ("fr", "ltr", "Services")])
async def test_a_page_is_written_in_its_language(
    studio: Studio, stranger: Studio, locale: str, direction: str, word: str
):
    seen = await read(stranger, await studio.page(locale=locale))
    assert (seen.root.get("lang"), seen.root.get("dir")) == (locale, direction)
    (heading,) = [each for each in seen.root.iter("h2") if each.get("id") == "services"]
    assert (heading.text, heading.get("lang")) == (word, "en" if locale == "fr" else None)


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_texts_are_texts(studio: Studio, stranger: Studio, sold: Sold, text: str):
    sold.services[studio.id] = [a_service(name=text, description=text, category=text)]
    seen = await read(stranger, await studio.page(title=text, description=text, policyText=text))
    assert len(list(seen.root.iter("script"))) == 2
    assert not list(seen.root.iter("img"))
    assert not [each for each in seen.root.iter() if any(name.startswith("on") for name in each.attrib)]
    assert "49" not in "".join(seen.texts("h1"))
    (title,) = seen.texts("h1")
    unprintable = dict.fromkeys(map(ord, "\u0007\u009b\ufffe\r"))
    assert title.split() == text.translate(unprintable).split()
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", seen.texts("title")[0] + (seen.meta("description") or ""))
    told = seen.structured()["makesOffer"][0]["itemOffered"]["name"]
    assert told.translate(unprintable).split() == title.split()
    assert "set-cookie" not in seen.answer.headers


@pytest.mark.parametrize(
    "logo",
    [
        "javascript:alert(1)",
        "data:image/svg+xml,<svg/>",
        "http://a.example/a.png",
        "https://a.example;script-src/a.png",
    ],
)
async def test_a_logo_is_an_address_of_https(studio: Studio, logo: str):
    refused = await studio.call("POST", "/api/booking-pages", {"slug": a_slug(), "theme": {"logoUrl": logo}})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/theme/logoUrl")


async def test_no_other_host_is_asked_but_for_the_logo(studio: Studio, stranger: Studio):
    plain = await read(stranger, await studio.page())
    assert "https:" not in plain.answer.headers["content-security-policy"]
    assert "unsafe" not in plain.answer.headers["content-security-policy"]
    assert not [each for each in plain.root.iter() if each.get("style")]
    page = await studio.page(theme={"logoUrl": "https://CDN.example.com:8443/a.png?b=1"})
    seen = await read(stranger, page)
    assert seen.policy("img-src") == ["'self'", "https://cdn.example.com:8443"]
    assert seen.policy("script-src") == seen.policy("connect-src") == ["'self'"]
    (picture,) = seen.root.iter("img")
    assert picture.get("referrerpolicy") == "no-referrer"


async def test_the_sites_that_may_show_it_are_named_and_a_change_is_no_304(studio: Studio, stranger: Studio):
    page = await studio.page()
    seen = await read(stranger, page)
    assert seen.policy("frame-ancestors") == ["'self'"]
    sites = ["https://WWW.example.com:443/", "http://127.0.0.1:5000"]
    await studio.must("PUT", f"/api/booking-pages/{page['id']}", {"embedOrigins": sites})
    again = await read(stranger, page, If_None_Match=seen.answer.headers["etag"])
    assert again.policy("frame-ancestors") == ["'self'", "http://127.0.0.1:5000", "https://www.example.com"]


async def test_who_has_it_already_is_told_so(studio: Studio, stranger: Studio, statements: list[str]):
    page = await studio.page()
    for rest in ("", "?embed=1", "/theme.css"):
        first = await stranger.call("GET", f"/booking/{page['slug']}{rest}")
        assert first.headers["cache-control"] == "no-cache"
        statements.clear()
        again = await stranger.call("GET", f"/booking/{page['slug']}{rest}", If_None_Match=first.headers["etag"])
        assert (again.status_code, again.content, statements) == (304, b"", [])
        await studio.must(
            "PUT", f"/api/booking-pages/{page['id']}", {"title": rest or "T", "theme": {"radius": len(rest)}}
        )
        changed = await stranger.call("GET", f"/booking/{page['slug']}{rest}", If_None_Match=first.headers["etag"])
        assert changed.status_code == 200


@pytest.mark.parametrize(("query", "bare"), [("1", True), ("inline", True), ("popup", True), ("", False), ("x", False)])
async def test_in_a_frame_the_site_around_it_has_the_header(studio: Studio, stranger: Studio, query: str, bare: bool):
    seen = await read(stranger, await studio.page(), f"?embed={query}")
    assert bool(list(seen.root.iter("header"))) is not bare
    assert (seen.meta("robots") == "noindex") is bare


async def test_a_former_slug_leads_to_the_present_one(studio: Studio, stranger: Studio):
    page = await studio.page()
    later = await studio.must("PUT", f"/api/booking-pages/{page['id']}", {"slug": a_slug()})
    for asked, query in ((page["slug"], "?embed=1&service=x"), (later["slug"] + "/", "")):
        moved = await stranger.call("GET", f"/booking/{asked}{query}")
        assert (moved.status_code, moved.headers["location"]) == (301, f"/booking/{later['slug']}{query}")
        assert moved.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_a_page_that_is_off_says_so_in_its_language_and_where_it_is_shown(
    studio: Studio, stranger: Studio, language: str
):
    page = await studio.page(active=False, locale=language, embedOrigins=["https://www.example.com"])
    answer = await stranger.call("GET", f"/booking/{page['slug']}", Accept_Language="fr")
    seen = Document(answer)
    assert (answer.status_code, seen.root.get("lang"), seen.meta("robots")) == (404, language, "noindex")
    assert seen.texts("h1") == [
        "صفحة الحجز هذه متوقفة حالياً." if language == "ar" else "This booking page is switched off."
    ]
    assert seen.policy("frame-ancestors") == ["'self'", "https://www.example.com"]
    api = await stranger.call("GET", f"/api/public/booking/{page['slug']}")
    assert (api.status_code, api.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    "slug", ["nobody-is-here", "a", "A" * 10, "%00abc", "page'--", "%3Cscript%3E", "x" * 300, "manage"]
)
@pytest.mark.parametrize(("accepted", "language"), [("ar-AE,en;q=0.5", "ar"), ("de", "en"), ("*;q=x,,-", "en")])
async def test_an_address_that_is_nobodys_says_so(stranger: Studio, slug: str, accepted: str, language: str):
    answer = await stranger.call("GET", f"/booking/{slug}", Accept_Language=accepted)
    assert (answer.status_code, answer.headers["vary"]) == (404, "Accept-Language")
    seen = Document(answer)
    assert (seen.root.get("lang"), seen.policy("frame-ancestors")) == (language, ["'self'"])


async def test_without_the_wizard_a_page_says_how_to_book(
    new_studio: Callable[..., Studio], stranger: Studio, app: FastAPI
):
    studio = new_studio(contact_email="a+b&c@example.com", contact_phone="+971501234567")
    alone = await read(stranger, await studio.page())
    links = [each.get("href") for each in alone.root.iter("a")]
    assert links == ["tel:+971501234567", "mailto:a+b%26c@example.com"]
    without = app.state.site
    wizard = Wizard(script="/assets/b.js", imports=("/assets/r.js",), styles=("/assets/b.css",))
    app.state.site = Site("http://test", Guards(), wizard)
    seen = await read(stranger, await studio.page())
    app.state.site = without
    assert not list(seen.root.iter("a"))
    (module,) = [each.get("src") for each in seen.root.iter("script") if each.get("type") == "module"]
    loaded = [each.get("href") for each in seen.root.iter("link")]
    assert (module, loaded[-2:]) == ("/assets/b.js", ["/assets/b.css", "/assets/r.js"])
    (root,) = [each for each in seen.root.iter("div") if each.get("id") == "root"]
    assert "Pilates" in "".join(root.itertext())


async def test_colours_and_corners_are_a_stylesheet(studio: Studio, stranger: Studio):
    page = await studio.page(theme={"accent": "#1D4ED8", "radius": 3})
    style = await stranger.call("GET", f"/booking/{page['slug']}/theme.css")
    assert style.headers["content-type"] == "text/css; charset=utf-8"
    assert re.findall(r"--([a-z-]+): ([^;]+);", style.text) == [
        *(("accent", "#1d4ed8"), ("on-accent", "#ffffff"), ("radius", "3px"))
    ]


@pytest.mark.parametrize(("name", "kind"), [("page.css", "text/css; charset=utf-8"), ("icon.svg", "image/svg+xml")])
async def test_what_all_pages_share_is_kept_for_good_under_its_version(
    studio: Studio, stranger: Studio, name: str, kind: str
):
    seen = await read(stranger, await studio.page())
    (address,) = [each.get("href") for each in seen.root.iter("link") if name in each.get("href", "")]
    found = await stranger.call("GET", str(address))
    assert (found.headers["content-type"], "immutable" in found.headers["cache-control"]) == (kind, True)
    assert (await stranger.call("GET", f"/booking/{name}?v=old")).headers["cache-control"] == "no-cache"


async def test_the_sitemap_has_the_pages_that_may_be_found(studio: Studio, stranger: Studio, app: FastAPI):
    app.state.answers = AnswerCache()
    shown, off, hidden, gone = [await studio.page(**more) for more in ({}, {"active": False}, {"indexed": False}, {})]
    await studio.must("DELETE", f"/api/booking-pages/{gone['id']}")
    answer = await stranger.call("GET", "/sitemap.xml")
    assert answer.headers["content-type"] == "application/xml"
    listed = [each.text for each in ElementTree.fromstring(answer.content).iter() if each.tag.endswith("}loc")]
    assert f"http://test/booking/{shown['slug']}" in listed
    assert not [each for each in (off, hidden, gone) if f"http://test/booking/{each['slug']}" in listed]
    assert (await read(stranger, hidden)).meta("robots") == "noindex"


async def test_robots_are_told_what_is_not_for_them(stranger: Studio):
    told = (await stranger.call("GET", "/robots.txt")).text
    assert {"Disallow: /api/", "Disallow: /booking/manage/", "Disallow: /dev/"} <= set(told.splitlines())
    assert told.rstrip().endswith("Sitemap: http://test/sitemap.xml")


async def test_a_page_answers_to_head_as_to_get(studio: Studio, stranger: Studio):
    page = await studio.page()
    answer = await stranger.call("HEAD", f"/booking/{page['slug']}")
    assert (answer.status_code, "content-security-policy" in answer.headers) == (200, True)
