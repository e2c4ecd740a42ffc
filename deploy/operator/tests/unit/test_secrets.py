"""The secrets of an installation: made once, none shared, each part given its own."""

import json
import subprocess
from pathlib import Path

from sundial.environment import KEEPING
from sundial.secrets import make, write

HOSTS = {"postgres": "postgres:5432", "rabbitmq": "rabbitmq:5672"}


def test_no_two_roles_share_a_password():
    files = make(**HOSTS)
    passwords = [value for name, value in files["postgres"].items() if name.endswith("_PASSWORD")]
    assert len(passwords) == 1 + 2 * len(KEEPING)
    assert len(set(passwords)) == len(passwords)


def test_a_service_trusts_the_public_keys_of_its_callers_and_no_private_one():
    files = make(**HOSTS)
    trusted = json.loads(files["availability"]["TRUSTED_SERVICE_KEYS"])["keys"]
    assert [key["kid"] for key in trusted] == ["appointments", "booking-public"]
    assert all("d" not in key for key in trusted)
    assert json.loads(files["appointments"]["SERVICE_PRIVATE_KEY"])["x"] == trusted[0]["x"]


def test_a_service_gets_its_runtime_role_and_never_the_owner():
    files = make(**HOSTS)
    for service in KEEPING:
        assert f"{service.identifier}_app:" in files[service]["DATABASE_URL"]
        assert files["postgres"][f"{service.variable}_OWNER_PASSWORD"] not in "".join(files[service].values())


def test_a_shell_reads_the_files_as_they_were_made(tmp_path: Path):
    files = make(**HOSTS)
    assert write(tmp_path, files)
    for part, variables in files.items():
        script = f". {tmp_path}/{part}/environment; " + "; ".join(f'printf "%s\\n" "${name}"' for name in variables)
        read = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True).stdout
        assert read.splitlines() == list(variables.values())


def test_secrets_that_exist_are_never_overwritten(tmp_path: Path):
    write(tmp_path, make(**HOSTS))
    before = (tmp_path / "accounts" / "environment").read_text()
    assert not write(tmp_path, make(**HOSTS))
    assert (tmp_path / "accounts" / "environment").read_text() == before
