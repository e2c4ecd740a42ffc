"""Which path reaches which service, and what does not exist from outside."""

import asyncio

import aiohttp
import pytest

from sundial_local.layout import Service
from tests.gateway.stage import Gateway, ask

ROUTES = {
    "/api/auth/sign-in": Service.ACCOUNTS,
    "/api/business": Service.ACCOUNTS,
    "/.well-known/jwks.json": Service.ACCOUNTS,
    "/api/services": Service.AVAILABILITY,
    "/api/services/0190": Service.AVAILABILITY,
    "/api/staff/0190/hours": Service.AVAILABILITY,
    "/api/availability/slots?from=2026-01-01": Service.AVAILABILITY,
    "/api/appointments": Service.APPOINTMENTS,
    "/api/appointments/0190/status": Service.APPOINTMENTS,
    "/api/imports": Service.APPOINTMENTS,
    "/api/imports/0190/apply": Service.APPOINTMENTS,
    "/api/feeds/secret.ics": Service.APPOINTMENTS,
    "/api/booking-pages/0190": Service.BOOKING_PUBLIC,
    "/api/messages/0190/retry": Service.NOTIFICATIONS,
    "/api/notification-settings": Service.NOTIFICATIONS,
    "/api/templates/booked/email/en": Service.NOTIFICATIONS,
    "/api/payments?appointmentId=0190": Service.BOOKING_PUBLIC,
    "/api/public/booking/studio": Service.BOOKING_PUBLIC,
    "/api/public/booking/studio/services": Service.BOOKING_PUBLIC,
    "/api/public/booking/availability": Service.BOOKING_PUBLIC,
    "/api/public/booking/studio/availability?days=7": Service.AVAILABILITY,
    "/api/public/bookings/secret/cancel": Service.BOOKING_PUBLIC,
    "/api/public/waiting-list/secret/accept": Service.BOOKING_PUBLIC,
    "/api/webhooks/stripe": Service.BOOKING_PUBLIC,
    "/booking/studio": Service.BOOKING_PUBLIC,
    "/booking/studio?embed=inline": Service.BOOKING_PUBLIC,
    "/booking/studio/theme.css": Service.BOOKING_PUBLIC,
    "/booking/manage/secret": Service.BOOKING_PUBLIC,
    "/booking/waiting-list/secret": Service.BOOKING_PUBLIC,
    "/booking/page.css?v=1": Service.BOOKING_PUBLIC,
    "/sitemap.xml": Service.BOOKING_PUBLIC,
    "/ws/calendar/0190": Service.REALTIME,
    "/robots.txt": Service.BOOKING_PUBLIC,
}
HIDDEN = [
    "/internal/offers",
    "/internal%2Foffers",
    "/api/services/../../internal/offers",
    "/api/services/%2e%2e/%2e%2e/internal/offers",
    "//internal/offers",
    "/healthz",
    "/readyz",
    "/metrics",
    "/openapi.json",
    "/api",
    "/api/servicesx",
    "/api/nothing",
    "/api/webhooks",
    "/api/webhooks/stripe/x",
    "/booking",
    "/booking/studio/anything",
    "/ws",
    "/embed",
    "/embed/embed.js",
    "/embed/%2e%2e/nginx.conf",
    "/wp-login.php",
    "/web/index.html",
    "/web",
    "/assets/",
    "/assets/nothing.js",
    "/index.html",
]


@pytest.mark.parametrize(("path", "service"), ROUTES.items())
async def test_a_path_reaches_its_service(shared: Gateway, http: aiohttp.ClientSession, path: str, service: Service):
    status, _, body = await ask(http, "GET", shared.url + path)
    assert (status, body["upstream"], body["path"]) == (200, f"{service}-0", path)


@pytest.mark.parametrize("path", HIDDEN)
async def test_what_is_not_listed_does_not_exist(shared: Gateway, path: str):
    before = [shared.reached(service) for service in Service]
    head, body = await raw(shared, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert head.startswith("HTTP/1.1 404")
    assert "application/problem+json" in head
    assert '"code":"NotFound"' in body
    assert [shared.reached(service) for service in Service] == before


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "10.0.0.1"])
async def test_an_unknown_host_gets_no_answer(shared: Gateway, host: str):
    head, _ = await raw(shared, f"GET /api/services HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
    assert head == ""


async def test_a_request_without_a_host_gets_no_answer(shared: Gateway):
    head, _ = await raw(shared, "GET /api/services HTTP/1.0\r\n\r\n")
    assert head == ""


async def test_the_documents_of_a_service_are_its_own(shared: Gateway, http: aiohttp.ClientSession):
    status, _, body = await ask(http, "GET", f"{shared.url}/api/docs/appointments/openapi.json")
    assert (status, body["upstream"], body["path"]) == (200, "appointments-0", "/openapi.json")


@pytest.mark.parametrize(
    ("path", "kind"),
    {
        "/api/docs": "text/html",
        "/api/docs/docs.css": "text/css",
        "/api/docs/docs.js": "text/javascript",
        "/api/docs/openapi.json": "application/json",
    }.items(),
)
async def test_the_page_with_all_documents_needs_no_other_host(
    shared: Gateway, http: aiohttp.ClientSession, path: str, kind: str
):
    async with http.get(shared.url + path) as response:
        text = await response.text()
        assert (response.status, response.content_type) == (200, kind)
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "://" not in text or kind == "application/json"


async def raw(gateway: Gateway, request: str) -> tuple[str, str]:
    """Head and body of the answer to exactly these bytes; both empty when the connection is just closed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", gateway.server.port)
    try:
        writer.write(request.encode())
        head, _, body = (await reader.read()).decode().partition("\r\n\r\n")
        return head, body
    except ConnectionResetError:
        return "", ""
    finally:
        writer.close()
