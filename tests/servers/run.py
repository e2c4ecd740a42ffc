"""One run of the tests: a folder that its worker processes share, and that is emptied of servers at the end."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sundial_local.layout import state_folder
from sundial_local.locks import locked
from sundial_local.os_account import folder_for, server_account
from sundial_local.processes import Record, kill_recorded

VARIABLE = "SUNDIAL_TEST_RUN"
"""Set by the process that began the run; its workers inherit it."""
OWNER = "owner"
"""Who began the run; not named like the records of the servers, because those are killed at the end."""


@dataclass(frozen=True, slots=True)
class Run:
    """The folder of the run. Workers ask it for what only one of them may make."""

    folder: Path

    def once(self, name: str, make: Callable[[], str]) -> str:
        """What the first who asks has made; the others wait for it."""
        answer = self.folder / f"{name}.made"
        with locked(self.folder / f"{name}.lock"):
            if not answer.exists():
                half = answer.with_suffix(".half")
                half.write_text(make())
                half.rename(answer)
            return answer.read_text()

    def made(self, name: str) -> str | None:
        """What was made, if somebody asked for it."""
        answer = self.folder / f"{name}.made"
        return answer.read_text() if answer.exists() else None

    def remove(self) -> None:
        """End its servers, whose data nobody needs any more."""
        kill_recorded(self.folder)
        shutil.rmtree(self.folder, ignore_errors=True)


def begin() -> Run:
    """A new run, after sweeping away what runs that were cut off left behind."""
    home = _home()
    for old in home.iterdir():
        record = Record.read(old / OWNER)
        if record is not None and record.process() is None:
            Run(old).remove()
    folder = home / str(os.getpid())
    Run(folder).remove()
    folder.mkdir()
    Record.of(os.getpid()).write(folder / OWNER)
    os.environ[VARIABLE] = str(folder)
    return Run(folder)


def current() -> Run:
    """The run that this process takes part in."""
    return Run(Path(os.environ[VARIABLE]))


def worker() -> str:
    """The name of this process among the workers of the run."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def _home() -> Path:
    home = folder_for(server_account(), state_folder()) / "tests"
    home.mkdir(exist_ok=True)
    home.chmod(0o755)
    return home
