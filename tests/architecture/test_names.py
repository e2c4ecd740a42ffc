"""What things are called, and what is said nowhere."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture.tree import (
    LIBRARIES,
    ROOT,
    SERVICE_FOLDERS,
    SERVICES,
    committed_files,
    modules,
    packages,
    parsed,
)

SAYS_NOTHING = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "models",
    "model",
    "service",
    "base",
}

EVERY_SERVICE_HAS = {"main", "settings", "routes", "jobs", "schemas", "use_cases", "queries", "tables", "domain"}
A_SERVICE_MAY_HAVE = {"consumers", "clients"}
REALTIME_HAS = {"main", "settings", "routes", "consumers", "jobs", "schemas", "live", "clients", "domain"}
"""It keeps nothing: no tables, and nothing that is done in a transaction."""

CLOCKS = {"plumbing.clock", "sundial_local.demo"}
"""The product's one clock; and the launcher's, which stands on nothing of the product."""

_REGISTRIES = {"org": "pypi pythonhosted npmjs", "com": "npmjs", "io": "crates"}
NOT_TO_BE_SAID = [
    re.compile("|".join(rf"{name}\.{end}" for end, names in _REGISTRIES.items() for name in names.split())),
    re.compile(r"/(?:work|root)/|/home/(?!sundial\b)[a-z]+/"),
]
"""Where packages are fetched from is the machine's business, and so are the folders of whoever wrote the code."""


def test_no_module_has_a_name_that_says_nothing():
    found = [str(path) for path in committed_files() if path.suffix == ".py" and path.stem in SAYS_NOTHING]
    folders = [str(path) for path in committed_files() if SAYS_NOTHING & set(path.relative_to(ROOT).parts[2:-1])]
    assert not found + folders


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_the_same_file_names(service: str):
    names = {path.stem for path in packages()[service].iterdir() if path.suffix == ".py" or path.is_dir()}
    names -= {"__init__", "__pycache__"}
    if service == "realtime":
        assert names == REALTIME_HAS
        return
    assert names >= EVERY_SERVICE_HAS
    assert names <= EVERY_SERVICE_HAS | A_SERVICE_MAY_HAVE


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_laid_out_like_the_others(service: str):
    folder = SERVICE_FOLDERS[service]
    wanted = ["pyproject.toml", "tests/make.py", "tests/unit"]
    wanted += [] if service == "realtime" else ["tests/integration", "migrations/env.py"]  # it keeps nothing
    assert [name for name in wanted if not (folder / name).exists()] == []


@pytest.mark.parametrize("package", sorted(packages()))
def test_a_package_is_typed(package: str):
    assert (packages()[package] / "py.typed").exists()


def test_the_clock_is_read_in_one_place():
    readings = {"now", "utcnow", "today"}
    found = [
        f"{module}:{node.lineno}"
        for module, path in modules().items()
        if module not in CLOCKS
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr in readings and _says_date(node.value)
    ]
    assert not found


def test_no_registry_and_no_folder_of_this_machine_is_named():
    found: list[str] = []
    for path in committed_files():
        text = _text(path)
        found += [f"{path.relative_to(ROOT)}: {hit[0]}" for rule in NOT_TO_BE_SAID for hit in rule.finditer(text)]
    assert not found


def test_every_module_says_in_one_sentence_what_lives_in_it():
    silent = [module for module, path in modules().items() if path.read_text() and not ast.get_docstring(parsed(path))]
    assert not silent


@pytest.mark.parametrize("package", [*LIBRARIES, *SERVICES])
def test_what_is_public_is_documented(package: str):
    silent: list[str] = []
    for path in sorted(packages()[package].rglob("*.py")):
        silent += [f"{path.relative_to(ROOT)} {name}" for name in _undocumented(parsed(path))]
    assert not silent


def test_the_changelog_and_every_package_have_one_version():
    projects = [ROOT / "pyproject.toml", *ROOT.glob("libs/*/pyproject.toml")]
    projects += [*ROOT.glob("services/*/pyproject.toml"), *ROOT.glob("deploy/*/pyproject.toml")]
    versions = {tomllib.loads(path.read_text())["project"]["version"] for path in projects}
    released = re.search(r"^## \[(\d+\.\d+\.\d+)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert released is not None
    assert versions == {released[1]}


def _says_date(node: ast.expr) -> bool:
    return (isinstance(node, ast.Name) and node.id in {"datetime", "date"}) or (
        isinstance(node, ast.Attribute) and node.attr in {"datetime", "date"}
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def _undocumented(tree: ast.Module) -> list[str]:
    """Public functions and classes without a docstring."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    public = [node for node in tree.body if isinstance(node, kinds) and not node.name.startswith("_")]
    return [node.name for node in public if ast.get_docstring(node) is None]
