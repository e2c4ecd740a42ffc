"""What is sent to get in line."""

from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, field_validator

from appointments.schemas.appointments import CustomerIn
from appointments.use_cases.customers import NewCustomer
from appointments.use_cases.wait import Wish
from contracts.ids import BusinessId, CustomerId
from contracts.waiting import Wished
from plumbing.schemas import Body, When


class NewWaiting(Wished, Body):
    """Who waits for what: a seat of the full session `sessionId`, or any time that starts from `from` and before `to`.

    Without `staffId` any staff member will do. The customer is sent as `customerId` or as `customer`.
    """

    from_at: Annotated[When | None, Field(alias="from", validate_default=True)] = None
    to_at: Annotated[When | None, Field(alias="to", validate_default=True)] = None
    customer_id: CustomerId | None = None
    customer: Annotated[CustomerIn | None, Field(validate_default=True)] = None

    @field_validator("customer")
    @classmethod
    def _one_customer(cls, customer: Any, info: ValidationInfo) -> Any:
        if (customer is None) == (info.data.get("customer_id") is None):
            raise ValueError("must be sent, or else customerId")
        return customer

    def wish(self, business_id: BusinessId, offer_lasts: timedelta) -> Wish:
        """The same, for the use case."""
        sent = self.customer
        customer = self.customer_id if sent is None else NewCustomer(sent.name, sent.email, sent.phone)
        if customer is None:
            raise ValueError("no customer")
        return Wish(business_id, self.service_id, self.staff_id, customer, offer_lasts)
