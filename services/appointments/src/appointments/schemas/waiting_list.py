"""What is sent to get in line."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, field_validator

from appointments.schemas.appointments import CustomerIn
from appointments.use_cases.customers import NewCustomer
from appointments.use_cases.wait import Wish
from contracts.ids import BusinessId, CustomerId, GroupSessionId, ServiceId, StaffId
from plumbing.schemas import Body, When

LONGEST_WAIT = timedelta(days=100)


class NewWaiting(Body):
    """Who waits for what: a seat of the full session `sessionId`, or any time that starts from `from` and before `to`.

    Without `staffId` any staff member will do. The customer is sent as `customerId` or as `customer`.
    """

    service_id: ServiceId
    staff_id: StaffId | None = None
    session_id: GroupSessionId | None = None
    from_at: Annotated[When | None, Field(alias="from", validate_default=True)] = None
    to_at: Annotated[When | None, Field(alias="to", validate_default=True)] = None
    customer_id: CustomerId | None = None
    customer: Annotated[CustomerIn | None, Field(validate_default=True)] = None

    @field_validator("session_id")
    @classmethod
    def _has_its_own_staff(cls, session_id: GroupSessionId | None, info: ValidationInfo) -> GroupSessionId | None:
        if session_id is not None and info.data.get("staff_id") is not None:
            raise ValueError("cannot be sent together with staffId")
        return session_id

    @field_validator("from_at", "to_at")
    @classmethod
    def _either_a_session_or_a_span(cls, value: datetime | None, info: ValidationInfo) -> datetime | None:
        has_session = info.data.get("session_id") is not None
        if has_session and value is not None:
            raise ValueError("cannot be sent together with sessionId")
        if value is None and not has_session and "session_id" in info.data:
            raise ValueError("must be sent when sessionId is not")
        return value

    @field_validator("to_at")
    @classmethod
    def _a_span(cls, value: datetime | None, info: ValidationInfo) -> datetime | None:
        start = info.data.get("from_at")
        if value is not None and start is not None and not timedelta() < value - start <= LONGEST_WAIT:
            raise ValueError("must be after from, and at most 100 days after")
        return value

    @field_validator("customer")
    @classmethod
    def _one_customer(cls, customer: Any, info: ValidationInfo) -> Any:
        if (customer is None) == (info.data.get("customer_id") is None):
            raise ValueError("must be sent, or else customerId")
        return customer

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """When the time may start; None for a seat of a session."""
        return None if self.from_at is None or self.to_at is None else (self.from_at, self.to_at)

    def wish(self, business_id: BusinessId, offer_lasts: timedelta) -> Wish:
        """The same, for the use case."""
        sent = self.customer
        customer = self.customer_id if sent is None else NewCustomer(sent.name, sent.email, sent.phone)
        if customer is None:
            raise ValueError("no customer")
        return Wish(business_id, self.service_id, self.staff_id, customer, offer_lasts)
