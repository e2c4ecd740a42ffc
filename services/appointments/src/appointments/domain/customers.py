"""Who appointments are for, and the problems that a client can meet with them."""

from contracts.ids import CustomerId
from contracts.money import Money
from contracts.offers import ConflictDetails
from contracts.wire import Instant, Wire
from plumbing.problems import Problem

ERASED_NAME = "Erased customer"
"""What stands in place of a name that is to be forgotten."""

NOT_FOR_GUESTS = ConflictDetails(kind="inactive", detail="This cannot be booked online; please contact the business.")
"""What a guest who is blocked is told: nothing about themselves."""


class CustomerExists(Problem):
    """Another customer of this business has this email address or phone number."""

    status = 409

    def __init__(self, customer_id: CustomerId | None = None) -> None:
        super().__init__()
        self.fields = {} if customer_id is None else {"customerId": str(customer_id)}


class CustomerIsBooked(Problem):
    """Something is booked for this customer; cancel it first."""

    status = 409


class Consent(Wire):
    """What a customer said to marketing, when, and to which words."""

    given: bool
    at: Instant
    text: str


class Customer(Wire):
    """A customer as the business knows them. `marketingConsent` is null when they were never asked."""

    id: CustomerId
    name: str
    email: str | None
    phone: str | None
    locale: str | None
    notes: str
    blocked: bool
    marketing_consent: Consent | None = None
    erased: bool = False
    created_at: Instant
    updated_at: Instant
    revision: int


class Totals(Wire):
    """What came of a customer's appointments; erasing a customer changes none of it.

    A visit is a completed appointment, or a confirmed one that is over; `spent` is their price, by currency.
    """

    visits: int
    no_shows: int
    cancelled: int
    upcoming: int
    spent: list[Money]
    last_visit: Instant | None
    next_appointment: Instant | None


class CustomerWithTotals(Customer):
    """A customer, and what came of their appointments."""

    totals: Totals
