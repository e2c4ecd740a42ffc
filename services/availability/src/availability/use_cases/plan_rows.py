"""What becomes of the rows of an imported file: what each is about, and whether that is to be added or changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from availability.domain import Service, StaffMember, TimeOff
from contracts.imports import CatalogueRow, RowAction, RowFate, RowProblem


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to become of one row; `values` are the fields of what is added, or those that change."""

    number: int
    action: RowAction
    entity_id: UUID
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])
    problems: Sequence[RowProblem] = ()
    revision: int | None = None

    def refused(self, *problems: RowProblem) -> "Plan":
        """The same row, with something wrong in it."""
        return replace(self, action="error", problems=problems)

    @property
    def fate(self) -> RowFate:
        """As it is told."""
        return RowFate(
            number=self.number,
            action=self.action,
            problems=list(self.problems),
            entity_id=None if self.action == "error" else self.entity_id,
            revision=self.revision,
        )


class Ambiguous(Exception):
    """Several things have this name."""


def service_meant(row: CatalogueRow, known: Sequence[Service]) -> Service | None:
    """The service that the row is about: by id, else by name. Raises Ambiguous."""
    return _by_id(row, known) or _only(one for one in known if same(one.name, row.cells.get("name", "")))


def staff_member_meant(row: CatalogueRow, known: Sequence[StaffMember]) -> StaffMember | None:
    """The staff member whom the row is about: by id, else by email, else by name, unless the emails differ.

    Raises Ambiguous.
    """
    email = row.cells.get("email", "").strip().lower()
    by_email = [one for one in known if email and one.email == email]
    if found := _by_id(row, known) or (by_email[0] if by_email else None):
        return found
    namesakes = (one for one in known if same(one.name, row.cells.get("name", "")))
    return _only(one for one in namesakes if not email or one.email is None)


def time_off_meant(row: CatalogueRow, fields: Mapping[str, Any], known: Sequence[TimeOff]) -> TimeOff | None:
    """The time off that the row is about: by id, else the same person's at the same times."""
    times = (fields["staff_id"], fields["start"], fields["end"])
    same_times = (one for one in known if one.weekly is None and (one.staff_id, one.start, one.end) == times)
    return _by_id(row, known) or next(same_times, None)


def same(one: str, other: str) -> bool:
    """Whether two names are the same to somebody who reads them."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def difference(before: Service | StaffMember | TimeOff, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the changes that change something; another spelling of the name, by which it was found, does not."""
    other = {name: value for name, value in changes.items() if getattr(before, name) != value}
    if "name" in other and same(getattr(before, "name", ""), other["name"]):
        del other["name"]
    return other


def _by_id[T: (Service, StaffMember, TimeOff)](row: CatalogueRow, known: Sequence[T]) -> T | None:
    """What has an id of the row; the one that it adds is there when it was added before."""
    wanted = {row.cells.get("id", "").strip().lower(), str(row.new_id), str(row.known_id)}
    return next((one for one in known if str(one.id) in wanted), None)


def _only[T](found: Iterable[T]) -> T | None:
    some = list(found)
    if len(some) > 1:
        raise Ambiguous
    return some[0] if some else None
