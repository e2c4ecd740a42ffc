"""The booking wizard's files, as Vite's manifest names them: what the document has to load."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ENTRY = "booking.html"
"""The wizard's entry in the manifest (`build.manifest`, Vite's backend integration)."""


@dataclass(frozen=True, slots=True)
class Wizard:
    """Addresses on this host: the module to run, the modules it imports at once, and the styles of all of them."""

    script: str
    imports: tuple[str, ...]
    styles: tuple[str, ...]

    @classmethod
    def read(cls, manifest: Path) -> "Wizard":
        """The wizard in a manifest. ValueError when there is none in it."""
        chunks: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
        if ENTRY not in chunks:
            raise ValueError(f"{manifest} has no entry {ENTRY}")
        names = _with_imports(chunks, ENTRY, [])
        styles = [f"/{file}" for name in names for file in chunks[name].get("css", [])]
        files = [f"/{chunks[name]['file']}" for name in names]
        return cls(script=files[0], imports=tuple(files[1:]), styles=tuple(dict.fromkeys(styles)))


def _with_imports(chunks: dict[str, Any], name: str, seen: list[str]) -> list[str]:
    """The chunk and what it imports, each once, what imports before what is imported."""
    if name not in seen:
        seen.append(name)
        for imported in chunks[name].get("imports", []):
            _with_imports(chunks, imported, seen)
    return seen
