"""The reference has every call of the product, with an example, and none that is not there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from docs.generate.merged import merge
from docs.generate.openapi import SERVICES, application
from tests.architecture.tree import ROOT
from tests.docs.tutorial import steps_of
from tests.e2e.operations import operations

FOLDER = ROOT / "docs" / "reference" / "api"
PAGES = sorted(page for page in FOLDER.glob("*.md") if page.name != "README.md")

_HEADING = re.compile(r"^## (.*)$", re.MULTILINE)
_CALL = re.compile(r"(GET|POST|PUT|DELETE|PATCH) (/\S+)")
_PARAMETER = re.compile(r"{[^}]+}")
_VALUE = r"[^/?\s]+"
"""What stands in an example where a path has a parameter."""


@dataclass(frozen=True, slots=True)
class Section:
    """What a page says about one call: `call` has `{}` where an id stands."""

    page: str
    call: str
    text: str

    def has_an_example(self) -> bool:
        """Whether one of its commands makes the call, and something is shown after it."""
        method, path = self.call.split(" ")
        path = re.escape(path).replace(re.escape("{}"), _VALUE)
        asked = re.compile(rf"(?:{method} \"?|\$URL){path}(?![/\w])")
        return any(asked.search(step.commands) and step.printed.strip() for step in steps_of(self.text))


def _sections(page: Path) -> Iterator[Section]:
    _, *parts = _HEADING.split(page.read_text(encoding="utf-8"))
    for heading, text in zip(parts[::2], parts[1::2], strict=True):
        if call := _CALL.fullmatch(heading):
            yield Section(page.name, _PARAMETER.sub("{}", call[0]), text)


SECTIONS = [section for page in PAGES for section in _sections(page)]


@pytest.fixture(scope="module")
def calls() -> set[str]:
    """Every call that can be made from outside."""
    document = merge({name: application(name).openapi() for name in SERVICES}, version="0")
    return {str(operation) for operation in operations(document)}


def test_every_call_is_described(calls: set[str]):
    described = {section.call for section in SECTIONS}
    missing = sorted(calls - described)
    assert not missing, (
        f"No page has a heading for {missing}. Write `## METHOD /path` with a sentence and an example "
        f"on the page of its noun in {FOLDER.relative_to(ROOT)}/."
    )


def test_every_call_that_is_described_exists(calls: set[str]):
    lost = [f"{section.page}: {section.call}" for section in SECTIONS if section.call not in calls]
    assert not lost, f"These headings name no call of the product: {lost}"


def test_every_call_is_described_once():
    known = sorted(section.call for section in SECTIONS)
    assert known == sorted(set(known))


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.call)
def test_every_call_has_an_example_that_shows_what_is_answered(section: Section):
    wanted = f"{section.page}: {section.call} needs an `sh` block that makes the call, and a `text` block after it"
    assert section.has_an_example(), wanted


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_page_is_in_the_index(page: Path):
    assert f"({page.name})" in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_only_the_call_itself_is_an_example():
    def section(command: str, printed: str = "1") -> Section:
        return Section("", "PUT /api/things/{}", f"\n```sh\n{command}\n```\n\n```text\n{printed}\n```\n")

    assert section('api PUT "/api/things/$IT" "{}" | pick name').has_an_example()
    assert not section('api PUT "/api/things/$IT/parts" "{}"').has_an_example()
    assert not section('api GET "/api/things/$IT"').has_an_example()
    assert not section('api PUT "/api/things/$IT" "{}"', printed="").has_an_example()
