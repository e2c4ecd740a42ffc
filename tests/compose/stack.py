"""The compose file, run: a project of its own on an engine, brought up and down."""

import json
import subprocess
from dataclasses import dataclass
from typing import Any

from sundial_local.layout import checkout
from sundial_local.waiting import wait_until
from tests.compose.engine import DOCKER_COMPOSE, Engine
from tests.compose.health import looked_after

_TOLD = 6000
_DEMO_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Stack:
    """`images` are the variables that choose other images than the file's own."""

    project: str
    engine: Engine
    port: int
    images: dict[str, str]

    @property
    def url(self) -> str:
        """Where the gateway answers."""
        return f"http://localhost:{self.port}"

    def build(self) -> None:
        """Build our images."""
        self._run("build")

    def up(self) -> None:
        """Start all of it; back when the demo is loaded, which waits for the gateway to be healthy."""
        with looked_after(self.engine, self.project):
            self._run("up", "--detach")
        wait_until(self._demo_is_loaded, seconds=_DEMO_SECONDS, what="the demo is loaded")

    def down(self, *, volumes: bool = False) -> None:
        """End and remove its containers, and on demand what they stored."""
        self._run("down", "--timeout=20", *(["--volumes"] if volumes else []))

    def parts(self) -> dict[str, dict[str, Any]]:
        """Every container by its service's name, with `State`, `Health` and `ExitCode`."""
        listed = [json.loads(line) for line in self._run("ps", "--all", "--format=json").splitlines()]
        return {part["Service"]: part for part in listed}

    def inside(self, service: str, *command: str) -> str:
        """What a command printed in a service's container."""
        return self._run("exec", "-T", service, *command).strip()

    def logs(self, service: str) -> str:
        """What a service said."""
        return self._run("logs", "--no-log-prefix", service)

    def _demo_is_loaded(self) -> bool:
        demo = self.parts()["demo"]
        return (demo["State"], demo["ExitCode"]) == ("exited", 0)

    def _run(self, *arguments: str) -> str:
        file = str(checkout() / "docker-compose.yml")
        command = [str(DOCKER_COMPOSE), "--project-name", self.project, "--file", file, *arguments]
        environment = {**self.engine.environment, **self.images, "PORT": str(self.port)}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        told = done.stdout[-_TOLD:] + done.stderr[-_TOLD:]
        assert done.returncode == 0, f"docker compose {' '.join(arguments)}:\n{told}"
        return done.stdout
