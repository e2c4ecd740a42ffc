"""What the tests of imports are arranged with: availability's part from memory, and files that are sent."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI

from appointments.jobs.imports import ImportWork
from appointments.schemas.files.cells import line_of
from contracts.ids import BusinessId
from contracts.imports import (
    CatalogueAnswer,
    CatalogueRow,
    NamedService,
    NamedStaff,
    RowFate,
    RowProblem,
    RowsQuestion,
    UndoFate,
    UndoQuestion,
)
from plumbing.problems import ServiceUnavailable

from .make import Catalogue, Studio


class CatalogueFiles:
    """Rows about the catalogue: all are new but for what is known, and those without a name are refused."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.added: dict[UUID, str] = {}
        self.writes: list[UUID] = []
        self.is_down = False

    async def catalogue(self, business_id: BusinessId) -> CatalogueAnswer:
        """What the studio sells, and who works there."""
        own = [one for one in self._catalogue.services.values() if one.business_id == business_id]
        staff = {staff_id for one in own for staff_id in one.staff_ids}
        return CatalogueAnswer(
            name="Studio",
            timezone="Asia/Dubai",
            currency="AED",
            services=[NamedService(id=one.id, name=one.name) for one in own],
            staff=[NamedStaff(id=one, name=f"Staff {str(one)[-4:]}", email=None) for one in sorted(staff)],
        )

    async def check(self, question: RowsQuestion) -> list[RowFate]:
        """As availability would answer."""
        return [self._fate(row) for row in question.rows]

    async def apply(self, question: RowsQuestion) -> list[RowFate]:
        """As availability would: what comes again is there already."""
        if self.is_down:
            raise ServiceUnavailable
        fates = [self._fate(row).model_copy(update={"revision": 1}) for row in question.rows]
        for fate, row in zip(fates, question.rows, strict=True):
            if fate.entity_id is not None:
                self.writes.append(fate.entity_id)
                self.added[fate.entity_id] = _name_in(row)
        return fates

    async def undo(self, question: UndoQuestion) -> list[UndoFate]:
        """As availability would."""
        left = {thing.entity_id: self.added.pop(thing.entity_id, None) for thing in question.things}
        return [UndoFate(entity_id=one, left=None if name else "is gone already") for one, name in left.items()]

    def _fate(self, row: CatalogueRow) -> RowFate:
        if not _name_in(row):
            problem = RowProblem(column="name", detail="is missing")
            return RowFate(number=row.number, action="error", problems=[problem])
        if row.known_id in self.added:
            action = "skip" if self.added[row.known_id] == _name_in(row) else "update"
            return RowFate(number=row.number, action=action, entity_id=row.known_id)
        return RowFate(number=row.number, action="add", entity_id=row.new_id)


def _name_in(row: CatalogueRow) -> str:
    return row.cells.get("name", "").strip() or " ".join(row.cells.get(name, "") for name in ("start", "end")).strip()


def table(*rows: Sequence[str]) -> bytes:
    """A CSV file as we write it ourselves."""
    return "".join(line_of(row) for row in rows).encode()


async def send(studio: Studio, kind: str, data: bytes, *, key: str | None = None, **fields: Any) -> httpx.Response:
    """POST /api/imports."""
    headers = {"Idempotency-Key": key} if key else {}
    return await studio.client.post(
        "/api/imports", data={"kind": kind, **fields}, files={"file": ("file.csv", data)}, headers=headers
    )


async def checked(studio: Studio, kind: str, *rows: Sequence[str], **fields: Any) -> Any:
    """A file that has to be readable; its import."""
    answer = await send(studio, kind, table(*rows), **fields)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def work(app: FastAPI) -> None:
    """What the background does in a few seconds."""
    await ImportWork(app.state.offers, app.state.catalogue)(app.state.uow)


async def done(app: FastAPI, studio: Studio, made: Any, step: str) -> Any:
    """Apply or undo an import, and wait for it; the import with its rows."""
    answer = await studio.client.post(f"/api/imports/{made['id']}/{step}")
    assert answer.status_code == 202, answer.text
    await work(app)
    return await read(studio, made)


async def read(studio: Studio, made: Any, **query: Any) -> Any:
    """GET /api/imports/{id}."""
    answer = await studio.client.get(f"/api/imports/{made['id']}", params={"limit": 200, **query})
    assert answer.status_code == 200, answer.text
    return answer.json()


def column(made: Any, name: str) -> list[Any]:
    """One field of every row."""
    return [row[name] for row in made["rows"]]
