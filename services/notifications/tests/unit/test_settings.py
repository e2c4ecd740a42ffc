"""Settings that cannot be meant are refused at the start."""

from typing import Any

import pytest

from notifications.settings import Settings
from plumbing.testing import TestKeys

from ..make import settings

MAIL = {"smtp_host": "mail.example.com", "mail_from": "bookings@example.com"}
IN_PRODUCTION = {"env": "production", "jwks_url": "http://accounts:8000/.well-known/jwks.json"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"smtp_host": "mail.example.com"}, "MAIL_FROM is needed"),
        (IN_PRODUCTION, "set SMTP_HOST and MAIL_FROM, or MAIL=off"),
        ({**IN_PRODUCTION, **MAIL, "smtp_password": "x", "smtp_security": "none"}, "in the clear"),
        ({**IN_PRODUCTION, "mail": "off", "webhooks_to_loopback": True}, "WEBHOOKS_TO_LOOPBACK"),
        ({"twilio_account_sid": "AC1"}, "go together"),
        ({"sms_countries": "AE,Oman"}, "must be countries"),
    ],
)
def test_what_cannot_be_meant_is_refused(keys: TestKeys, changed: dict[str, Any], said: str):
    test = settings("postgresql://x", keys).model_dump()
    with pytest.raises(ValueError, match=said):
        Settings.model_validate({**test, **changed})


def test_production_without_mail_says_so_on_purpose(keys: TestKeys):
    test = settings("postgresql://x", keys).model_dump()
    assert Settings.model_validate({**test, **IN_PRODUCTION, "mail": "off"}).smtp_host is None
