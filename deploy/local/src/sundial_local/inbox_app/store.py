"""What has arrived, in one SQLite file: a kill -9 loses nothing that was accepted."""

import json
import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

_TABLE = """
CREATE TABLE IF NOT EXISTS messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, addressee TEXT NOT NULL, body TEXT NOT NULL, source BLOB
);
CREATE INDEX IF NOT EXISTS messages_addressee ON messages (addressee, seq);
"""
MOST = 1_000
"""So many are shown at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """One message to one addressee. `attachments`: `{"name", "type", "content"}`, in Base64."""

    channel: str
    to: str
    subject: str | None = None
    text: str | None = None
    html: str | None = None
    attachments: list[dict[str, str]]
    at: str


class Store:
    """The messages, in the order in which they came."""

    def __init__(self, path: Path) -> None:
        """Make the file if there is none."""
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = OFF")  # it has to survive its own end, not the machine's
        self._database.executescript(_TABLE)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def add(self, arrived: Arrived, source: bytes | None = None) -> int:
        """Keep a message; its number. `source`: a mail as it was sent."""
        added = self._database.execute(
            "INSERT INTO messages (addressee, body, source) VALUES (?, ?, ?)",
            (arrived.to.lower(), json.dumps(asdict(arrived)), source),
        )
        return int(added.lastrowid or 0)

    def find(self, to: str | None = None, *, most: int = MOST) -> list[dict[str, Any]]:
        """The newest to an address or number, or to anybody; the newest first."""
        where, values = ("WHERE addressee = ?", [to.lower()]) if to else ("", [])
        query = f"SELECT seq, body FROM messages {where} ORDER BY seq DESC LIMIT ?"  # noqa: S608  # words of ours
        rows = self._database.execute(query, (*values, most))
        return [{"id": seq, **json.loads(body)} for seq, body in rows]

    def source(self, number: int) -> bytes | None:
        """A mail as it was sent."""
        found = self._database.execute("SELECT source FROM messages WHERE seq = ?", (number,)).fetchone()
        return found[0] if found else None

    def clear(self) -> None:
        """Throw all away."""
        self._database.execute("DELETE FROM messages")
