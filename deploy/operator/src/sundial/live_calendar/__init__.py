"""A range of a calendar that stays as the server has it: for scripts and tests, as the web application does it.

calendar = LiveCalendar(session, "https://book.example.com", token, business_id, between=(start, end))
async with calendar.kept():
    await calendar.until(lambda: calendar.is_live)
    print(calendar.appointments)
"""

from sundial.live_calendar.client import Lost, Patience
from sundial.live_calendar.keeper import LiveCalendar

__all__ = ["LiveCalendar", "Lost", "Patience"]
