"""A gateway for all tests of this folder."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.gateway.stage import Gateway, gateway
from tests.servers import run


@pytest.fixture(scope="session")
def gateways() -> Path:
    """A folder of this worker that an unprivileged server can read."""
    folder = run.current().folder / f"gateways-{run.worker()}"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
async def shared(gateways: Path) -> AsyncGenerator[Gateway]:
    """One with loose limits."""
    async with gateway(gateways / "gateway") as started:
        yield started
