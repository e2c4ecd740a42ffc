"""The pages are true: their commands run as they stand there, and print what the page says."""

from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from tests.docs.shell import check
from tests.docs.tutorial import Step, comparable, steps_of

DOCS = ROOT / "docs"
TUTORIALS = sorted((DOCS / "tutorials").glob("*.md"))
SHELL = DOCS / "how-to" / "shell.md"
NOT_FOR_A_SHELL = {"consume-our-events.md", "develop.md", "operate.md"}
"""How-tos for those who work on the product, or run it: their commands want another place than a shell beside it."""

PAGES = sorted(
    page
    for folder in ("how-to", "reference/api")
    for page in (DOCS / folder).glob("*.md")
    if page.name not in NOT_FOR_A_SHELL and page != SHELL and "```sh" in page.read_text(encoding="utf-8")
)
"""All that have commands; those for owners have none."""


def _steps(page: Path) -> list[Step]:
    return steps_of(page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", [*TUTORIALS, SHELL], ids=lambda page: page.stem)
async def test_a_tutorial_prints_what_it_says(page: Path, product_url: str):
    await check(_steps(page), product_url)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
async def test_a_page_prints_what_it_says_in_the_shell_that_it_asks_for(page: Path, product_url: str):
    await check(_steps(SHELL) + _steps(page), product_url)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_says_what_to_type_first(page: Path):
    assert "shell.md)" in page.read_text(encoding="utf-8")


def test_commands_are_read_with_what_is_shown_after_them():
    page = "text\n\n```sh\necho 1\n```\n\n```text\n1\n```\n\nmore\n\n```sh\ntrue\n```\n"
    assert steps_of(page) == [Step("echo 1\n", "1\n"), Step("true\n", "")]


def test_ids_and_dates_may_be_others():
    first = "0199f0a2-1111-7222-8333-444455556666 2026-11-30T06:00:00Z\n"
    second = "0199f0a2-ffff-7222-8333-444455556666 2027-02-01T06:00:00Z"
    assert comparable(first) == comparable(second)
    assert comparable("06:00") != comparable("07:00")
