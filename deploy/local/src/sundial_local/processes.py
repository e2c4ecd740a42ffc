"""A process of ours: started, found again by another command, ended. Its log and its record lie in a folder."""

import atexit
import json
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psutil

from sundial_local.os_account import Account
from sundial_local.waiting import GaveUp, wait_until

SAME_START_SECONDS = 5.0
"""A pid cannot come round again this fast; clocks may be set by less."""
_GONE_SECONDS = 10.0
_started: list[subprocess.Popen[bytes]] = []  # kept, because a process may outlive the Child that started it


@dataclass(frozen=True, slots=True)
class Record:
    """Which process it is: a pid alone may by now be somebody else's."""

    pid: int
    created: float

    @classmethod
    def of(cls, pid: int) -> Self:
        """The record of a process that runs now."""
        return cls(pid, psutil.Process(pid).create_time())

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """What was written, or None."""
        try:
            kept = json.loads(path.read_text())
            return cls(int(kept["pid"]), float(kept["created"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, path: Path) -> None:
        """Keep it, whole or not at all."""
        half = path.with_name(f"{path.name}.{os.getpid()}")
        half.write_text(json.dumps({"pid": self.pid, "created": self.created}))
        half.replace(path)

    def process(self) -> psutil.Process | None:
        """The process, if it still runs and is the one that was recorded."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.created) < SAME_START_SECONDS
            return process if same and process.status() != psutil.STATUS_ZOMBIE else None
        except psutil.Error:
            return None

    def kill_orphans(self) -> None:
        """kill -9 of those that the process, now dead, left in its group, whose number stays taken by them."""
        if not psutil.pid_exists(self.pid):
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)


class Child:
    """One process with `<name>.log` and `<name>.json` (its record) in `folder`."""

    def __init__(self, name: str, folder: Path, account: Account | None = None) -> None:
        self.name = name
        self.log = folder / f"{name}.log"
        self._record = folder / f"{name}.json"
        self._account = account or Account()
        self._popen: subprocess.Popen[bytes] | None = None

    @property
    def process(self) -> psutil.Process | None:
        """The running process, whoever started it; None when there is none."""
        if self._popen is not None:
            return psutil.Process(self._popen.pid) if self._popen.poll() is None else None
        record = Record.read(self._record)
        return record.process() if record else None

    @property
    def runs(self) -> bool:
        """Whether it runs."""
        return self.process is not None

    @property
    def exit_code(self) -> int | None:
        """How it ended, if we started it and it did."""
        return self._popen.poll() if self._popen else None

    def start(self, command: Sequence[str | Path], env: Mapping[str, str], cwd: Path) -> None:
        """Start it in a session of its own, so that Ctrl-C in the terminal reaches only the one who supervises.

        What outlived its parent, such as nginx's workers after a kill -9, still holds the port: it is killed first.
        """
        self._kill_orphans()
        with self.log.open("ab") as log:
            self._account.own(self.log)
            self._popen = subprocess.Popen(
                command,
                env=dict(env),
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **self._account.run_as,
            )
        _started.append(self._popen)
        Record.of(self._popen.pid).write(self._record)

    def stop(self, how: signal.Signals = signal.SIGTERM, patience: float = 20.0) -> None:
        """Ask it to end; after `patience` seconds it is killed. Nothing happens when it does not run."""
        if process := self.process:
            try:
                process.send_signal(how)
                wait_until(lambda: not self.runs, seconds=patience, what=f"{self.name} ends")
            except GaveUp:
                self.kill()
            except psutil.NoSuchProcess:
                pass
        self._forget()

    def kill(self) -> None:
        """kill -9 of the process and all that it started, as when the machine's memory is out."""
        if process := self.process:
            _kill_tree(process)
            wait_until(lambda: not self.runs, seconds=10, what=f"{self.name} is gone")
        self._kill_orphans()
        self._forget()

    def last_words(self, lines: int = 15) -> str:
        """The end of its log."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def _kill_orphans(self) -> None:
        record = Record.read(self._record)
        if record:
            record.kill_orphans()

    def _forget(self) -> None:
        self._record.unlink(missing_ok=True)
        if self._popen is not None:
            self._popen.wait()


@atexit.register
def _let_go() -> None:
    """What we started may outlive us, on purpose; subprocess would warn of each."""
    for popen in _started:
        if popen.poll() is None:
            popen.returncode = 0


def records(folder: Path) -> list[tuple[str, Record]]:
    """Whoever left a record below `folder`, with its name, which need not be the only one of that name."""
    found = [(path.stem, Record.read(path)) for path in sorted(folder.rglob("*.json"))]
    return [(name, record) for name, record in found if record]


def kill_recorded(folder: Path) -> bool:
    """kill -9 of everything that left its record below `folder`, and its children; whether anything still ran."""
    left = [record for _, record in records(folder)]
    running = [process for record in left if (process := record.process())]
    killed = [each for process in running for each in _kill_tree(process)]
    for record in left:
        record.kill_orphans()
    psutil.wait_procs(killed, timeout=_GONE_SECONDS)  # only then are their ports free
    return bool(running)


def _kill_tree(process: psutil.Process) -> list[psutil.Process]:
    """Those that were killed: the process and all that it started."""
    try:
        whole = [*process.children(recursive=True), process]
    except psutil.NoSuchProcess:
        return []
    for each in whole:
        with suppress(psutil.NoSuchProcess):
            each.kill()
    return whole
