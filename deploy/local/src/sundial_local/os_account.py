"""The account of the operating system that servers run as: PostgreSQL refuses root, and nginx need not be root."""

import hashlib
import os
import pwd
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

UNPRIVILEGED = "nobody"
"""It exists on every Linux, and owns nothing."""
READABLE_BY_ALL = Path("/var/lib/sundial")


class RunAs(TypedDict, total=False):
    """Arguments of subprocess.Popen that give up root's rights."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody other than ourselves, whom only root can become; or ourselves, when `uid` is None."""

    uid: int | None = None
    gid: int | None = None

    @property
    def run_as(self) -> RunAs:
        """How to start a process as this account."""
        if self.uid is None or self.gid is None:
            return RunAs()
        return RunAs(user=self.uid, group=self.gid, extra_groups=[])

    def own(self, path: Path) -> Path:
        """Hand a file or folder to the account; the folder is made if needed."""
        if not path.exists():
            path.mkdir(parents=True)
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)
        return path

    def can_read(self, path: Path) -> bool:
        """Whether the account gets as far as `path` (a private home above it is in the way)."""
        if self.uid is None:
            return os.access(path, os.R_OK)
        return subprocess.run(["/usr/bin/test", "-r", path], cwd="/", check=False, **self.run_as).returncode == 0


def server_account() -> Account:
    """Ourselves, or `nobody` when we are root."""
    if os.geteuid() != 0:
        return Account()
    entry = pwd.getpwnam(UNPRIVILEGED)
    return Account(entry.pw_uid, entry.pw_gid)


def folder_for(account: Account, wanted: Path) -> Path:
    """`wanted`, or where it lies below a private folder, a place of the same meaning that the account can reach."""
    wanted.mkdir(parents=True, exist_ok=True)
    wanted.chmod(0o755)
    if account.can_read(wanted):
        return wanted
    elsewhere = READABLE_BY_ALL / hashlib.sha256(bytes(wanted.resolve())).hexdigest()[:16]
    elsewhere.mkdir(parents=True, exist_ok=True)
    for each in (READABLE_BY_ALL, elsewhere):
        each.chmod(0o755)
    return elsewhere


def copy_for(account: Account, source: Path, target: Path, copy: Callable[[Path, Path], None] | None = None) -> Path:
    """`target`, a copy of the folder `source` that the account can read; made once, and whole or not at all."""
    if not target.exists():
        half = target.with_name(f"{target.name}.{os.getpid()}")
        target.parent.mkdir(parents=True, exist_ok=True)
        (copy or _copy_tree)(source, half)
        for each in (half, *half.rglob("*")):
            account.own(each)
        half.rename(target)
    return target


def _copy_tree(source: Path, target: Path) -> None:
    shutil.copytree(source, target, symlinks=True)
