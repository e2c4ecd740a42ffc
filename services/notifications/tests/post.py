"""The inbox in which everything arrives that the tests send: a real mail server, and Twilio's API, in a process."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from sundial_local import inbox
from sundial_local.ports import free_ports


@dataclass(frozen=True, slots=True)
class Post:
    """The inbox, as tests look into it."""

    server: inbox.Server

    @property
    def settings(self) -> Mapping[str, str]:
        """What a process is told that sends to it."""
        return {name.lower(): value for name, value in self.server.variables().items()}

    async def to(self, address: str) -> list[Any]:
        """What has arrived there, the oldest first."""
        async with httpx.AsyncClient(base_url=self.server.url) as client:
            found = await client.get("/dev/inbox/messages", params={"to": address})
            return list(reversed(found.json()["items"]))

    async def source(self, message: Any) -> str:
        """A mail as it was sent."""
        async with httpx.AsyncClient(base_url=self.server.url) as client:
            return (await client.get(f"/dev/inbox/messages/{message['id']}/source")).text

    async def is_down(self, *channels: str) -> None:
        """From now on these channels are out of order, and no others."""
        async with httpx.AsyncClient(base_url=self.server.url) as client:
            (await client.post("/dev/inbox/faults", json={"down": list(channels)})).raise_for_status()


def open_post(folder: Path) -> Post:
    """A new one, in a process."""
    post = Post(inbox.Server(folder, *free_ports(2)))
    post.server.start()
    return post
