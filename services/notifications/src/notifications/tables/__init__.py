"""The tables of this service, and how their rows become what the domain speaks of."""

from notifications.tables.constraints import CONSTRAINTS
from notifications.tables.copies import (
    appointment_row,
    appointments_copy,
    business_of,
    businesses_copy,
    erased_customers,
    known_appointment_of,
    staff_copy,
    staff_member_of,
)
from notifications.tables.messages import intent_of, message_of, message_row, messages, reminders
from notifications.tables.metadata import metadata
from notifications.tables.preferences import notification_settings, preferences_of, settings_json
from notifications.tables.templates import template_of, templates
from notifications.tables.webhooks import delivery_of, endpoint_of, webhook_deliveries, webhook_endpoints

__all__ = [
    "CONSTRAINTS",
    "appointment_row",
    "appointments_copy",
    "business_of",
    "businesses_copy",
    "delivery_of",
    "endpoint_of",
    "erased_customers",
    "intent_of",
    "known_appointment_of",
    "message_of",
    "message_row",
    "messages",
    "metadata",
    "notification_settings",
    "preferences_of",
    "reminders",
    "settings_json",
    "staff_copy",
    "staff_member_of",
    "template_of",
    "templates",
    "webhook_deliveries",
    "webhook_endpoints",
]
