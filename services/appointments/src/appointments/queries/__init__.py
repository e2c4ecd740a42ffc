"""Reads: appointments, what happened to them, and what they belong to."""

from appointments.queries.appointments import ActivityRow, Wanted, activity, appointment, calendar_range

__all__ = ["ActivityRow", "Wanted", "activity", "appointment", "calendar_range"]
