"""Settings that cannot work are refused at the start."""

import pytest
from pydantic import ValidationError

from plumbing.testing import TestKeys

from ..make import settings


def test_it_cannot_start_without_the_way_to_the_other_services():
    with pytest.raises(ValidationError, match="appointments_url"):
        settings("postgresql://nobody@localhost/nowhere", TestKeys(), appointments_url=None)
