"""The page about the live calendar says what the code does."""

import re
from collections.abc import Sequence

import pytest

from plumbing.auth import Role
from realtime.domain import backlog, limits
from realtime.domain.closes import Close
from realtime.live import sockets
from realtime.routes import SIGN_IN_SECONDS
from realtime.schemas import HEARTBEAT_SECONDS, SHOWN, hello
from realtime.settings import Settings
from tests.architecture.tree import ROOT

PAGE = (ROOT / "docs" / "reference" / "live-calendar.md").read_text(encoding="utf-8")


def _rows(heading: str) -> list[Sequence[str]]:
    """The rows of the table below a heading, without its head."""
    part = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip(" `") for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def test_every_type_is_described():
    assert [row[0] for row in _rows("What is told")] == list(SHOWN)


@pytest.mark.parametrize("row", _rows("What is told"), ids=lambda row: row[0])
def test_who_is_told_is_said_where_it_is_not_everybody(row: Sequence[str]):
    only_some = SHOWN[row[0]].only_for.__name__ != "_everybody"
    assert (row[2] != "everybody") is only_some
    assert all(role in row[2] for role in (Role.OWNER, Role.MANAGER)) is only_some


def test_every_code_is_described():
    assert [(int(code), reason) for code, reason, _ in _rows("How it ends")] == [each.value for each in Close]


def test_the_limits_are_those_of_the_code():
    told = {row[0]: row[1] for row in _rows("Limits")}
    caps = {
        match[2]: int(match[1]) for each in told.values() if (match := re.match(r"(\d+) a process \(`(\w+)`\)", each))
    }
    defaults = {name.upper(): field.default for name, field in Settings.model_fields.items()}
    assert caps == {name: value for name, value in defaults.items() if name.startswith("SOCKETS_PER_")}
    assert list(told.values())[3:] == [
        f"{SIGN_IN_SECONDS:g} s",
        f"{limits.INBOUND_MESSAGES} in {limits.INBOUND_SECONDS:g} s",
        f"{limits.LARGEST_MESSAGE // 1024} KiB",
        f"{backlog.MOST_MESSAGES} messages, {backlog.MOST_BYTES // 1024} KiB; of each thing the newest",
        f"{sockets.SEND_SECONDS:g} s",
        f"{sockets.SILENCE_SECONDS:g} s",
    ]


def test_hello_is_shown_as_it_is_sent():
    assert f"\n{hello(41).frame(41)[2:].decode()}\n".replace(":", ": ").replace(",", ", ") in PAGE
    assert f'"heartbeatSeconds": {HEARTBEAT_SECONDS}' in PAGE
