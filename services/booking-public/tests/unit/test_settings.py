"""Settings that cannot work are refused at the start."""

import pytest
from pydantic import ValidationError

from plumbing.testing import TestKeys

from ..make import settings


def test_it_cannot_start_without_the_way_to_the_other_services():
    with pytest.raises(ValidationError, match="appointments_url"):
        settings("postgresql://nobody@localhost/nowhere", TestKeys(), appointments_url=None)


def test_production_says_on_purpose_that_it_does_without_a_captcha():
    told = {"env": "production", "hcaptcha_site_key": None, "hcaptcha_secret": None}
    with pytest.raises(ValidationError, match="CAPTCHA=off"):
        settings("postgresql://nobody@localhost/nowhere", TestKeys(), **told)
    assert settings("postgresql://nobody@localhost/nowhere", TestKeys(), **told, captcha="off").captcha == "off"
    keys = {"hcaptcha_site_key": "site", "hcaptcha_secret": "secret"}
    assert settings("postgresql://nobody@localhost/nowhere", TestKeys(), **{**told, **keys}).captcha == "on"


def test_half_a_captcha_is_none():
    with pytest.raises(ValidationError, match="go together"):
        settings("postgresql://nobody@localhost/nowhere", TestKeys(), hcaptcha_site_key="site")
