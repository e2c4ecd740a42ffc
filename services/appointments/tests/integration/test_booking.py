"""Booking: what is stored, and what is refused."""

from ..make import Studio, at, iso, path


async def test_a_booking_is_stored_as_it_was_answered(studio: Studio):
    answer = await studio.book(at(9), notes="window seat", customer={"name": "Lina", "email": "Lina@Example.com"})
    assert answer.status_code == 201
    made = answer.json()
    assert answer.headers["location"] == path(made)
    assert answer.headers["etag"] == '"1"'
    assert made["customer"]["email"] == "lina@example.com"
    assert (made["start"], made["end"]) == (iso(at(9)), iso(at(10)))
    assert made == await studio.read(made)
