"""stripe-sim as a process of its own, and where its webhooks arrive."""

from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest

from plumbing.testing import eventually
from sundial_local.ports import free_port
from sundial_local.stripe import Server

from ..stripe_account import KEYS, Receiver, Shop


@pytest.fixture(scope="module")
async def receiver() -> AsyncGenerator[Receiver]:
    """Takes webhooks."""
    made = Receiver()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, receiver: Receiver) -> Generator[Server]:
    """A stand-in, as a process of its own."""
    folder: Path = tmp_path_factory.mktemp("stripe")
    made = Server(folder, free_port(), KEYS, webhook_url=receiver.url)
    made.start()
    yield made
    made.stop()


@pytest.fixture
async def shop(server: Server, receiver: Receiver) -> AsyncGenerator[Shop]:
    """Somebody who sells; all is well, and nothing of an earlier test is on its way."""
    made = Shop(server.url)
    await made.all_is_well()
    await eventually(made.waiting, until=lambda waiting: not waiting)
    receiver.events.clear()
    yield made
    await made.close()
