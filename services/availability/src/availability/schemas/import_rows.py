"""What comes in as cells of a file: read into the same bodies as JSON, so that the same rules hold."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from availability.domain import Business, StaffMember, foreign_currencies
from availability.schemas.services import NewService, ServiceChanges
from availability.schemas.staff import NewStaffMember, StaffChanges
from availability.schemas.time_off import NewTimeOff, TimeOffChanges
from availability.use_cases.plan_rows import same
from contracts.imports import RowProblem
from contracts.money import Money, read
from plumbing.schemas import When
from plumbing.words import words

_YES, _NO = frozenset({"true", "yes", "y", "1"}), frozenset({"false", "no", "n", "0"})


class Unreadable(Exception):
    """Some cells cannot be read."""

    def __init__(self, problems: list[RowProblem]) -> None:
        super().__init__()
        self.problems = problems


class Cells:
    """The cells of one row, read one after the other; what cannot be read is collected."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells
        self.fields: dict[str, Any] = {}
        self.problems: list[RowProblem] = []

    def take(self, column: str, reader: Callable[[str], Any], field: str | None = None) -> None:
        """Read a cell, if there is one, into a field of the body."""
        text = self._cells.get(column)
        if text is None:
            return
        try:
            self.fields[field or column] = reader(text)
        except ValueError as error:
            self.problems.append(RowProblem(column=column, detail=str(error)))


def new_service(cells: Mapping[str, str], business: Business, staff: Sequence[StaffMember]) -> dict[str, Any]:
    """The fields of a service to be added. Raises Unreadable."""
    fields = _service_fields(cells, business, staff)
    body = _checked(lambda: NewService.model_validate(fields))
    _refuse_foreign(body.money(), business)
    return body.fields()


def service_changes(cells: Mapping[str, str], business: Business, staff: Sequence[StaffMember]) -> dict[str, Any]:
    """The fields of a service that the row speaks of. Raises Unreadable."""
    fields = _service_fields(cells, business, staff)
    body = _checked(lambda: ServiceChanges.model_validate(fields))
    _refuse_foreign(body.money(), business)
    return body.fields()


def new_staff_member(cells: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a staff member to be added. Raises Unreadable."""
    fields = _staff_fields(cells)
    return _checked(lambda: NewStaffMember.model_validate(fields)).fields()


def staff_changes(cells: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a staff member that the row speaks of. Raises Unreadable."""
    fields = _staff_fields(cells)
    return _checked(lambda: StaffChanges.model_validate(fields)).changes()


def new_time_off(cells: Mapping[str, str]) -> dict[str, Any]:
    """The fields of time off to be added. Raises Unreadable."""
    return _checked(lambda: NewTimeOff.model_validate(_only(cells, _TIME_OFF_TEXTS))).fields()


def time_off_changes(cells: Mapping[str, str]) -> dict[str, Any]:
    """The fields of time off that the row speaks of. Raises Unreadable."""
    return _checked(lambda: TimeOffChanges.model_validate(_only(cells, _TIME_OFF_TEXTS))).changes()


def start_of(cells: Mapping[str, str]) -> datetime | None:
    """When the time off of a row begins; None when that cannot be read."""
    try:
        return _when.validate_python(cells.get("start"))
    except ValidationError:
        return None


def problems_of(error: ValidationError) -> list[RowProblem]:
    """What is wrong, by the column in which it was."""
    return [
        RowProblem(
            column=_COLUMNS.get(str(item["loc"][0]), str(item["loc"][0])) if item["loc"] else None,
            detail=words(item),
        )
        for item in error.errors(include_input=False, include_url=False)
    ]


_when = TypeAdapter[datetime](When)
_COLUMNS = {"staffIds": "staff"}
_SERVICE_TEXTS = ("name", "description", "category", "color")
_SERVICE_NUMBERS = (
    "durationMinutes",
    "bufferBeforeMinutes",
    "bufferAfterMinutes",
    "slotIntervalMinutes",
    "minNoticeMinutes",
    "maxAdvanceDays",
    "capacity",
)
_TIME_OFF_TEXTS = ("staffId", "start", "end", "reason")
_STAFF_TEXTS = ("name", "email", "phone", "color", "title")


def _service_fields(cells: Mapping[str, str], business: Business, staff: Sequence[StaffMember]) -> dict[str, Any]:
    currency = cells.get("currency", business.currency).strip().upper()
    row = Cells(cells)
    for column in _SERVICE_TEXTS:
        row.take(column, str)
    for column in _SERVICE_NUMBERS:
        row.take(column, _number)
    row.take("price", lambda text: _money(text, currency))
    row.take("deposit", lambda text: _deposit(text, currency))
    row.take("staff", lambda text: _staff_ids(text, staff), "staffIds")
    row.take("active", _flag)
    return _complete(row)


def _staff_fields(cells: Mapping[str, str]) -> dict[str, Any]:
    row = Cells(cells)
    for column in _STAFF_TEXTS:
        row.take(column, str)
    row.take("specializations", _names)
    row.take("active", _flag)
    return _complete(row)


def _only(cells: Mapping[str, str], columns: Sequence[str]) -> dict[str, str]:
    return {column: cells[column] for column in columns if column in cells}


def _complete(row: Cells) -> dict[str, Any]:
    if row.problems:
        raise Unreadable(row.problems)
    return row.fields


def _checked[B](validate: Callable[[], B]) -> B:
    try:
        return validate()
    except ValidationError as error:
        raise Unreadable(problems_of(error)) from error


def _refuse_foreign(sent: Mapping[str, Money], business: Business) -> None:
    if errors := foreign_currencies(sent, business.currency):
        raise Unreadable([RowProblem(column="currency", detail=errors[0].detail)])


def _number(text: str) -> int:
    bare = text.strip().removesuffix(".0")  # what spreadsheets make of a whole number
    if not bare.isascii() or not bare.isdecimal() or len(bare) > 9:
        raise ValueError("is not a whole number")
    return int(bare)


def _flag(text: str) -> bool:
    word = text.strip().casefold()
    if word not in _YES | _NO:
        raise ValueError("is neither yes nor no")
    return word in _YES


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(";") if name.strip()]


def _money(text: str, currency: str) -> dict[str, Any]:
    return read(text, currency).model_dump(mode="json")


def _deposit(text: str, currency: str) -> dict[str, Any]:
    """`none`, `full`, `20%`, or an amount."""
    word = text.strip().casefold()
    if word in {"none", "full"}:
        return {"kind": word}
    if word.endswith("%"):
        return {"kind": "percent", "percent": _number(word.removesuffix("%"))}
    return {"kind": "fixed", "amount": _money(text, currency)}


def _staff_ids(text: str, staff: Sequence[StaffMember]) -> list[str]:
    """Names, emails or ids, separated by semicolons."""
    return [_staff_id(name, staff) for name in _names(text)]


def _staff_id(name: str, staff: Sequence[StaffMember]) -> str:
    exact = [one for one in staff if name.lower() in {str(one.id), one.email}]
    found = exact or [one for one in staff if same(one.name, name)]
    if len(found) != 1:
        raise ValueError(f"names several of the staff: {name}" if found else f"names nothing of this business: {name}")
    return str(found[0].id)
