"""Identifiers: UUIDv7, a type each, so that a staff id cannot be passed for a customer id."""

import os
import time
from typing import NewType
from uuid import UUID

BusinessId = NewType("BusinessId", UUID)
UserId = NewType("UserId", UUID)
MemberId = NewType("MemberId", UUID)
SessionId = NewType("SessionId", UUID)
InvitationId = NewType("InvitationId", UUID)
ApiKeyId = NewType("ApiKeyId", UUID)
ServiceId = NewType("ServiceId", UUID)
StaffId = NewType("StaffId", UUID)
ResourceId = NewType("ResourceId", UUID)
TimeOffId = NewType("TimeOffId", UUID)
ClosureId = NewType("ClosureId", UUID)
SeasonId = NewType("SeasonId", UUID)
CustomerId = NewType("CustomerId", UUID)
AppointmentId = NewType("AppointmentId", UUID)
SeriesId = NewType("SeriesId", UUID)
BookingPageId = NewType("BookingPageId", UUID)
QuestionId = NewType("QuestionId", UUID)
"""A question that a guest is asked on a booking page."""

GroupSessionId = NewType("GroupSessionId", UUID)
"""A group session: one time of a service with several seats (`SessionId` is that of somebody who signed in)."""

WaitingId = NewType("WaitingId", UUID)
"""One wish on the waiting list."""

ImportId = NewType("ImportId", UUID)
FeedId = NewType("FeedId", UUID)
"""A calendar feed."""

BookingId = NewType("BookingId", UUID)
DepositId = NewType("DepositId", UUID)
PaymentId = NewType("PaymentId", UUID)
RefundId = NewType("RefundId", UUID)
MessageId = NewType("MessageId", UUID)
WebhookEndpointId = NewType("WebhookEndpointId", UUID)
WebhookDeliveryId = NewType("WebhookDeliveryId", UUID)
EventId = NewType("EventId", UUID)
BookableId = NewType("BookableId", UUID)
"""A staff member or one unit of a resource: what a claim takes."""

OwnerId = NewType("OwnerId", UUID)
"""What holds a claim: an appointment, a session of a group, or a hold."""

_VERSION_7 = 0x7000
_VARIANT = 0x8000_0000_0000_0000


def uuid7() -> UUID:
    """A new time-ordered id (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10))
    high = (milliseconds << 16) | _VERSION_7 | (random >> 68)
    low = _VARIANT | (random & 0x3FFF_FFFF_FFFF_FFFF)
    return UUID(int=(high << 64) | low)
