"""The generated pages of docs/reference are what the code says."""

import re

import pytest

from docs.generate import asyncapi, events, openapi, problems, settings
from docs.generate.__main__ import FOLDER, pages, write
from tests.architecture.tree import SERVICES


@pytest.mark.parametrize("part", [problems, settings, events, asyncapi, openapi])
def test_a_generated_page_is_up_to_date(part):
    for name, text in part.pages().items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text, f"{name}: run `make contracts`"


def test_generating_twice_changes_nothing(tmp_path):
    assert sorted(write(tmp_path)) == sorted(pages())
    assert write(tmp_path) == []


def test_every_service_is_generated_for():
    assert sorted(openapi.ALL_SERVICES) == SERVICES


@pytest.mark.parametrize("service", SERVICES)
def test_every_setting_says_what_it_means(service):
    rows = re.findall(r"^\| `[A-Z_]+` \|.*\|.*\|$", settings.pages()["settings.md"], re.MULTILINE)
    assert rows
    assert not [row for row in rows if re.search(r"\|\s*\|$", row)]
