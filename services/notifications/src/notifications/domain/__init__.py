"""Kinds of messages, when they are true and due, what a business wants of them, and the Problems."""

from notifications.domain.businesses import Business, StaffMember
from notifications.domain.kinds import Audience, Channel, Kind
from notifications.domain.messages import KnownAppointment, Message, MessageNotFailed, MessageOver, State
from notifications.domain.preferences import Preferences
from notifications.domain.templates import Template, TemplateKey

__all__ = [
    "Audience",
    "Business",
    "Channel",
    "Kind",
    "KnownAppointment",
    "Message",
    "MessageNotFailed",
    "MessageOver",
    "Preferences",
    "StaffMember",
    "State",
    "Template",
    "TemplateKey",
]
