"""The inbox of the product under test: what has arrived for somebody."""

from collections.abc import Mapping
from typing import Any

from plumbing.testing import eventually
from tests.e2e.owner import Owner


async def received(owner: Owner, to: str) -> list[Mapping[str, Any]]:
    """What has arrived there, the oldest first."""
    found = (await owner.must("GET", "/dev/inbox/messages", to=to))["items"]
    return list(reversed(found))


async def arrives(owner: Owner, to: str, subject: str) -> Mapping[str, Any]:
    """The mail whose subject begins like this, as soon as it is there."""

    async def look() -> list[Mapping[str, Any]]:
        return [each for each in await received(owner, to) if (each["subject"] or "").startswith(subject)]

    return (await eventually(look, seconds=20))[0]
