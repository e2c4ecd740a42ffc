"""What ends without being told to is started again; what cannot start is said and tried again."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sundial_local.failures import CannotRun
from sundial_local.processes import Child
from sundial_local.supervision import Supervisor
from sundial_local.waiting import wait_until


class Sleeper:
    """A part that does nothing, and at its `bad` next starts not even that."""

    name = "sleeper"

    def __init__(self, folder: Path, bad: int = 0) -> None:
        self.child = Child(self.name, folder)
        self.bad = bad

    def start(self) -> None:
        if self.bad:
            self.bad -= 1
            raise CannotRun("not today")
        command = [sys.executable, "-c", "import signal; signal.pause()"]
        self.child.start(command, {"PATH": os.environ["PATH"]}, Path("/"))

    def stop(self) -> None:
        self.child.stop()

    def kill(self) -> None:
        self.child.kill()


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def watch(said: list[str]):
    watching: list[tuple[Supervisor, Sleeper]] = []

    def begin(part: Sleeper) -> Supervisor:
        supervisor = Supervisor([part], said.append)
        watching.append((supervisor, part))
        supervisor.start()
        return supervisor

    yield begin
    for supervisor, part in watching:
        supervisor.end()
        part.kill()


def test_a_part_that_dies_is_started_again_and_that_is_said(
    tmp_path: Path, watch: Callable[[Sleeper], Supervisor], said: list[str]
):
    part = Sleeper(tmp_path)
    part.start()
    watch(part)
    assert part.child.process
    part.child.process.kill()
    wait_until(lambda: any("runs again" in line for line in said), seconds=15, what="it runs again")
    assert part.child.runs
    assert "sleeper has ended" in said[0]


def test_a_part_that_does_not_start_is_tried_again(
    tmp_path: Path, watch: Callable[[Sleeper], Supervisor], said: list[str]
):
    watch(Sleeper(tmp_path, bad=1))
    wait_until(lambda: any("runs again" in line for line in said), seconds=15, what="it runs")
    assert any("not today" in line for line in said)


def test_what_ends_after_the_end_has_begun_stays_ended(
    tmp_path: Path, watch: Callable[[Sleeper], Supervisor], said: list[str]
):
    part = Sleeper(tmp_path)
    part.start()
    supervisor = watch(part)
    supervisor.end()
    part.stop()
    supervisor.wait()
    assert not part.child.runs
    assert said == []
