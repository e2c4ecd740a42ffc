"""What other commands must know about the product that runs: written when it is ready, removed when it ends."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from sundial_local.product import Product

_NAME = "running.json"


@dataclass(frozen=True, slots=True)
class Running:
    """Where it answers, and the operator's environment, which holds passwords: for its owner's eyes only."""

    url: str
    environment: Mapping[str, str]

    @classmethod
    def of(cls, product: Product) -> Self:
        """A product that has been started."""
        return cls(product.url, product.operator_environment())

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """The one that runs on this folder, or None."""
        try:
            kept = json.loads((folder / _NAME).read_text())
            return cls(kept["url"], kept["environment"])
        except (OSError, ValueError, KeyError):
            return None

    def write(self, folder: Path) -> None:
        """Tell the others."""
        half = folder / f"{_NAME}.{os.getpid()}"
        half.touch(mode=0o600)
        half.write_text(json.dumps(asdict(self)))
        half.replace(folder / _NAME)


def forget(folder: Path) -> None:
    """It does not run any more."""
    (folder / _NAME).unlink(missing_ok=True)
