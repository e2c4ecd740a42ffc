"""Pages do not promise what is not there: links lead somewhere, commands exist."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from typer.main import get_command

from sundial.cli import app
from tests.architecture.tree import ROOT, committed_files

PAGES = [path for path in committed_files() if path.suffix == ".md"]
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)

each_page = pytest.mark.parametrize("page", PAGES, ids=[str(path.relative_to(ROOT)) for path in PAGES])


@each_page
def test_every_link_leads_somewhere(page: Path):
    lost: list[str] = []
    for target in _LINK.findall(_CODE.sub("", page.read_text(encoding="utf-8"))):
        if not target.startswith(("http://", "https://", "mailto:")) and not _exists(page, target):
            lost.append(target)
    assert not lost


@each_page
def test_every_make_target_exists(page: Path):
    asked = set(re.findall(r"(?:`|^)make ([a-z][a-z-]*)", page.read_text(encoding="utf-8"), re.MULTILINE))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = {name for line in re.findall(r"^([a-z][a-z -]*):", makefile, re.MULTILINE) for name in line.split()}
    assert asked <= targets


def test_the_operator_s_commands_are_described_and_exist():
    text = (ROOT / "docs" / "how-to" / "operate.md").read_text(encoding="utf-8")
    described = {
        " ".join(words).strip() for words in re.findall(r"^ *sundial ([a-z]+)(?: ([a-z]+))?", text, re.MULTILINE)
    }
    described |= set(re.findall(r"`sundial ([a-z]+)`", text))
    commands = _commands(get_command(app))
    assert {name for name in commands if name not in described} == set()
    assert {name for name in described if name not in commands and name.split()[0] not in commands} == set()


def test_every_decision_is_in_the_index():
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in sorted(folder.glob("0*.md")) if f"({path.name})" not in index] == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "decisions").glob("0*.md")), ids=lambda path: path.stem)
def test_a_decision_is_one_page_with_the_same_parts(page: Path):
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"^## (\w+)", text, re.MULTILINE) == ["Context", "Decision", "Consequences", "Alternatives"]
    assert len(text.splitlines()) <= 60


def _exists(page: Path, target: str) -> bool:
    name, _, anchor = unquote(target).partition("#")
    path = (page.parent / name) if name else page
    return path.exists() and (not anchor or path.suffix != ".md" or anchor in _anchors(path))


def _anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _commands(command: Any, name: str = "") -> set[str]:
    """The names of all commands that do something: `dlq list`, not `dlq`."""
    inner = getattr(command, "commands", {})
    return {full for key, each in inner.items() for full in _commands(each, f"{name} {key}".strip())} or {name}
