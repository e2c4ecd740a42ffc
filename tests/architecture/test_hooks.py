"""The hooks before a commit run what is there, from the same environment as everything else."""

import sys
from pathlib import Path

import pytest
import yaml

from tests.architecture.tree import ROOT

HOOKS = [
    hook
    for repository in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    for hook in repository["hooks"]
]


@pytest.mark.parametrize("hook", HOOKS, ids=[hook["id"] for hook in HOOKS])
def test_a_hook_fetches_nothing(hook: dict[str, str]):
    program, *_ = hook["entry"].split()
    assert hook["language"] == "system"
    assert Path(program).parent == Path(".venv/bin")
    assert Path(sys.executable).with_name(Path(program).name).exists()


def test_what_a_commit_has_to_pass():
    assert {hook["id"] for hook in HOOKS} >= {
        "ruff-check",
        "ruff-format",
        "pyright",
        "import-contracts",
        "generated-pages",
    }
