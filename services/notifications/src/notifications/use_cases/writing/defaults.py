"""The words that come with the product, by language: `en.toml` and `ar.toml` beside this file."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from notifications.domain.kinds import CHANNELS, LOCALES, Channel, Kind
from notifications.domain.templates import Template, TemplateKey, template


def default(key: TemplateKey) -> Template:
    """The template that comes with the product. KeyError when there is none: the kind does not go by that channel."""
    return _all()[key]


def default_keys() -> list[TemplateKey]:
    """All that there are, in the order of kinds, channels and languages."""
    return list(_all())


@cache
def labels(locale: str) -> Mapping[str, str]:
    """The words of lists and buttons."""
    return _read(locale)["labels"]


@cache
def reasons(locale: str) -> Mapping[str, str]:
    """What people are told of the reasons that services give for a cancellation, by what those write."""
    return _read(locale)["reasons"]


@cache
def _all() -> dict[TemplateKey, Template]:
    found = {locale: _read(locale) for locale in LOCALES}
    return {
        key: _template(key, found[key.locale][key.kind.value])
        for kind in Kind
        for channel in Channel
        if channel in CHANNELS[kind]
        for key in (TemplateKey(kind, channel, locale) for locale in LOCALES)
    }


def _template(key: TemplateKey, words: Mapping[str, str]) -> Template:
    if key.channel is Channel.EMAIL:
        return template(key, subject=words["subject"], body=words["body"].strip(), text=words["text"].strip())
    return template(key, subject=None, body=None, text=words["sms"].strip())


@cache
def _read(locale: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(f"{locale}.toml").read_text(encoding="utf-8"))
