"""What a broken constraint means to a client."""

from availability.domain import AddedBefore
from plumbing.sqlstates import Constraints

CONSTRAINTS: Constraints = {"pk_services": AddedBefore, "pk_staff": AddedBefore, "pk_time_off": AddedBefore}
"""An id is the caller's only in an import, which gives the same one to a row that comes again."""
