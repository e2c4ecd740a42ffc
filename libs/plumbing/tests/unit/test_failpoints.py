"""Failpoints: what may be asked for, and that nothing happens unless it is."""

import pytest

from plumbing import failpoints
from plumbing.failpoints import FailpointReached, Failure
from plumbing.settings import SETTINGS_UNUSABLE, ServiceSettings

GOOD = {
    "PORT": "8101",
    "DATABASE_URL": "postgresql://app:s3cret@localhost/x",
    "AMQP_URL": "amqp://localhost/",
    "JWKS_URL": "http://localhost/jwks",
    "ACCOUNTS_URL": "http://localhost",
    "SERVICE_PRIVATE_KEY": "{}",
    "PUBLIC_ORIGINS": "http://localhost:8080",
}


@pytest.fixture(autouse=True)
def disarmed():
    yield
    failpoints.arm({})


def test_several_are_separated_by_commas():
    assert failpoints.parse("a.b:kill, c:raise,d:sleep:0.5") == {
        "a.b": Failure("kill"),
        "c": Failure("raise"),
        "d": Failure("sleep", 0.5),
    }


@pytest.mark.parametrize("text", ["a", "a:explode", ":kill", "a:sleep", "a:sleep:soon", "a:kill:2", "a:sleep:-1"])
def test_what_cannot_be_understood_is_refused(text: str):
    with pytest.raises(ValueError, match="FAILPOINT"):
        failpoints.parse(text)


async def test_only_the_named_place_fails():
    failpoints.arm(failpoints.parse("here:raise"))
    await failpoints.reach("there")
    with pytest.raises(FailpointReached, match="here"):
        await failpoints.reach("here")


async def test_nothing_fails_unless_it_is_asked_for():
    await failpoints.reach("here")


def test_production_refuses_failpoints(monkeypatch, capsys):
    for name, value in {**GOOD, "FAILPOINT": "a:kill"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("ENV", "test")
    ServiceSettings.load()
    monkeypatch.setenv("ENV", "production")
    with pytest.raises(SystemExit) as ended:
        ServiceSettings.load()
    assert ended.value.code == SETTINGS_UNUSABLE
    assert "FAILPOINT is for tests" in capsys.readouterr().err
