"""The public holidays of a country in a year, in a language: known from the package `holidays`, asked of nobody."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import holidays as catalogue
from holidays import country_holidays, list_localized_countries, list_supported_countries

_OTHERWISE = "en"
_SHOW_ESTIMATED = "islamic_show_estimated"


@dataclass(frozen=True, slots=True)
class Holiday:
    """One date. `estimated`: it follows the moon, and is announced only when it is seen."""

    country: str
    on: date
    name: str
    estimated: bool

    @property
    def key(self) -> str:
        """What it is known by, so that it is not imported twice."""
        return f"{self.country}:{self.on}"

    def fields(self) -> dict[str, Any]:
        """Those of the closure on that date."""
        return {"name": self.name, "start_date": self.on, "end_date": self.on, "estimated": self.estimated}


def is_country(code: str) -> bool:
    """Whether public holidays are known of this country (ISO 3166-1, two letters)."""
    return len(code) == 2 and code in list_supported_countries()


def public_holidays(country: str, year: int, locale: str) -> list[Holiday]:
    """Those of the whole country, ascending; named in the locale's language, else in English, else in the country's."""
    return list(_holidays(country, year, _language(country, locale)))


def _holidays(country: str, year: int, language: str | None) -> Iterator[Holiday]:
    # What is estimated is said only in its name, and in each language by another word: without it the name differs.
    named, certain = (_named(country, year, language, estimated=estimated) for estimated in (True, False))
    for on, name in sorted(named.items()):
        yield Holiday(country, on, name[:200], estimated=certain.get(on) != name)


def _named(country: str, year: int, language: str | None, *, estimated: bool) -> Mapping[date, str]:
    known = getattr(catalogue, country).get_supported_options()
    options: dict[str, Any] = {_SHOW_ESTIMATED: estimated} if _SHOW_ESTIMATED in known else {}
    return country_holidays(country, years=year, language=language, **options)


def _language(country: str, locale: str) -> str | None:
    known = list_localized_countries().get(country, [])
    wanted = (locale.replace("-", "_"), locale[:2], _OTHERWISE)
    return next((one for word in wanted for one in known if one == word or one.split("_")[0] == word), None)
