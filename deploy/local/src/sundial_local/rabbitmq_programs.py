"""Where RabbitMQ's programs are: installed, else from Debian's packages."""

from dataclasses import dataclass
from pathlib import Path
from shutil import which

from sundial_local import debian
from sundial_local.failures import CannotRun
from sundial_local.os_account import Account

INSTALLED = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
"""Not the one in sbin: that is a wrapper which wants to become the account `rabbitmq`."""
PACKAGES = ("rabbitmq-server", *(f"erlang-{part}" for part in (
    "base asn1 crypto eldap ftp inets mnesia os-mon parsetools public-key runtime-tools snmp ssl syntax-tools tftp "
    "tools xmerl"
).split()))  # fmt: skip
_ROOT_LINE = "ROOTDIR=/usr/lib/erlang"


@dataclass(frozen=True, slots=True)
class Programs:
    """The server's start script, Erlang's directory of nodes, and the folders that PATH needs."""

    server: Path
    epmd: Path
    path: tuple[Path, ...] = ()


def missing() -> tuple[str, ...]:
    """The packages that have to be installed first."""
    return () if _installed() else PACKAGES[:1]


def find(account: Account, folder: Path) -> Programs:
    """The installed programs, after installing them if that is possible, or unpacked below `folder`.

    Raises CannotRun, with what to do, when there is no way.
    """
    programs = _installed() or _unpacked(folder)
    if programs is None and debian.is_debian():
        programs = _fetch(account, folder)
    if programs is None:
        raise CannotRun("There is no RabbitMQ here: set AMQP_URL, or install RabbitMQ (rabbitmq-server).")
    return programs


def _installed() -> Programs | None:
    server = INSTALLED if INSTALLED.exists() else _outside_debian()
    epmd = which("epmd")
    return Programs(server, Path(epmd), (server.parent, Path(epmd).parent)) if server and epmd else None


def _outside_debian() -> Path | None:
    found = which("rabbitmq-server")
    return Path(found) if found and not debian.is_debian() else None


def _fetch(account: Account, folder: Path) -> Programs | None:
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "packages.log"
    if debian.can_install():
        debian.install(["rabbitmq-server"], log)
        return _installed()
    target = _folder(folder)
    debian.unpack(PACKAGES, target, log)
    _move_erlang(target)
    return _unpacked(folder)


def _folder(folder: Path) -> Path:
    return folder / "rabbitmq-unpacked"


def _unpacked(folder: Path) -> Programs | None:
    root = _folder(folder)
    erlang = root / "usr/lib/erlang/bin"
    server = root / "usr/lib/rabbitmq/bin/rabbitmq-server"
    return Programs(server, erlang / "epmd", (erlang, server.parent)) if server.exists() else None


def _move_erlang(root: Path) -> None:
    """Erlang's scripts know only the place where the package would install them."""
    erlang = root / "usr/lib/erlang"
    for script in [*erlang.glob("bin/*"), *erlang.glob("erts-*/bin/*")]:
        if script.is_file() and not script.is_symlink() and script.read_bytes()[:2] == b"#!":
            script.write_text(script.read_text().replace(_ROOT_LINE, f"ROOTDIR={erlang}"))
