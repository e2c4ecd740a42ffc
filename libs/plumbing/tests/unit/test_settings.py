"""A process with unusable settings ends at start, with words to act on."""

import pytest

from plumbing.settings import SETTINGS_UNUSABLE, Environment, ServiceSettings

GOOD = {
    "PORT": "8101",
    "DATABASE_URL": "postgresql://app:s3cret@localhost/x",
    "AMQP_URL": "amqp://localhost/",
    "JWKS_URL": "http://localhost/jwks",
    "ACCOUNTS_URL": "http://localhost",
    "SERVICE_PRIVATE_KEY": "{}",
    "PUBLIC_ORIGINS": "http://localhost:8080, http://127.0.0.1:8080",
}


@pytest.fixture
def environment(monkeypatch):
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("ENV", raising=False)
    return monkeypatch


def test_good_settings_are_typed_and_frozen(environment):
    settings = ServiceSettings.load()
    assert settings.port == 8101
    assert settings.public_origins == ("http://localhost:8080", "http://127.0.0.1:8080")
    with pytest.raises(ValueError, match="frozen"):
        settings.port = 1


def test_production_is_the_default(environment):
    assert ServiceSettings.load().env is Environment.PRODUCTION


def test_a_missing_setting_is_named(environment, capsys):
    environment.delenv("AMQP_URL")
    with pytest.raises(SystemExit) as ended:
        ServiceSettings.load()
    assert ended.value.code == SETTINGS_UNUSABLE
    assert "AMQP_URL: is not set" in capsys.readouterr().err


def test_a_wrong_setting_is_named_and_its_value_is_not_shown(environment, capsys):
    environment.setenv("DATABASE_URL", "mysql://app:hunter2@localhost/x")
    with pytest.raises(SystemExit):
        ServiceSettings.load()
    printed = capsys.readouterr().err
    assert "DATABASE_URL: must start with postgresql://" in printed
    assert "hunter2" not in printed


def test_secrets_do_not_show_in_a_representation(environment):
    assert "s3cret" not in repr(ServiceSettings.load())
