"""Somebody who books something, to look at a template with."""

from datetime import datetime, timedelta

from contracts.appointments import AppointmentDetails, CustomerDetails, Source, Status
from contracts.ids import AppointmentId, BusinessId, CustomerId, ServiceId, StaffId
from contracts.money import Money
from notifications.domain import Business, Kind, TemplateKey
from notifications.domain.kinds import ENDED_KINDS
from notifications.use_cases.writing.defaults import labels
from notifications.use_cases.writing.occasion import Occasion
from scheduling.hours import instant_at, local_date

_OF_NO_APPOINTMENT = frozenset({Kind.VERIFICATION_CODE, Kind.INVITATION, Kind.WEBHOOK_OFF})
_TEN_O_CLOCK, _ELEVEN_O_CLOCK = 600, 660


def some_business(business_id: BusinessId) -> Business:
    """In place of one that was not heard of yet."""
    return Business(
        id=business_id,
        revision=0,
        name="Studio",
        timezone="Asia/Dubai",
        currency="AED",
        locale="en",
        contact_email=None,
        contact_phone=None,
        address=None,
    )


def example(key: TemplateKey, business: Business, *, now: datetime) -> Occasion:
    """An occasion for each kind; everything that a template may ask for is there."""
    appointment = None if key.kind in _OF_NO_APPOINTMENT else _appointment(key, business, now)
    payload = {
        "amount": {"amount": 5_000, "currency": business.currency},
        "validUntil": (now + timedelta(hours=2)).isoformat(),
        "before": {"start": (now + timedelta(days=2)).isoformat()},
        "role": "manager",
        "code": "482913",
        "endpoint": "https://example.com/hooks",
    }
    if key.kind is Kind.STAFF_PAYMENT_FAILED:
        payload["reason"] = "declined"
    if key.kind is Kind.INVITATION:
        payload["acceptUrl"] = "https://example.com/accept-invitation"
    return Occasion(key.kind, key.locale, business, appointment, payload, manage_url="https://example.com/booking")


def _appointment(key: TemplateKey, business: Business, now: datetime) -> AppointmentDetails:
    named, nobody = labels(key.locale), business.id
    on = local_date(now, business.timezone) + timedelta(days=3)
    return AppointmentDetails(
        id=AppointmentId(nobody),
        business_id=business.id,
        staff_id=StaffId(nobody),
        service_id=ServiceId(nobody),
        customer_id=CustomerId(nobody),
        start=instant_at(on, _TEN_O_CLOCK, business.timezone),
        end=instant_at(on, _ELEVEN_O_CLOCK, business.timezone),
        timezone=business.timezone,
        status=Status.CANCELLED if key.kind in ENDED_KINDS else Status.CONFIRMED,
        notes="",
        source=Source.PUBLIC,
        service_name=named["example_service"],
        staff_name=named["example_staff"],
        customer=CustomerDetails(
            id=CustomerId(nobody), name=named["example_customer"], email="noor@example.com", phone="+971501234567"
        ),
        price=Money(amount=15_000, currency=business.currency),
        cancellation_reason="cancelled by the guest" if key.kind in ENDED_KINDS else None,
        buffer_before_minutes=0,
        buffer_after_minutes=0,
        created_at=now,
        updated_at=now,
        revision=1,
    )
