"""Who may do what in booking-public, on the owner's side and as a stranger; and with messages, in notifications."""

from tests.e2e.roles import DAYS, MANAGERS, OPEN, OWNERS, READERS, READING_MANAGERS, Row, World


async def _template(_: World, __: str) -> list[str]:
    return ["booked", "sms", "en"]


BOOKING_PUBLIC: dict[str, Row] = {
    "GET /api/booking-pages": Row(READERS),
    "POST /api/booking-pages": Row(MANAGERS),
    "GET /api/booking-pages/{}": Row(READERS),
    "PUT /api/booking-pages/{}": Row(MANAGERS, body=lambda _, __: {"title": "Book with us"}),
    "DELETE /api/booking-pages/{}": Row(MANAGERS),
    "GET /api/payments": Row(READING_MANAGERS),
    "GET /api/payments/report": Row(READING_MANAGERS, query=DAYS),
    "POST /api/payments/{}/refund": Row(OWNERS, body=lambda _, __: {}),
    "POST /api/webhooks/stripe": Row(OPEN),
    "GET /api/public/booking/{}": Row(OPEN),
    "GET /api/public/booking/{}/services": Row(OPEN),
    "POST /api/public/booking/{}/hold": Row(OPEN, body=lambda _, __: {}),
    "DELETE /api/public/booking/{}/hold/{}": Row(OPEN),
    "POST /api/public/booking/{}/book": Row(OPEN, body=lambda _, __: {}),
    "GET /api/public/bookings/{}": Row(OPEN),
    "POST /api/public/bookings/{}/cancel": Row(OPEN),
    "POST /api/public/bookings/{}/pay": Row(OPEN),
    "POST /api/public/bookings/{}/reschedule": Row(OPEN, body=lambda _, __: {}),
    "GET /api/public/bookings/{}/calendar.ics": Row(OPEN),
    "POST /api/public/bookings/{}/verify": Row(OPEN, body=lambda _, __: {}),
    "POST /api/public/booking/{}/waiting-list": Row(OPEN, body=lambda _, __: {}),
    "GET /api/public/waiting-list/{}": Row(OPEN),
    "POST /api/public/waiting-list/{}/accept": Row(OPEN),
    "POST /api/public/waiting-list/{}/leave": Row(OPEN),
}

NOTIFICATIONS: dict[str, Row] = {
    "GET /api/notification-settings": Row(READERS),
    "PUT /api/notification-settings": Row(MANAGERS, body=lambda _, __: {"senderName": "Studio"}),
    "GET /api/templates": Row(READERS),
    "GET /api/templates/{}/{}/{}": Row(READERS, ids=_template),
    "PUT /api/templates/{}/{}/{}": Row(MANAGERS, ids=_template, body=lambda _, __: {"text": "See you"}),
    "DELETE /api/templates/{}/{}/{}": Row(MANAGERS, ids=_template),
    "POST /api/templates/{}/{}/{}/preview": Row(MANAGERS, ids=_template, body=lambda _, __: {}),
    "GET /api/messages": Row(READERS),
    "GET /api/messages/{}": Row(READERS),
    "POST /api/messages/{}/retry": Row(MANAGERS),
    "GET /api/webhook-endpoints": Row(READING_MANAGERS),
    "POST /api/webhook-endpoints": Row(MANAGERS),
    "GET /api/webhook-endpoints/{}": Row(READING_MANAGERS),
    "PUT /api/webhook-endpoints/{}": Row(MANAGERS, body=lambda _, __: {"enabled": False}),
    "DELETE /api/webhook-endpoints/{}": Row(MANAGERS),
    "POST /api/webhook-endpoints/{}/rotate-secret": Row(MANAGERS),
    "POST /api/webhook-endpoints/{}/test": Row(MANAGERS),
    "GET /api/webhook-endpoints/{}/deliveries": Row(READING_MANAGERS),
    "POST /api/webhook-endpoints/{}/replay": Row(MANAGERS),
    "POST /api/webhook-endpoints/{}/deliveries/{}/replay": Row(MANAGERS),
}
