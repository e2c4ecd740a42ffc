"""What is described to clients speaks of JSON, and says of every call what it does."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from docs.generate.merged import merge
from docs.generate.openapi import SERVICES, application

_PYTHON = re.compile(r"\b(?:None|True|False)\b|`\w*[a-z]_[a-z_]+`")


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """All that can be reached from outside."""
    return merge({name: application(name).openapi() for name in SERVICES}, version="0")


def _descriptions(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from (part[name] for name in ("description", "summary") if isinstance(part.get(name), str))
        for inner in part.values():
            yield from _descriptions(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _descriptions(inner)


def test_no_description_speaks_of_python(document: dict[str, Any]):
    assert [text for text in _descriptions(document) if _PYTHON.search(text)] == []


def test_every_summary_says_what_is_done_to_what(document: dict[str, Any]):
    operations = [operation for item in document["paths"].values() for operation in item.values()]
    assert [one["summary"] for one in operations if len(one["summary"].split()) < 2] == []
