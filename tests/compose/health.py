"""Looks after health checks where nobody else does."""

from collections.abc import Generator
from contextlib import contextmanager
from threading import Event, Thread

from tests.compose.engine import Engine

LOOK_EVERY = 1.0


@contextmanager
def looked_after(engine: Engine, project: str) -> Generator[None]:
    """Meanwhile, the health checks of the project's containers run until they are healthy."""
    if engine.runs_health_checks:
        yield
        return
    ended = Event()
    looking = Thread(target=_look, args=(engine, project, ended), name="health checks")
    looking.start()
    try:
        yield
    finally:
        ended.set()
        looking.join()


def _look(engine: Engine, project: str, ended: Event) -> None:
    ours = ("--filter", f"label=com.docker.compose.project={project}")
    not_well = ("--filter", "health=starting", "--filter", "health=unhealthy")
    while not ended.wait(LOOK_EVERY):
        for container in engine.podman("ps", "--quiet", *ours, *not_well).split():
            # It fails while the container is not healthy yet, and when it has just ended.
            engine.podman("healthcheck", "run", container, check=False)
