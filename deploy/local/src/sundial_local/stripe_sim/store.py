"""What the stand-in keeps, in one SQLite file: a kill -9 loses nothing that was answered."""

import json
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Json = dict[str, Any]

_TABLES = """
CREATE TABLE IF NOT EXISTS things (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS things_kind ON things (kind, seq);
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, asked TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, event_id TEXT NOT NULL, due REAL NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
);
"""


class Store:
    """Objects of Stripe's by their id, answers by their key, deliveries that are due."""

    def __init__(self, path: Path) -> None:
        """Make the file if there is none."""
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = OFF")  # it has to survive its own end, not the machine's
        self._database.executescript(_TABLES)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    @contextmanager
    def change(self) -> Generator[None]:
        """All or nothing; nobody may wait for anything inside."""
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    def put(self, thing: Json) -> None:
        """Keep an object as it is now; its `object` says of which kind it is."""
        self._database.execute(
            "INSERT INTO things (id, kind, body) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            (thing["id"], thing["object"], json.dumps(thing)),
        )

    def get(self, kind: str, wanted: str) -> Json | None:
        """The object with that id."""
        found = self._database.execute("SELECT body FROM things WHERE id = ? AND kind = ?", (wanted, kind)).fetchone()
        return json.loads(found[0]) if found else None

    def all(self, kind: str) -> list[Json]:
        """Every object of a kind, the newest first."""
        rows = self._database.execute("SELECT body FROM things WHERE kind = ? ORDER BY seq DESC", (kind,))
        return [json.loads(body) for (body,) in rows]

    def answered(self, key: str) -> tuple[str, int, Json] | None:
        """What was asked under an idempotency key, and what was answered."""
        found = self._database.execute("SELECT asked, status, body FROM answers WHERE key = ?", (key,)).fetchone()
        return (found[0], found[1], json.loads(found[2])) if found else None

    def keep_answer(self, key: str, asked: str, status: int, body: Json) -> None:
        """Answer the same from now on."""
        self._database.execute("INSERT INTO answers VALUES (?, ?, ?, ?)", (key, asked, status, json.dumps(body)))

    def add_delivery(self, event_id: str, due: float) -> None:
        """An event has to be told at that time (Unix seconds)."""
        self._database.execute("INSERT INTO deliveries (event_id, due) VALUES (?, ?)", (event_id, due))

    def due_deliveries(self, until: float) -> list[tuple[int, str, int]]:
        """Number, event and attempts of those that are due by then, in the order of their events."""
        rows = self._database.execute(
            "SELECT seq, event_id, attempts FROM deliveries WHERE due <= ? ORDER BY seq", (until,)
        )
        return rows.fetchall()

    def waiting_deliveries(self) -> list[str]:
        """The events that are still to be told, once for each time."""
        return [event for (event,) in self._database.execute("SELECT event_id FROM deliveries ORDER BY seq")]

    def put_off(self, delivery: int, due: float) -> None:
        """It failed: once more at that time."""
        self._database.execute("UPDATE deliveries SET due = ?, attempts = attempts + 1 WHERE seq = ?", (due, delivery))

    def drop(self, delivery: int) -> None:
        """It arrived, or never will."""
        self._database.execute("DELETE FROM deliveries WHERE seq = ?", (delivery,))

    def drop_event(self, event_id: str) -> None:
        """Nothing more is told of that event."""
        self._database.execute("DELETE FROM deliveries WHERE event_id = ?", (event_id,))
