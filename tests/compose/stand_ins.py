"""Images of Debian packages in place of the official ones, where no registry can be reached (images/README.md)."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.compose.engine import Engine

IMAGES = Path(__file__).with_name("images")
PREFIX = "localhost/sundial-stand-in"
DEBIAN = f"{PREFIX}/debian:13"
CERTIFICATES = Path("etc/ssl/certs/ca-certificates.crt")
BUILT = ("python", "node", "postgres", "rabbitmq", "nginx")
"""In this order, because one is made from another."""


def wanted() -> bool:
    """Whether COMPOSE_IMAGES asks for them."""
    return os.environ.get("COMPOSE_IMAGES") == "stand-ins"


def build(engine: Engine, folder: Path) -> dict[str, str]:
    """Build what is not there yet, in `folder`; the variables by which the compose file takes them."""
    if not engine.podman("images", "--quiet", DEBIAN):
        _bootstrap(engine, folder / "debian")
    bases = ("--build-arg", f"DEBIAN_IMAGE={DEBIAN}", "--build-arg", f"PYTHON_IMAGE={PREFIX}/python")
    for name in BUILT:
        engine.podman("build", "--format=docker", f"--tag={PREFIX}/{name}", *bases, str(IMAGES / name))
    return {f"{name.upper()}_IMAGE": f"{PREFIX}/{name}" for name in BUILT}


def _bootstrap(engine: Engine, tree: Path) -> None:
    """The base: a minimal Debian that trusts the certificates that this machine trusts."""
    command = ["debootstrap", "--variant=minbase", "--include=ca-certificates", "trixie", str(tree)]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    if (Path("/") / CERTIFICATES).exists():
        shutil.copyfile(Path("/") / CERTIFICATES, tree / CERTIFICATES)
    packed = tree.with_suffix(".tar")
    subprocess.run(["tar", "-C", str(tree), "-cf", str(packed), "."], check=True)
    engine.podman("import", str(packed), DEBIAN)
    packed.unlink()
    shutil.rmtree(tree)
