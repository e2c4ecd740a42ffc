"""What is wrong with a request is said in our words, with the names that fields have in JSON."""

from collections.abc import AsyncGenerator
from contextlib import nullcontext
from enum import StrEnum
from typing import Annotated, Any, Literal

import httpx
import pytest
from fastapi import APIRouter, Query
from pydantic import Field, SecretStr, StringConstraints, ValidationInfo, field_validator

from contracts.ids import StaffId
from contracts.money import Currency
from plumbing.schemas import Body, Color, Count, Flag, LocalDate, Name, When
from plumbing.web import create_app

router = APIRouter()


class Status(StrEnum):
    """How it is."""

    DONE = "DONE"
    OPEN = "OPEN"
    LOST = "LOST"


class Part(Body):
    """A part of what is sent."""

    name: Name = "part"
    day_of_week: Annotated[Count, Field(ge=1, le=7)] = 1


class Sent(Body):
    """What is sent."""

    title: Name
    count: Count = 0
    done: Flag = False
    currency: Currency = "AED"
    color: Color = "#000000"
    odd: Annotated[str, StringConstraints(pattern="^odd$")] = "odd"
    status: Status = Status.OPEN
    next_status: Literal[Status.DONE, Status.LOST] = Status.DONE
    kind: Literal["one"] = "one"
    staff_id: StaffId | None = None
    staff_ids: Annotated[list[StaffId], Field(min_length=1, max_length=2)] = []
    secret: Annotated[SecretStr, Field(min_length=8)] = SecretStr("a secret")
    on: Annotated[LocalDate | None, Field(alias="date")] = None
    at: When | None = None
    parts: list[Part] = []
    answers: Annotated[dict[Annotated[str, StringConstraints(max_length=3)], str | Flag], Field(max_length=1)] = {}
    from_at: Annotated[str | None, Field(alias="from", validate_default=True)] = ""

    @field_validator("from_at")
    @classmethod
    def _needed(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value == "" and info.data.get("count") == 1:
            raise ValueError("must be sent when count is 1")
        return value


@router.post("/sent")
async def send(body: Sent) -> None:
    """Takes it."""


@router.get("/asked")
async def ask(
    limit: Annotated[int, Query(ge=1, le=200)] = 50, status: Annotated[list[Status] | None, Query()] = None
) -> None:
    """Answers nothing."""


@pytest.fixture
async def client() -> AsyncGenerator[httpx.AsyncClient]:
    """Of an application with these routes."""
    app = create_app("words", summary="", routers=[router], lifespan=lambda _: nullcontext(), checks={}, version="1")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as made:
        yield made


def errors(answer: httpx.Response) -> dict[str, str]:
    """What is wrong, by pointer."""
    assert answer.status_code == 422, answer.text
    return {error["pointer"]: error["detail"] for error in answer.json()["errors"]}


INSTANT = "must be an RFC 3339 instant with an offset, such as 2026-11-24T09:00:00Z"
TABLE: list[tuple[Any, dict[str, str]]] = [
    (None, {"": "must be a JSON object"}),
    ([], {"": "must be a JSON object"}),
    ("text", {"": "must be a JSON object"}),
    ({}, {"/title": "is missing"}),
    ({"titel": "x", "title": "x"}, {"/titel": "is not a field of this"}),
    ({"title": 5}, {"/title": "must be text"}),
    ({"title": None}, {"/title": "must be text"}),
    ({"title": " "}, {"/title": "must not be empty"}),
    ({"title": "x" * 201}, {"/title": "must have at most 200 characters"}),
    ({"count": "5"}, {"/count": "must be a whole number"}),
    ({"count": 1.5}, {"/count": "must be a whole number"}),
    ({"done": 1}, {"/done": "must be true or false"}),
    ({"currency": "aed"}, {"/currency": "must be a currency code such as AED"}),
    ({"color": "red"}, {"/color": "must be a colour such as #2f855a"}),
    ({"odd": "even"}, {"/odd": "does not have the form that it must have"}),
    ({"status": "x"}, {"/status": "must be DONE, OPEN or LOST"}),
    ({"nextStatus": "OPEN"}, {"/nextStatus": "must be DONE or LOST"}),
    ({"kind": 2}, {"/kind": "must be one"}),
    ({"staffId": "x"}, {"/staffId": "must be an id"}),
    ({"staffId": 5}, {"/staffId": "must be an id"}),
    ({"staffIds": []}, {"/staffIds": "must have at least 1 item"}),
    ({"staffIds": ["0199b0a0-0000-7000-8000-000000000000"] * 3}, {"/staffIds": "must have at most 2 items"}),
    ({"staffIds": {}}, {"/staffIds": "must be a list"}),
    ({"staffIds": ["x"]}, {"/staffIds/0": "must be an id"}),
    ({"secret": "short"}, {"/secret": "must have at least 8 characters"}),
    ({"date": "24.11.2026"}, {"/date": "must be a date such as 2026-11-24"}),
    ({"date": "2026-02-30"}, {"/date": "must be a date such as 2026-11-24"}),
    ({"at": "2026-11-24"}, {"/at": INSTANT}),
    ({"at": "2026-11-24T25:00:00Z"}, {"/at": INSTANT}),
    ({"parts": [{}, 5]}, {"/parts/1": "must be a JSON object"}),
    ({"parts": [{"dayOfWeek": 8}]}, {"/parts/0/dayOfWeek": "must be at most 7"}),
    ({"parts": [{"a/b": 1}]}, {"/parts/0/a~1b": "is not a field of this"}),
    ({"answers": {"q": 5}}, {"/answers/q": "must be true or false"}),
    ({"answers": {"q": {}}}, {"/answers/q": "must be true or false"}),
    ({"answers": {"long": "x"}}, {"/answers/long": "must have at most 3 characters"}),
    ({"answers": {"a": "x", "b": "y"}}, {"/answers": "must have at most 1 item"}),
    ({"count": 1}, {"/from": "must be sent when count is 1"}),
]  # fmt: skip


@pytest.mark.parametrize(("body", "said"), TABLE)
async def test_what_is_wrong_with_a_body_is_said_in_plain_words(client: httpx.AsyncClient, body: Any, said: Any):
    sent = {"title": "x", **body} if isinstance(body, dict) and body else body
    assert errors(await client.post("/sent", json=sent)) == said


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("limit=0", {"/limit": "must be at least 1"}),
        ("limit=x", {"/limit": "must be a whole number"}),
        ("status=OPEN&status=x", {"/status/1": "must be DONE, OPEN or LOST"}),
    ],
)
async def test_what_is_wrong_with_a_query_is_said_in_the_same_words(client: httpx.AsyncClient, query: str, said: Any):
    assert errors(await client.get(f"/asked?{query}")) == said
