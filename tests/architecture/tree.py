"""What the tree consists of: its packages, its files, and the functions in them."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SERVICE_FOLDERS = {
    folder.name.replace("-", "_"): folder
    for folder in (ROOT / "services").iterdir()
    if (folder / "pyproject.toml").exists()
}
SERVICES = sorted(SERVICE_FOLDERS)
LIBRARIES = sorted(folder.name for folder in (ROOT / "libs").iterdir() if (folder / "pyproject.toml").exists())


@dataclass(frozen=True, slots=True)
class Function:
    """A function and how long its body is, docstring not counted."""

    name: str
    lines: int


@cache
def packages() -> dict[str, Path]:
    """The folder of every package that is run, by its name."""
    found = [*ROOT.glob("libs/*/src/*"), *ROOT.glob("services/*/src/*"), *ROOT.glob("deploy/*/src/*")]
    return {folder.name: folder for folder in sorted(found) if (folder / "__init__.py").exists()}


@cache
def modules() -> dict[str, Path]:
    """The file of every module that is run, by its dotted name."""
    found: dict[str, Path] = {}
    for folder in packages().values():
        for path in sorted(folder.rglob("*.py")):
            parts = path.relative_to(folder.parent).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def committed_files() -> list[Path]:
    """Every file that git knows, or would know with the next commit."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(path: Path) -> set[str]:
    """The dotted names that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


def functions_of(path: Path) -> Iterator[Function]:
    """Every function and method of a file."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            yield Function(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", _length(body))


def _length(body: list[ast.stmt]) -> int:
    return (body[-1].end_lineno or 0) - body[0].lineno + 1
