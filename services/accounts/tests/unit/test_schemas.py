"""What is accepted from outside, and in which form it is kept."""

from typing import Any

import pytest
from pydantic import ValidationError

from accounts.schemas.sign_in import BusinessChanges, Credentials, NewOwner


def _owner(*, business: dict[str, Any] | None = None, **changed: Any) -> NewOwner:
    body: dict[str, Any] = {"email": "amira@example.com", "password": "x" * 10, "name": "Amira"}
    return NewOwner.model_validate({**body, "business": {"name": "Studio", **(business or {})}, **changed})


def test_a_business_is_in_dubai_unless_it_says_otherwise():
    newcomer = _owner().newcomer()
    assert (newcomer.timezone, newcomer.currency, newcomer.locale) == ("Asia/Dubai", "AED", "en")


def test_an_address_is_kept_in_lower_case():
    assert _owner(email=" Amira@Example.COM ").email == "amira@example.com"


def test_a_password_is_never_shown():
    assert "secret-secret" not in repr(_owner(password="secret-secret"))


@pytest.mark.parametrize("length", [9, 257])
def test_a_password_has_10_to_256_characters(length: int):
    with pytest.raises(ValidationError):
        _owner(password="x" * length)


def test_signing_in_accepts_a_short_password_to_find_it_wrong():
    assert Credentials(email="amira@example.com", password="x").password.get_secret_value() == "x"


@pytest.mark.parametrize(
    ("given", "kept"),
    [("en", "en"), ("AR", "ar"), ("en-gb", "en-GB"), ("zh-hant-tw", "zh-Hant-TW"), ("es-419", "es-419")],
)
def test_a_locale_is_kept_in_its_usual_form(given: str, kept: str):
    assert _owner(business={"locale": given}).business.locale == kept


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("locale", ""),
        ("locale", "english"),
        ("locale", "en_GB"),
        ("locale", "en-"),
        ("timezone", "Dubai"),
        ("timezone", "asia/dubai"),
        ("timezone", "../etc/passwd"),
        ("timezone", "+04:00"),
        ("currency", "aed"),
        ("currency", "XXX"),
        ("currency", "ABC"),
        ("name", " "),
        ("name", "x" * 201),
        ("name", "a\x00b"),
        ("colour", "red"),
    ],
)
def test_what_is_no_business_is_refused(field: str, value: str):
    with pytest.raises(ValidationError):
        _owner(business={field: value})


def test_only_what_is_sent_is_changed():
    assert BusinessChanges.model_validate({"name": "New"}).changes() == {"name": "New"}


def test_null_clears_what_may_be_empty_and_leaves_the_rest():
    sent = {"name": None, "contactEmail": None, "contactPhone": None, "address": None}
    assert BusinessChanges.model_validate(sent).changes() == {
        "contact_email": None,
        "contact_phone": None,
        "address": None,
    }


def test_a_phone_number_is_kept_in_the_international_form():
    assert BusinessChanges.model_validate({"contactPhone": "+971 50 123 4567"}).changes() == {
        "contact_phone": "+971501234567"
    }
