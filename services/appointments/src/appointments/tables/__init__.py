"""The tables of this service, what their constraints mean to a client, and how a row becomes an appointment."""

from appointments.tables.activity import appointment_activity
from appointments.tables.appointments import (
    appointments,
    details_of,
    document_of,
    every_appointment,
    present_appointments,
    row_of,
)
from appointments.tables.claims import NO_OVERLAP, claim_row, claims
from appointments.tables.constraints import CONSTRAINTS
from appointments.tables.customers import (
    customer_consents,
    customer_merges,
    customer_of,
    customers,
    every_customer,
)
from appointments.tables.feeds import feeds
from appointments.tables.holds import holds
from appointments.tables.imports import import_rows, imported_events, imports
from appointments.tables.metadata import metadata
from appointments.tables.series import series
from appointments.tables.sessions import session_of, session_row, sessions
from appointments.tables.waiting_list import waiting_list

__all__ = [
    "CONSTRAINTS",
    "NO_OVERLAP",
    "appointment_activity",
    "appointments",
    "claim_row",
    "claims",
    "customer_consents",
    "customer_merges",
    "customer_of",
    "customers",
    "details_of",
    "document_of",
    "every_appointment",
    "every_customer",
    "feeds",
    "holds",
    "import_rows",
    "imported_events",
    "imports",
    "metadata",
    "present_appointments",
    "row_of",
    "series",
    "session_of",
    "session_row",
    "sessions",
    "waiting_list",
]
