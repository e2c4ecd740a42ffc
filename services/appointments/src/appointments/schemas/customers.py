"""What JSON comes in and goes out about customers."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import StringConstraints

from appointments.domain import Consent, Customer
from appointments.queries.appointments import ActivityRow
from appointments.schemas.appointments import ActivityItem
from appointments.tables import document_of
from contracts.appointments import AppointmentDetails
from contracts.ids import AppointmentId, CustomerId
from contracts.wire import Wire
from plumbing.problems import Invalid
from plumbing.schemas import Body, Email, Flag, Name, Phone, Text, When

Locale = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]
"""A language by BCP 47: `en`, `ar-AE`."""


_PLAIN = ("name", "email", "phone", "locale", "notes", "blocked")


class ConsentIn(Body):
    """What the customer said to marketing, and to which words; without `at` they have just said it."""

    given: Flag
    text: Text
    at: When | None = None

    def said(self, now: datetime) -> Consent:
        """The same, with its moment. Raises Invalid when that is to come."""
        if self.at is not None and self.at > now:
            raise Invalid.at("/marketingConsent/at", "is to come")
        return Consent(given=self.given, at=self.at or now, text=self.text)


class NewCustomerBody(Body):
    """A customer who is added by hand."""

    name: Name
    email: Email | None = None
    phone: Phone | None = None
    locale: Locale | None = None
    notes: Text = ""
    blocked: Flag = False
    marketing_consent: ConsentIn | None = None

    def fields(self) -> dict[str, Any]:
        """All fields by name, but for the consent."""
        return {name: getattr(self, name) for name in _PLAIN}


class CustomerChanges(Body):
    """What is to be different. What is absent stays; null clears email, phone and locale, and leaves all else."""

    name: Name | None = None
    email: Email | None = None
    phone: Phone | None = None
    locale: Locale | None = None
    notes: Text | None = None
    blocked: Flag | None = None
    marketing_consent: ConsentIn | None = None

    def changes(self) -> dict[str, Any]:
        """The fields that were sent, by name, but for the consent."""
        cleared = {name: None for name in ("email", "phone", "locale") if name in self.model_fields_set}
        return cleared | {name: getattr(self, name) for name in _PLAIN if getattr(self, name) is not None}


class Merge(Body):
    """Into whom the customer is merged."""

    into_id: CustomerId


class ExportedActivity(ActivityItem):
    """One thing that happened to one of the customer's appointments."""

    appointment_id: AppointmentId


class CustomerExport(Wire):
    """All that is stored about a customer."""

    customer: Customer
    consents: list[Consent]
    appointments: list[AppointmentDetails]
    activity: list[ExportedActivity]

    @classmethod
    def of(cls, found: Customer, stored: dict[str, Any]) -> Self:
        """The document of these rows."""
        return cls(
            customer=found,
            consents=[Consent(**row) for row in stored["consents"]],
            appointments=[AppointmentDetails.model_validate(document_of(row)) for row in stored["appointments"]],
            activity=[_activity(row) for row in stored["activity"]],
        )


def _activity(row: Any) -> ExportedActivity:
    plain = {name: row[name] for name in ActivityRow.__slots__}
    return ExportedActivity(appointment_id=row["appointment_id"], **plain)
