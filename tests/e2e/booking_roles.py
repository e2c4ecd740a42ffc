"""Who may do what in booking-public: the owner's side, and what strangers do without signing in."""

from tests.e2e.roles import MANAGERS, OPEN, READERS, Row

BOOKING_PUBLIC: dict[str, Row] = {
    "GET /api/booking-pages": Row(READERS),
    "POST /api/booking-pages": Row(MANAGERS),
    "GET /api/booking-pages/{}": Row(READERS),
    "PUT /api/booking-pages/{}": Row(MANAGERS, body=lambda _, __: {"title": "Book with us"}),
    "DELETE /api/booking-pages/{}": Row(MANAGERS),
    "GET /api/public/booking/{}": Row(OPEN),
    "GET /api/public/booking/{}/services": Row(OPEN),
}
