"""What search engines read of a booking page: schema.org, as JSON that cannot end the element that it stands in."""

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from booking_public.domain import BookingPage, Business
from booking_public.queries.public_pages import Sold
from contracts.money import written

_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def structured(
    page: BookingPage, business: Business, sold: Sequence[Sold], *, url: str, logo: str | None
) -> dict[str, Any]:
    """The business as a schema.org LocalBusiness with what it offers on the page, and where to reserve it."""
    described = {
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        "@id": f"{url}#business",
        "name": business.name,
        "url": url,
        "description": page.description or None,
        "image": logo,
        "logo": logo,
        "telephone": business.contact_phone,
        "email": business.contact_email,
        "address": business.address,
        "currenciesAccepted": business.currency,
        "makesOffer": [_offer(each, url) for each in sold] or None,
        "potentialAction": _reserve(page, url),
    }
    return _told(described)


def in_a_script(value: Any) -> Markup:
    """JSON for the inside of `<script>`: no `</script>` and no `<!--` can be in it."""
    return Markup(json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES))  # noqa: S704


def _offer(sold: Sold, url: str) -> dict[str, Any]:
    service = sold.service
    return {
        "@type": "Offer",
        "price": written(service.price),
        "priceCurrency": service.price.currency,
        "url": url,
        "itemOffered": _told(
            {
                "@type": "Service",
                "name": service.name,
                "description": service.description or None,
                "category": service.category,
                "provider": {"@id": f"{url}#business"},
            }
        ),
    }


def _reserve(page: BookingPage, url: str) -> dict[str, Any]:
    target = {
        "@type": "EntryPoint",
        "urlTemplate": url,
        "inLanguage": page.locale,
        "actionPlatform": [f"https://schema.org/{platform}WebPlatform" for platform in ("Desktop", "Mobile")],
    }
    return {"@type": "ReserveAction", "target": target, "result": {"@type": "Reservation", "name": page.title}}


def _told(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
