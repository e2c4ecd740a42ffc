"""`python -m docs.generate [--check]`: write the pages, or say which of them are out of date."""

import sys
from pathlib import Path

from docs.generate import asyncapi, events, openapi, problems, settings
from docs.generate.compatibility import refuse_broken_contracts

FOLDER = Path(__file__).parents[1] / "reference"


def pages() -> dict[str, str]:
    """Every generated page, by its path below docs/reference."""
    return {**problems.pages(), **settings.pages(), **events.pages(), **asyncapi.pages(), **openapi.pages()}


def stale(folder: Path = FOLDER) -> list[str]:
    """The pages that are not what the code says."""
    return [
        name
        for name, text in pages().items()
        if not (folder / name).exists() or (folder / name).read_text(encoding="utf-8") != text
    ]


def write(folder: Path = FOLDER) -> list[str]:
    """Write what is stale; its names. Raises ContractBroken when an event would change its meaning."""
    made = pages()
    refuse_broken_contracts(folder / events.SCHEMAS, made[events.SCHEMAS])
    names = stale(folder)
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(made[name], encoding="utf-8")
    return names


def main() -> int:
    """The command: exit code 1 when asked to check and something is stale."""
    check = "--check" in sys.argv[1:]
    names = stale() if check else write()
    for name in names:
        print(f"docs/reference/{name} {'is out of date: run make contracts' if check else 'written'}")  # noqa: T201
    return int(check and bool(names))


if __name__ == "__main__":
    sys.exit(main())
