"""Field types of booking pages: slugs, sites, pictures, colours that can be seen."""

import re
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints

from booking_public.domain import RESERVED_SLUGS, contrast_with_white
from plumbing.schemas import Color

LEAST_CONTRAST = 3.0
"""WCAG 2.2, 1.4.11: what can be pressed must stand out from the page."""

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*[a-z0-9]", re.ASCII)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_IN_AN_ADDRESS = re.compile(r"[!-~]+", re.ASCII)
_QUOTES = re.compile(r"[\"'<>\\^`{|}]")
_USUAL_PORTS = {"https": 443, "http": 80}
_LOCALE = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?", re.IGNORECASE | re.ASCII)


def _slug(value: str) -> str:
    if not _SLUG.fullmatch(value):
        raise ValueError("must be of the letters a-z, digits and hyphens, with no hyphen at its ends")
    if value in RESERVED_SLUGS:
        raise ValueError("is kept for something else")
    return value


def _origin(value: str) -> str:
    """Scheme, host and port alone: it becomes a part of a header."""
    try:
        parts = urlsplit(value.strip().lower())
        port = "" if parts.port in {None, _USUAL_PORTS.get(parts.scheme)} else f":{parts.port}"
    except ValueError as error:
        raise ValueError("is not an origin such as https://www.example.com") from error
    host = parts.hostname or ""
    if parts.path not in {"", "/"} or parts.query or parts.fragment or "@" in parts.netloc or not _HOST.fullmatch(host):
        raise ValueError("is not an origin such as https://www.example.com")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_this_machine(host)):
        raise ValueError("must begin with https://")
    return f"{parts.scheme}://{host}{port}"


def _picture(value: str) -> str:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise ValueError("is not an address of a picture") from error
    is_plain = _IN_AN_ADDRESS.fullmatch(value) and not _QUOTES.search(value)
    is_a_host = _HOST.fullmatch(parts.hostname or "")  # it becomes a part of a header
    if parts.scheme != "https" or not is_a_host or "@" in parts.netloc or not is_plain:
        raise ValueError("must be an address that begins with https://")
    return value


def _seen_on_white(value: str) -> str:
    found = contrast_with_white(value)
    if found < LEAST_CONTRAST:
        raise ValueError(f"can hardly be seen on white: the contrast is {found:.1f}, and must be {LEAST_CONTRAST:.0f}")
    return value.lower()


def _locale(tag: str) -> str:
    found = _LOCALE.fullmatch(tag)
    if found is None:
        raise ValueError("is not a language tag, such as en, ar or en-GB")
    language, script, region = found.groups(default="")
    return "-".join(filter(None, (language.lower(), script.title(), region.upper())))


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


Slug = Annotated[str, StringConstraints(min_length=3, max_length=60), AfterValidator(_slug), Field(examples=["studio"])]
"""What a page is called in its address."""

Origin = Annotated[
    str, StringConstraints(max_length=300), AfterValidator(_origin), Field(examples=["https://www.example.com"])
]
"""A site: scheme, host, and port if it is an unusual one."""

Picture = Annotated[str, StringConstraints(max_length=2000), AfterValidator(_picture)]
"""The address of a picture."""

Accent = Annotated[Color, AfterValidator(_seen_on_white)]
"""A colour that can be told from white."""

Locale = Annotated[str, StringConstraints(max_length=11), AfterValidator(_locale), Field(examples=["en", "ar-AE"])]
"""Language, script and region of BCP 47: `en`, `ar-AE`, `zh-Hant-TW`."""
