"""Servers in containers, where nothing else is there and a Docker or podman socket answers."""

from uuid import uuid4

import docker
import docker.errors
import pytest
from testcontainers.community.postgres import PostgresContainer
from testcontainers.core.container import DockerContainer
from testcontainers.core.wait_strategies import LogMessageWaitStrategy

POSTGRES_IMAGE = "postgres:18"
RABBITMQ_IMAGE = "rabbitmq:4-management"
AMQP_PORT = 5672
MANAGEMENT_PORT = 15672


def postgres() -> str:
    """The superuser's URL of a new server; the container is removed by testcontainers when the run ends."""
    _need_engine("PostgreSQL", "DATABASE_URL")
    container = PostgresContainer(POSTGRES_IMAGE, driver=None)
    container.start()
    return str(container.get_connection_url())


def rabbitmq() -> tuple[str, str]:
    """The AMQP URL of a new broker, and that of its management API."""
    _need_engine("RabbitMQ", "AMQP_URL")
    user, password = "sundial", uuid4().hex
    container = DockerContainer(RABBITMQ_IMAGE).with_exposed_ports(AMQP_PORT, MANAGEMENT_PORT)
    container.with_env("RABBITMQ_DEFAULT_USER", user).with_env("RABBITMQ_DEFAULT_PASS", password)
    container.waiting_for(LogMessageWaitStrategy("Server startup complete"))
    container.start()
    login = f"{user}:{password}@{container.get_container_host_ip()}"
    return (
        f"amqp://{login}:{container.get_exposed_port(AMQP_PORT)}/%2F",
        f"http://{login}:{container.get_exposed_port(MANAGEMENT_PORT)}",
    )


def _need_engine(server: str, variable: str) -> None:
    try:
        docker.from_env().ping()
    except docker.errors.DockerException:
        pytest.fail(f"There is no {server} for the tests: set {variable}, or install it (see CONTRIBUTING.md).")
