"""Where nginx and its compression module are: installed, else from Debian's packages."""

from dataclasses import dataclass
from pathlib import Path
from shutil import which

from sundial_local import debian
from sundial_local.failures import CannotRun

PACKAGES = ("nginx", "libnginx-mod-http-brotli-filter")
_SBIN = "/usr/sbin:/sbin:/usr/local/sbin"
_MODULE = Path("usr/lib/nginx/modules/ngx_http_brotli_filter_module.so")


@dataclass(frozen=True, slots=True)
class Programs:
    """The server, and the module that compresses with brotli where there is one."""

    nginx: Path
    brotli: Path | None


def missing() -> tuple[str, ...]:
    """The packages that have to be installed first."""
    return () if _installed() else PACKAGES


def find(folder: Path) -> Programs:
    """The installed programs, after installing them if that is possible, or unpacked below `folder`.

    Raises CannotRun, with what to do, when there is no way.
    """
    programs = _installed() or _unpacked(folder)
    if programs is None and debian.is_debian():
        programs = _fetch(folder)
    if programs is None:
        raise CannotRun("There is no nginx here: install it.")
    return programs


def _installed() -> Programs | None:
    found = which("nginx") or which("nginx", path=_SBIN)
    return _programs(Path(found), Path("/")) if found else None


def _fetch(folder: Path) -> Programs | None:
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "packages.log"
    if debian.can_install():
        debian.install(PACKAGES, log)
        return _installed()
    debian.unpack(PACKAGES, _folder(folder), log)
    return _unpacked(folder)


def _folder(folder: Path) -> Path:
    return folder / "nginx-unpacked"


def _unpacked(folder: Path) -> Programs | None:
    root = _folder(folder)
    nginx = root / "usr/sbin/nginx"
    return _programs(nginx, root) if nginx.exists() else None


def _programs(nginx: Path, root: Path) -> Programs:
    """A module is only taken with the server of the same distribution: another would not load it."""
    module = root / _MODULE
    same = nginx == root / "usr/sbin/nginx" and module.exists()
    return Programs(nginx, module if same else None)
