"""Reading a tutorial as a program: its commands, and what it says that they print."""

import re
from dataclasses import dataclass

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_VARIABLE = [
    (re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "<id>"),
    (re.compile(r"\b\d{4}-\d\d-\d\d(?=T|\b)"), "<date>"),
]
"""What is another each time: ids and dates."""

_END = "--- end of step ---"


@dataclass(frozen=True, slots=True)
class Step:
    """A block of commands, and the text that is shown after it."""

    commands: str
    printed: str


def steps_of(markdown: str) -> list[Step]:
    """The `sh` blocks in their order, each with the `text` block that follows it, if one does."""
    blocks = _BLOCK.findall(markdown)
    shown = [*blocks[1:], ("", "")]
    return [
        Step(text, after if kind_after == "text" else "")
        for (kind, text), (kind_after, after) in zip(blocks, shown, strict=True)
        if kind == "sh"
    ]


def script_of(steps: list[Step]) -> str:
    """All commands for one shell, a mark after each step."""
    return "".join(f"{step.commands}\necho '{_END}'\n" for step in steps)


def outputs_in(printed: str) -> list[str]:
    """What each step printed."""
    return printed.split(f"{_END}\n")[:-1]


def comparable(printed: str) -> str:
    """The text without what is another each time, and without space at the ends of lines."""
    for pattern, name in _VARIABLE:
        printed = pattern.sub(name, printed)
    return "\n".join(line.rstrip() for line in printed.strip().splitlines())
