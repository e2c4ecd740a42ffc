"""What the tests of the owner's screens look at."""

import pytest

from tests.e2e.owner import Owner
from tests.e2e.web.days import Day, day_of


@pytest.fixture
async def day(owner: Owner) -> Day:
    """A day of a new business."""
    return await day_of(owner)
