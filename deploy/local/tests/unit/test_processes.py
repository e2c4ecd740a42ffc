"""A process of ours is found again, ended whole, and never confused with somebody else's."""

import json
import os
import sys
from pathlib import Path

import psutil
import pytest

from sundial_local.processes import Child, Record, kill_recorded
from sundial_local.waiting import wait_until

SLEEPS = [sys.executable, "-c", "import signal; signal.pause()"]
WITH_A_WORKER = [
    sys.executable,
    "-c",
    "import os, signal\npid = os.fork()\nif pid: print(pid, flush=True)\nsignal.pause()",
]


@pytest.fixture
def child(tmp_path: Path):
    made = Child("part", tmp_path)
    yield made
    made.kill()


def start(child: Child, command: list[str]) -> psutil.Process:
    child.start(command, {"PATH": os.environ["PATH"]}, Path("/"))
    assert child.process
    return child.process


def worker_of(child: Child) -> psutil.Process:
    wait_until(lambda: child.log.read_text().endswith("\n"), seconds=10, what="the worker starts")
    return psutil.Process(int(child.log.read_text()))


def is_gone(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def test_a_process_is_found_again_by_another_command(child: Child, tmp_path: Path):
    started = start(child, SLEEPS)
    assert Child("part", tmp_path).process == started
    child.stop()
    assert Child("part", tmp_path).process is None


def test_a_number_that_is_somebody_elses_by_now_is_not_ours(tmp_path: Path):
    (tmp_path / "part.json").write_text(json.dumps({"pid": os.getpid(), "created": 0}))
    assert Child("part", tmp_path).process is None
    assert not kill_recorded(tmp_path)


@pytest.mark.parametrize("broken", ["", "[]", "{}", '{"pid": "x", "created": 1}'])
def test_a_record_that_cannot_be_read_is_none(tmp_path: Path, broken: str):
    (tmp_path / "part.json").write_text(broken)
    assert Record.read(tmp_path / "part.json") is None


def test_a_kill_takes_everything_that_the_process_started(child: Child):
    start(child, WITH_A_WORKER)
    worker = worker_of(child)
    child.kill()
    wait_until(lambda: is_gone(worker), seconds=10, what="the worker is gone")


def test_what_outlived_its_parent_is_gone_before_the_next_start(child: Child):
    parent = start(child, WITH_A_WORKER)
    worker = worker_of(child)
    parent.kill()
    wait_until(lambda: not child.runs, seconds=10, what="the parent is gone")
    assert not is_gone(worker)
    start(child, SLEEPS)
    wait_until(lambda: is_gone(worker), seconds=10, what="the worker is gone")


def test_a_process_whose_record_is_gone_is_still_ended_by_whoever_started_it(child: Child, tmp_path: Path):
    started = start(child, SLEEPS)
    (tmp_path / "part.json").unlink()
    child.stop()
    assert is_gone(started)


def test_parts_of_the_same_name_are_all_ended(tmp_path: Path):
    folders = [tmp_path / name for name in ("one", "two")]
    left: list[psutil.Process] = []
    for folder in folders:
        folder.mkdir()
        left.append(start(Child("part", folder), SLEEPS))
    assert kill_recorded(tmp_path)
    assert all(is_gone(process) for process in left)


def test_what_a_run_left_behind_is_ended_by_the_next(child: Child, tmp_path: Path):
    left = start(child, SLEEPS)
    assert kill_recorded(tmp_path)
    wait_until(lambda: is_gone(left), seconds=10, what="it is gone")
