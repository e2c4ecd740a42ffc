"""Who may do what in booking-public: the owner's side, and what strangers do without signing in."""

from tests.e2e.roles import MANAGERS, OPEN, OWNERS, READERS, READING_MANAGERS, Row

BOOKING_PUBLIC: dict[str, Row] = {
    "GET /api/booking-pages": Row(READERS),
    "POST /api/booking-pages": Row(MANAGERS),
    "GET /api/booking-pages/{}": Row(READERS),
    "PUT /api/booking-pages/{}": Row(MANAGERS, body=lambda _, __: {"title": "Book with us"}),
    "DELETE /api/booking-pages/{}": Row(MANAGERS),
    "GET /api/payments": Row(READING_MANAGERS),
    "POST /api/payments/{}/refund": Row(OWNERS, body=lambda _, __: {}),
    "POST /api/webhooks/stripe": Row(OPEN),
    "GET /api/public/booking/{}": Row(OPEN),
    "GET /api/public/booking/{}/services": Row(OPEN),
    "POST /api/public/booking/{}/hold": Row(OPEN, body=lambda _, __: {}),
    "DELETE /api/public/booking/{}/hold/{}": Row(OPEN),
    "POST /api/public/booking/{}/book": Row(OPEN, body=lambda _, __: {}),
    "GET /api/public/bookings/{}": Row(OPEN),
    "POST /api/public/bookings/{}/cancel": Row(OPEN),
    "POST /api/public/bookings/{}/reschedule": Row(OPEN, body=lambda _, __: {}),
    "GET /api/public/bookings/{}/calendar.ics": Row(OPEN),
}
