"""What a document is made of: words in a language, the policy for browsers, the files of the wizard."""

import json
from pathlib import Path

import pytest

from booking_public.domain import Guards
from booking_public.schemas.documents.policy import content_security_policy, origin_of
from booking_public.schemas.documents.rendering import in_one_line
from booking_public.schemas.documents.wizard import Wizard
from booking_public.schemas.documents.words import Language
from contracts.money import Money


@pytest.mark.parametrize(
    ("tag", "amount", "currency", "written"),
    [
        ("en", 15000, "AED", "AED\u00a0150.00"),
        ("en-US", 123456, "USD", "$1,234.56"),
        ("en", 1500, "JPY", "¥1,500"),
        ("en", 1500, "KWD", "KWD\u00a01.500"),
        ("fr", 15000, "AED", "150,00\u00a0AED"),
        ("ar-AE", 15000, "AED", "\u200f150.00\u00a0د.إ.\u200f"),
        ("xx", 15000, "AED", "AED\u00a0150.00"),
        ("ar", 0, "AED", "مجاناً"),
    ],
)
def test_money_is_written_as_the_language_does(tag: str, amount: int, currency: str, written: str):
    assert Language.of(tag).money(Money(amount=amount, currency=currency)) == written


@pytest.mark.parametrize(
    ("tag", "minutes", "written"),
    [
        ("en", 45, "45 minutes"),
        ("en", 60, "1 hour"),
        ("en", 135, "2 hours and 15 minutes"),
        ("ar", 120, "ساعتان"),
        ("ar", 90, "ساعة و30 دقيقة"),
        ("de", 1440, "24 Stunden"),
    ],
)
def test_a_duration_is_written_in_words(tag: str, minutes: int, written: str):
    assert Language.of(tag).minutes(minutes) == written


@pytest.mark.parametrize(
    ("tag", "direction"),
    [("ar", "rtl"), ("he-IL", "rtl"), ("fa", "rtl"), ("en", "ltr"), ("zh-Hant-TW", "ltr"), ("xx", "ltr")],
)
def test_a_line_begins_where_its_language_does(tag: str, direction: str):
    assert Language.of(tag).direction == direction


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("ar", "ar"), ("fr, ar-EG;q=0.8", "ar"), ("en-GB,ar", "en"), (None, "en"), (";;,=", "en")],
)
def test_a_browser_is_answered_in_the_first_of_its_languages_that_we_speak(accepted: str | None, language: str):
    assert Language.asked_for(accepted).words.language == language


def sources(policy: str) -> dict[str, list[str]]:
    """The directives of a policy; each is there once."""
    directives = [part.split() for part in policy.split("; ")]
    assert len({name for name, *_ in directives}) == len(directives)
    return {name: rest for name, *rest in directives}


def test_nothing_else_than_our_own_is_loaded_when_nothing_is_switched_on():
    policy = sources(content_security_policy(Guards()))
    assert policy.pop("object-src") == policy.pop("base-uri") == ["'none'"]
    assert all(rest == ["'self'"] for rest in policy.values())
    assert {"default-src", "script-src", "frame-ancestors"} <= policy.keys()


def test_stripe_and_hcaptcha_are_loaded_when_they_are_switched_on_only():
    stripe = sources(content_security_policy(Guards(payments_publishable_key="pk")))
    captcha = sources(content_security_policy(Guards(captcha_site_key="key")))
    assert "https://js.stripe.com" in stripe["script-src"]
    assert "https://api.stripe.com" in stripe["connect-src"]
    assert "https://hooks.stripe.com" in stripe["frame-src"]
    assert "https://*.hcaptcha.com" in captcha["script-src"]
    assert "hcaptcha" not in str(stripe)
    assert "stripe" not in str(captcha)
    both = Guards(captcha_site_key="key", payments_publishable_key="pk")
    assert set(sources(content_security_policy(both))["script-src"]) == {*stripe["script-src"], *captcha["script-src"]}


@pytest.mark.parametrize(
    "stored",
    ["https://a.example; script-src *", "*", "'unsafe-inline'", "https://a.example\r\nX: y", "https:", "data:", ""],
)
def test_what_is_no_origin_is_in_no_policy(stored: str):
    policy = content_security_policy(Guards(), embed_origins=[stored, "https://b.example"], logo_url=stored)
    assert sources(policy)["frame-ancestors"] == ["'self'", "https://b.example"]
    assert sources(policy)["script-src"] == ["'self'"]
    assert "*" not in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://cdn.example.com/a.png?b", "https://cdn.example.com"),
        ("https://cdn.example.com:8443", "https://cdn.example.com:8443"),
        ("http://cdn.example.com/a.png", ""),
        ("javascript:alert(1)", ""),
        ("https://a;b/", ""),
        ("https://[::1", ""),
        ("https://a:99999999/", ""),
    ],
)
def test_a_picture_comes_from_an_origin_of_https(address: str, origin: str):
    assert origin_of(address) == origin


def test_a_title_is_one_line_that_turns_nothing_and_ends():
    assert in_one_line(" a\n\tb\u202ec ") == "a bc"
    assert in_one_line("x" * 300, 160) == "x" * 159 + "…"


def test_the_wizard_is_its_script_what_that_imports_and_all_styles(tmp_path: Path):
    manifest = tmp_path / "manifest.json"
    chunks = {
        "booking.html": {
            "file": "assets/b.js",
            "isEntry": True,
            "imports": ["_r.js", "_s.js"],
            "css": ["assets/b.css"],
        },
        "_r.js": {"file": "assets/r.js", "imports": ["_s.js"]},
        "_s.js": {"file": "assets/s.js", "css": ["assets/s.css"], "imports": ["booking.html"]},
        "lazy.js": {"file": "assets/l.js", "isDynamicEntry": True},
        "index.html": {"file": "assets/o.js", "isEntry": True},
    }
    manifest.write_text(json.dumps(chunks))
    assert Wizard.read(manifest) == Wizard(
        script="/assets/b.js", imports=("/assets/r.js", "/assets/s.js"), styles=("/assets/b.css", "/assets/s.css")
    )
    manifest.write_text("{}")
    with pytest.raises(ValueError, match=r"has no entry booking\.html"):
        Wizard.read(manifest)
