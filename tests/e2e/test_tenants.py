"""What belongs to another business does not exist: every operation and every field that names something is tried.

The matrix is generated from the OpenAPI documents of the services; its rows are in tests/e2e/tenants.py.
"""

from collections.abc import AsyncGenerator
from typing import Any

import aiohttp
import pytest

from tests.e2e.belongings import DAY, NOUNS, Belongings, filled
from tests.e2e.booking_roles import BOOKING_PUBLIC, NOTIFICATIONS
from tests.e2e.operations import Operation, documents, operations
from tests.e2e.owner import Owner, Reply, sign_up
from tests.e2e.references import Reference, references
from tests.e2e.roles import ROWS
from tests.e2e.tenants import CHANGES, FIELDS, NAMING, OTHERWISE

NOWHERE = "01890000-0000-7000-8000-000000000000"

DOCUMENTS = documents()
OPERATIONS = {str(each): each for document in DOCUMENTS for each in operations(document)}
BY_ID = [each for name, each in OPERATIONS.items() if each.names_something and name not in OTHERWISE]
REFERENCES = [
    each
    for document in DOCUMENTS
    for each in references(document)
    if str(each) not in OTHERWISE and not OPERATIONS[each.operation].is_public
]
WITHOUT_A_NOUN = [str(each) for each in BY_ID if each.path.split("/")[2] not in NOUNS]
WITHOUT_A_BODY = [str(each) for each in BY_ID if each.method == "PUT" and str(each) not in CHANGES]
WITHOUT_A_ROW = [str(each) for each in REFERENCES if each.operation not in NAMING or each.field not in FIELDS]

by_id = pytest.mark.parametrize("operation", [one for one in BY_ID if str(one) not in WITHOUT_A_NOUN], ids=str)
by_field = pytest.mark.parametrize("reference", [one for one in REFERENCES if str(one) not in WITHOUT_A_ROW], ids=str)


@pytest.fixture(scope="module")
async def businesses(product_url: str) -> AsyncGenerator[tuple[Belongings, Belongings]]:
    """Two with one of everything; nothing in these tests changes anything of either, but for what the first adds."""
    no_cookies = aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20), cookie_jar=no_cookies) as session:
        yield await filled(await sign_up(session, product_url)), await filled(await sign_up(session, product_url))


@pytest.fixture
async def mine(businesses: tuple[Belongings, Belongings]) -> Belongings:
    """The business that tries."""
    return await _signed_in(businesses[0])


@pytest.fixture
async def theirs(businesses: tuple[Belongings, Belongings]) -> Belongings:
    """The business whose things are none of the other's."""
    return await _signed_in(businesses[1])


def test_every_operation_and_field_has_a_row():
    assert not WITHOUT_A_NOUN, f"say in tests/e2e/belongings.py how one is made: {WITHOUT_A_NOUN}"
    assert not WITHOUT_A_BODY, f"say in tests/e2e/tenants.py, CHANGES, what is sent to: {WITHOUT_A_BODY}"
    assert not WITHOUT_A_ROW, f"say in tests/e2e/tenants.py, NAMING and FIELDS, what is named: {WITHOUT_A_ROW}"


def test_every_row_is_of_something_that_is_there():
    named = {*OPERATIONS, *(str(each) for document in DOCUMENTS for each in references(document))}
    assert not ({*CHANGES, *NAMING, *OTHERWISE} - named)


@by_id
async def test_an_id_of_another_business_is_one_that_never_was(
    mine: Belongings, theirs: Belongings, operation: Operation
):
    noun = operation.path.split("/")[2]
    before = await _seen(theirs, noun)
    foreign = await _call(mine, operation, theirs.ids[noun])
    never = await _call(mine, operation, NOWHERE)
    assert (foreign.status, foreign.code) == (404, "NotFound"), foreign.body
    assert _without_the_request(foreign.body) == _without_the_request(never.body)
    assert await _seen(theirs, noun) == before


@by_field
async def test_a_field_that_names_something_of_another_business_names_nothing(
    mine: Belongings, theirs: Belongings, reference: Reference
):
    operation = OPERATIONS[reference.operation]
    request = NAMING[reference.operation](mine.ids)
    sent = _naming(request, reference, theirs.ids[FIELDS[reference.field]])
    path = operation.path.replace("{}", mine.ids.get(operation.path.split("/")[2], ""), 1)
    noun = FIELDS[reference.field]
    before = await _seen(theirs, noun)
    if reference.place.startswith("?"):
        _found_nothing(await mine.owner.call(operation.method, path, **sent))
    else:
        reply = await mine.owner.call(operation.method, path, sent)
        assert (reply.status, reply.code) == (422, "Invalid"), reply.body
        pointer = f"{reference.place}/0" if reference.is_list else reference.place
        assert [error["pointer"] for error in reply.body["errors"]] == [pointer], reply.body
    assert await _seen(theirs, noun) == before


async def test_the_staff_member_of_a_file_is_one_of_the_business(mine: Belongings, theirs: Belongings):
    form = aiohttp.FormData({"kind": "timeOff", "staffId": theirs.ids["staff"]})
    form.add_field("file", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n", filename="off.ics")
    headers = {"Authorization": f"Bearer {mine.owner.token}"}
    async with mine.owner.session.post(f"{mine.owner.url}/api/imports", data=form, headers=headers) as response:
        body = await response.json()
    assert (response.status, [error["pointer"] for error in body["errors"]]) == (422, ["/staffId"]), body


async def test_lists_show_nothing_of_another_business(mine: Belongings, theirs: Belongings):
    ids, rows = set(theirs.ids.values()), ROWS | BOOKING_PUBLIC | NOTIFICATIONS
    for name, operation in OPERATIONS.items():
        if operation.method == "GET" and "{}" not in name and not operation.is_public and not rows[name].right.is_open:
            query = {**rows[name].query, **(NAMING[name](mine.ids) if name in NAMING else {})}
            reply = await mine.owner.call("GET", operation.path, **query)
            assert reply.status == 200, (name, reply.body)
            assert not {each for each in ids if each in reply.text}, name


async def test_every_route_wants_a_member_or_says_that_it_does_not(mine: Belongings):
    stranger = Belongings(Owner(mine.owner.session, mine.owner.url), mine.ids)
    for operation in OPERATIONS.values():
        reply = await _call(stranger, operation, NOWHERE)
        if "401" in operation.responses:
            assert reply.status in {401, 422}, (operation, reply)
            assert (reply.status, reply.code in {"NotSignedIn", "InvalidCredentials"}) in {(401, True), (422, False)}
        else:
            assert reply.status < 300 or operation.is_public or operation.path.startswith("/api/auth/"), operation
            assert reply.status < 500, operation


async def _signed_in(belongings: Belongings) -> Belongings:
    """An access token lasts five minutes."""
    if (await belongings.owner.call("GET", "/api/auth/me")).status == 401:
        await belongings.owner.renew()
    return belongings


async def _seen(belongings: Belongings, noun: str) -> dict[str, Any]:
    """What there is of this noun, as its own owner sees it: each route that tells one of it, or else their list."""
    read = [each for each in BY_ID if each.method == "GET" and each.path.split("/")[2] == noun]
    if not read:
        return await belongings.owner.must("GET", f"/api/{noun}")
    seen = {str(each): await _call(belongings, each, belongings.ids[noun]) for each in read}
    assert {reply.status for reply in seen.values()} == {200}, seen
    return {name: reply.body for name, reply in seen.items()}


async def _call(belongings: Belongings, operation: Operation, wanted: str) -> Reply:
    path = operation.path.replace("{}", wanted, 1).replace("{}", DAY)
    body = CHANGES[str(operation)](belongings.ids) if str(operation) in CHANGES else None
    return await belongings.owner.call(operation.method, path, body)


def _naming(request: Any, reference: Reference, wanted: str) -> Any:
    """The request, with the field put in."""
    if reference.place.startswith("?"):
        return {**request, reference.place[1:]: wanted}
    *way, last = reference.place.split("/")[1:]
    inner = request
    for step in way:
        inner = inner[int(step) if step.isdigit() else step]
    inner[last] = [wanted] if reference.is_list else wanted
    return request


def _found_nothing(reply: Reply) -> None:
    if reply.status != 200:
        assert (reply.status, reply.code) in {(404, "NotFound"), (422, "Invalid")}, reply.body
    elif reply.body is None:  # a file: a table without rows, or a calendar without events
        assert len(reply.text.splitlines()) == 1 or "BEGIN:VEVENT" not in reply.text, reply.text
    else:
        [found] = [reply.body[name] for name in ("items", "staff", "days") if name in reply.body]
        assert not [one for one in found if one.get("slots", True)], reply.body


def _without_the_request(problem: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in problem.items() if name not in {"traceId", "instance"}}
