"""What a broken constraint means to a client, by its name."""

from plumbing.problems import Invalid, Problem
from plumbing.sqlstates import Constraints, Contended


def _not_an_email() -> Problem:
    return Invalid.at("/customer/email", "is not an email address")


def _not_a_phone() -> Problem:
    return Invalid.at("/customer/phone", "is not a phone number")


CONSTRAINTS: Constraints = {
    # Two bookings gave one customer the same address at once: the second looks again and finds it.
    "uq_customers_business_id_email": Contended,
    "uq_customers_business_id_phone": Contended,
    # The customer was merged into another one meanwhile: the second look finds who is left.
    "fk_appointments_business_id_customer_id": Contended,
    "fk_waiting_list_business_id_customer_id": Contended,
    # The same request came twice at once: the second looks again and finds what the first has done.
    "pk_holds": Contended,
    "pk_appointments": Contended,
    "pk_waiting_list": Contended,
    "ck_customers_email_lower": _not_an_email,
    "ck_customers_phone_e164": _not_a_phone,
}
