"""Public holidays as closures: named, dated, and marked where they are estimated."""

from datetime import date

import pytest

from availability.queries.public_holidays import is_country, public_holidays


def test_holidays_that_follow_the_moon_are_estimated_until_they_are_announced():
    estimated = {holiday.on: holiday.estimated for holiday in public_holidays("AE", 2027, "en")}
    assert estimated[date(2027, 3, 9)]
    assert not estimated[date(2027, 12, 2)]
    assert not any(holiday.estimated for holiday in public_holidays("DE", 2027, "de"))


def test_a_country_that_hides_what_is_estimated_says_it_all_the_same():
    assert any(holiday.estimated for holiday in public_holidays("SA", 2027, "en"))


def test_holidays_come_by_date_and_each_has_its_own_key():
    found = public_holidays("AE", 2027, "en")
    assert [holiday.on for holiday in found] == sorted({holiday.on for holiday in found})
    assert found[0].key == "AE:2027-01-01"
    assert all(holiday.on.year == 2027 for holiday in found)


@pytest.mark.parametrize(
    ("country", "locale", "name"),
    [
        ("DE", "de", "Neujahr"),
        ("DE", "de-DE", "Neujahr"),
        ("DE", "ar", "New Year's Day"),
        ("US", "fr", "New Year's Day"),
        ("AE", "ar_AE", "رأس السنة الميلادية"),
    ],
)
def test_names_are_in_the_language_of_the_locale_else_in_english(country: str, locale: str, name: str):
    assert public_holidays(country, 2027, locale)[0].name == name


@pytest.mark.parametrize("code", ["", "A", "XX", "UAE", "ae", "🇦🇪"])
def test_what_names_no_country_is_none(code: str):
    assert not is_country(code)


def test_every_country_has_names_that_fit_a_closure():
    for country in ("AE", "EG", "IN", "JP", "TR", "GB", "KW", "BH", "FR", "BR"):
        assert is_country(country)
        assert all(0 < len(holiday.name) <= 200 for holiday in public_holidays(country, 2027, "en"))
