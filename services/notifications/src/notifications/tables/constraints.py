"""What a broken constraint means to a client: none of them can be broken by one."""

from plumbing.sqlstates import Constraints

CONSTRAINTS: Constraints = {}
