"""A service that dies at a named place, as often as it gets there."""

from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager

from plumbing.testing import eventually
from sundial_local.services import ServiceProcesses


@contextmanager
def dying(service: ServiceProcesses, place: str) -> Generator[Callable[[], Awaitable[None]]]:
    """The service, which dies at that place; what is given waits until it has. It is well again behind the block."""
    service.stop()
    service.env["FAILPOINT"] = f"{place}:kill"
    service.start()
    [process] = service.processes

    async def has_died() -> None:
        async def look() -> bool:
            return not process.child.runs

        await eventually(look, seconds=60)

    try:
        yield has_died
    finally:
        del service.env["FAILPOINT"]
        service.stop()
        service.start()
