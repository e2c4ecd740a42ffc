"""The document behind a guest's own link: nothing of the guest is in it, and only the wizard can fill it."""

from booking_public.domain import BookingPage, Business
from booking_public.schemas.documents.page import Site, logo_of
from booking_public.schemas.documents.policy import content_security_policy
from booking_public.schemas.documents.rendering import in_one_line, render
from booking_public.schemas.documents.words import Language


def own_document(site: Site, page: BookingPage | None, business: Business, locale: str) -> tuple[bytes, str]:
    """The document in the language in which it was booked, and its Content-Security-Policy; no site may frame it."""
    language = Language.of(locale)
    logo = logo_of(page) if page else None
    body = render(
        "own.html",
        site=site,
        page=page,
        business=business,
        language=language,
        words=language.words,
        logo=logo,
        title=in_one_line(business.name),
    )
    return body, content_security_policy(site.guards, logo_url=logo)
