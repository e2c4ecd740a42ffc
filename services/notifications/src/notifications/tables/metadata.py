"""What all tables of this service are registered in, and how their constraints are named."""

from sqlalchemy import MetaData

from plumbing.migrations import NAMING

metadata = MetaData(naming_convention=NAMING)
