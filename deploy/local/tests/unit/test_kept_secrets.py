"""Secrets are made once, and only their owner may read them."""

import json
from pathlib import Path

from sundial_local.kept_secrets import Secrets
from sundial_local.layout import Service


def test_they_are_the_same_the_next_time(tmp_path: Path):
    first = Secrets(tmp_path)
    again = {whose: first.password(whose) for whose in ("postgres", "rabbitmq", "accounts_app")}
    assert {whose: Secrets(tmp_path).password(whose) for whose in again} == again
    assert Secrets(tmp_path).signing_keys() == first.signing_keys()
    assert len(set(again.values())) == len(again)


def test_nobody_else_may_read_them(tmp_path: Path):
    Secrets(tmp_path).password("postgres")
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_what_others_are_told_of_a_key_is_its_public_half(tmp_path: Path):
    secrets = Secrets(tmp_path)
    [public] = json.loads(secrets.public_keys(Service.AVAILABILITY))["keys"]
    private = json.loads(secrets.private_key(Service.AVAILABILITY))
    assert (public["kid"], public["x"]) == ("availability", private["x"])
    assert "d" not in public


def test_a_service_that_is_new_gets_its_own_and_nobody_else_s_change(tmp_path: Path):
    Secrets(tmp_path).password("postgres")
    path = tmp_path / "secrets.json"
    before = json.loads(path.read_text())
    older = json.loads(path.read_text())
    del older["passwords"]["booking_public_app"], older["services"]["booking-public"]
    path.write_text(json.dumps(older))
    assert Secrets(tmp_path).password("booking_public_app") != before["passwords"]["booking_public_app"]
    after = json.loads(path.read_text())
    assert after.keys() == before.keys()
    assert after["signing"] == before["signing"]
    assert after["passwords"].items() >= older["passwords"].items()
    assert after["services"].items() >= older["services"].items()
