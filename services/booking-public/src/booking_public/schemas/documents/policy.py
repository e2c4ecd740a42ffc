"""What a browser may load for a booking page and who may show it: its Content-Security-Policy."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from booking_public.domain import Guards

_STRIPE = {
    "script-src": ("https://js.stripe.com", "https://*.js.stripe.com"),
    "frame-src": ("https://js.stripe.com", "https://*.js.stripe.com", "https://hooks.stripe.com"),
    "connect-src": ("https://api.stripe.com",),
}
"""Stripe.js as Stripe documents it; none of its other hosts are needed for cards and wallets."""

_HCAPTCHA = dict.fromkeys(
    ("script-src", "frame-src", "style-src", "connect-src"), ("https://hcaptcha.com", "https://*.hcaptcha.com")
)
_SOURCE = re.compile(r"https?://(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?", re.ASCII)


def content_security_policy(guards: Guards, *, embed_origins: Sequence[str] = (), logo_url: str | None = None) -> str:
    """The header's value. Nothing inline runs or styles, and no other host is asked but for what is switched on."""
    more: dict[str, list[str]] = {}
    for is_on, sources in ((guards.payments, _STRIPE), (guards.captcha, _HCAPTCHA)):
        for directive, hosts in sources.items() if is_on else ():
            more.setdefault(directive, []).extend(hosts)
    more["img-src"] = [origin_of(logo_url)] if logo_url else []
    more["frame-ancestors"] = list(embed_origins)
    own = ("script-src", "style-src", "img-src", "connect-src", "frame-src", "frame-ancestors")
    directives = [f"{name} {' '.join(["'self'", *_plain(more.get(name, []))])}" for name in own]
    return "; ".join(["default-src 'self'", *directives, "object-src 'none'", "base-uri 'none'", "form-action 'self'"])


def origin_of(address: str) -> str:
    """Scheme, host and port of an address of https; empty for what is none."""
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    found = f"{parts.scheme}://{(parts.hostname or '').lower()}{port}"
    return found if parts.scheme == "https" and _SOURCE.fullmatch(found) else ""


def _plain(sources: Sequence[str]) -> list[str]:
    """Only what cannot end its directive, whatever was stored."""
    return [source for source in sources if _SOURCE.fullmatch(source)]
