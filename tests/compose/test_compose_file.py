"""docker-compose.yml and the Dockerfiles, checked by the programs that read them."""

import json
import os
import re
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import compose
import pytest

from notifications.use_cases.departures import ANSWER_SECONDS
from notifications.use_cases.webhooks.post import GRACE_SECONDS
from sundial.secrets import make
from sundial_local.layout import Service, checkout, gateway_files
from tests.compose.settings import required

DOCKER_COMPOSE = Path(compose.__file__).with_name("docker-compose")
HADOLINT = Path(sysconfig.get_path("scripts")) / "hadolint"
SET_BY_THE_IMAGE = {"HOST", "PORT"}


def read(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(DOCKER_COMPOSE), "-f", str(checkout() / "docker-compose.yml"), "config", *arguments]
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


@pytest.fixture(scope="module")
def parts() -> dict[str, Any]:
    return json.loads(read("--format", "json").stdout)["services"]


def test_compose_reads_the_file():
    done = read("-q")
    assert (done.returncode, done.stderr) == (0, "")


def test_every_service_process_is_a_container(parts: dict[str, Any]):
    assert {service.value for service in Service} <= parts.keys()


@pytest.mark.parametrize("service", list(Service))
def test_a_container_is_given_every_setting_that_has_no_default(parts: dict[str, Any], service: Service):
    secret = make(postgres="postgres:5432", rabbitmq="rabbitmq:5672")[service]
    given = parts[service]["environment"].keys() | secret.keys() | SET_BY_THE_IMAGE
    assert required(service) <= given


def test_whatever_serves_has_a_health_check(parts: dict[str, Any]):
    serving = {name for name, part in parts.items() if part.get("restart") == "unless-stopped"}
    assert {name for name in serving if "healthcheck" not in parts[name]} == set()


def test_a_health_check_is_the_same_on_podman(parts: dict[str, Any]):
    """Podman's side of the Docker API cuts a CMD at every blank; a CMD-SHELL comes whole."""
    checks = {name: part["healthcheck"]["test"] for name, part in parts.items() if "healthcheck" in part}
    cut = {name for name, (kind, *words) in checks.items() if kind == "CMD" and any(" " in word for word in words)}
    assert cut == set()


def test_what_notifications_waits_for_at_its_end_is_waited_for(parts: dict[str, Any]):
    given = int(parts["notifications"]["stop_grace_period"].removesuffix("s"))
    assert given > ANSWER_SECONDS + GRACE_SECONDS


def test_nothing_but_the_gateway_is_reached_from_outside(parts: dict[str, Any]):
    assert {name for name, part in parts.items() if part.get("ports")} == {"gateway"}
    assert all(port["host_ip"] == "127.0.0.1" for port in parts["gateway"]["ports"])


def test_the_gateway_is_given_every_variable_of_its_templates(parts: dict[str, Any]):
    templates = gateway_files().glob("*.template")
    wanted = {name for path in templates for name in re.findall(r"\$\{(GATEWAY_\w+)\}", path.read_text())}
    assert wanted == {name for name in parts["gateway"]["environment"] if name.startswith("GATEWAY_")}


def test_our_programs_run_without_any_privilege(parts: dict[str, Any]):
    for service in Service:
        part = parts[service]
        assert (part["read_only"], part["cap_drop"], part["security_opt"]) == (
            True,
            ["ALL"],
            ["no-new-privileges:true"],
        )


@pytest.mark.parametrize("dockerfile", sorted((checkout() / "deploy").glob("*.Dockerfile")), ids=lambda path: path.name)
def test_hadolint_finds_nothing(dockerfile: Path):
    done = subprocess.run([str(HADOLINT), str(dockerfile)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
