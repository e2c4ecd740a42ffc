"""Whoever sends something that has not the right form is told which form that is, not shown a regular expression."""

from collections.abc import Iterator
from typing import Any

import pytest

from docs.generate.openapi import SERVICES, application
from plumbing.words import SHAPES


def _patterns(part: Any) -> Iterator[str]:
    """All that some text in a document must match."""
    if isinstance(part, dict):
        if isinstance(part.get("pattern"), str):
            yield part["pattern"]
        for inner in part.values():
            yield from _patterns(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _patterns(inner)


@pytest.mark.parametrize("service", SERVICES)
def test_every_form_that_a_field_must_have_has_words(service: str):
    assert set(_patterns(application(service).openapi())) <= SHAPES.keys()
