"""Searching customers: how what is typed is understood, in which order they are found, and that an index serves it."""

import re
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..make import Studio

PATH = "/api/customers"
ARABIC_MARKS = [chr(code) for code in (0x640, *range(0x64B, 0x653), 0x670)]
LETTERS = "abcçdéfğhïklmñopqrśtüvwxyzÅØŁßαβγςДжЯё" + "ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآةىؤئ"
MARKS = r"'_%\-."
SPELT_OTHERWISE = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # each example is a batch
names = st.lists(st.text(LETTERS + MARKS + " ", min_size=1, max_size=30), min_size=1, max_size=25)


async def add(studio: Studio, *people: dict[str, Any]) -> None:
    """Customers who have to be added."""
    for fields in people:
        answer = await studio.client.post(PATH, json=fields)
        assert answer.status_code == 201, answer.text


async def found(studio: Studio, search: str, **query: Any) -> list[str]:
    """The names that a search finds, in its order."""
    answer = await studio.client.get(PATH, params={"search": search, **query})
    assert answer.status_code == 200, answer.text
    return [item["name"] for item in answer.json()["items"]]


@pytest.mark.parametrize(
    "typed",
    ["+971501234567", "+971 50 123 4567", "00971501234567", "050 123 4567", "0501234567", "(050) 123-4567", "1234567"],
)
async def test_a_number_is_found_however_it_is_written(studio: Studio, typed: str):
    await add(studio, {"name": "Lina", "phone": "+971501234567"}, {"name": "Omar", "phone": "+971501234999"})
    assert await found(studio, typed) == ["Lina"]


async def test_words_are_found_in_any_order_and_all_of_them(studio: Studio):
    await add(studio, {"name": "Lina Haddad"}, {"name": "Lina Said"}, {"name": "Omar Haddad"})
    assert await found(studio, "haddad lina") == ["Lina Haddad"]
    assert await found(studio, "  HADDAD  ") == ["Lina Haddad", "Omar Haddad"]


async def test_beginnings_of_words_come_first_and_likeness_only_when_nobody_is_found(studio: Studio):
    await add(studio, {"name": "Angelina"}, {"name": "Selina"}, {"name": "Sara Linaro"}, {"name": "Lina"})
    assert await found(studio, "lina") == ["Lina", "Sara Linaro", "Angelina", "Selina"]
    assert await found(studio, "anjelina") == ["Angelina"]


async def test_what_a_pattern_would_mean_is_taken_by_the_letter(studio: Studio):
    await add(studio, {"name": "100% Yoga"}, {"name": "A_B"}, {"name": "Back\\slash"}, {"name": "O'Brien"})
    assert await found(studio, "0%") == ["100% Yoga"]
    assert await found(studio, "a_b") == ["A_B"]
    assert await found(studio, "k\\s") == ["Back\\slash"]
    assert await found(studio, "obrien") == ["O'Brien"]
    for nothing in ("%%%", "___", "\\", "'; DROP TABLE customers; --", "\u0650"):
        assert await found(studio, nothing) == []


async def test_a_search_is_read_in_pages(studio: Studio):
    await add(studio, *({"name": f"{first} Haddad"} for first in ("Lina", "Omar", "Noor", "Amal", "Al")))
    for typed in ("haddad", "hadad", "ha"):
        seen: list[str] = []
        cursor: str | None = None
        while True:
            query = {"search": typed, "limit": 2, **({"cursor": cursor} if cursor else {})}
            page = (await studio.client.get(PATH, params=query)).json()
            seen += [item["name"].split()[0] for item in page["items"]]
            if (cursor := page["nextCursor"]) is None:
                break
        assert seen == ["Al", "Amal", "Lina", "Noor", "Omar"], typed
    by_name = (await studio.client.get(PATH, params={"limit": 1})).json()["nextCursor"]
    assert (await studio.client.get(PATH, params={"search": "lina", "cursor": by_name})).status_code == 422


@SPELT_OTHERWISE
@given(names)
async def test_what_is_made_searchable_is_so_already(sql: asyncpg.Connection, written: list[str]):
    rows = await sql.fetch(
        "SELECT searchable(x) AS once, searchable(searchable(x)) AS twice FROM unnest($1::text[]) x", written
    )
    assert [row["once"] for row in rows] == [row["twice"] for row in rows]


@SPELT_OTHERWISE
@given(names, st.sampled_from(ARABIC_MARKS))
async def test_marks_and_capital_letters_make_no_difference(sql: asyncpg.Connection, written: list[str], mark: str):
    marked = [mark.join(one) + mark for one in written]
    for others in (marked, [one.upper() for one in written], [one.casefold() for one in written]):
        rows = await sql.fetch(
            "SELECT * FROM unnest($1::text[], $2::text[]) AS pair (x, y) WHERE searchable(x) <> searchable(y)",
            written,
            others,
        )
        assert rows == []


@SPELT_OTHERWISE
@given(names)
async def test_whoever_is_kept_is_found_by_their_whole_name(sql: asyncpg.Connection, written: list[str]):
    kept = [one for one in written if re.search(r"\w", one)]
    business_id = uuid4()
    transaction = sql.transaction()
    await transaction.start()
    await sql.execute("SELECT set_config('app.business_id', $1, true)", str(business_id))
    await _insert(sql, business_id, kept)
    missed = await sql.fetch(
        "SELECT x FROM unnest($1::text[]) x WHERE NOT EXISTS (SELECT FROM customers_found(x, NULL, NULL, NULL, 100) f"
        " JOIN customers c ON c.id = f.id AND c.name = x)",
        kept,
    )
    await transaction.rollback()
    assert missed == []


async def test_another_businesss_customers_are_not_found_by_the_function_itself(
    sql: asyncpg.Connection, studio: Studio, new_connection: asyncpg.Connection
):
    await add(studio, {"name": "Lina Haddad"})
    call = "SELECT count(*) FROM customers_found('lina', NULL, NULL, NULL, 10)"
    assert await new_connection.fetchval(call) == 0
    async with new_connection.transaction():
        await new_connection.execute("SELECT set_config('app.business_id', $1, true)", str(uuid4()))
        assert await new_connection.fetchval(call) == 0
    async with new_connection.transaction():
        await new_connection.execute("SELECT set_config('app.business_id', $1, true)", str(studio.id))
        assert await new_connection.fetchval(call) == 1


@pytest.mark.parametrize("typed", ["zuleikha", "زليخة", "0501234567", "zuleika", "zu ha", "zu@example.com"])
async def test_the_search_is_served_by_its_index_however_many_customers_there_are(
    sql: asyncpg.Connection, typed: str, many: UUID
):
    plans: list[str] = []
    sql.add_log_listener(lambda _connection, message: plans.append(str(message)))
    await sql.execute("LOAD 'auto_explain'; SET auto_explain.log_min_duration = 0; SET client_min_messages = log")
    await sql.execute("SET auto_explain.log_nested_statements = on")
    await sql.execute("SELECT set_config('app.business_id', $1, false)", str(many))
    rows = await sql.fetch("SELECT * FROM customers_found($1, NULL, NULL, NULL, 51)", typed)
    assert rows
    scans = [line for line in "\n".join(plans).splitlines() if " on customers c" in line or " on ix_customers" in line]
    assert any("Bitmap Index Scan on ix_customers_business_id_search" in line for line in scans), plans
    assert not any("Seq Scan" in line for line in scans), plans


@pytest.fixture
async def many(sql: asyncpg.Connection) -> UUID:
    """A business with as many customers as a chain has, beside another one."""
    known = await sql.fetchval("SELECT business_id FROM customers WHERE name = 'Zuleikha Haddad'")
    if known is None:
        known, other = uuid4(), uuid4()
        for business_id in (known, other):
            await sql.execute(
                "INSERT INTO customers (business_id, id, name, email, phone, created_at, updated_at, revision)"
                " SELECT $1, gen_random_uuid(), translate(left(md5(n::text), 14), '0123456789', 'gh jk mnop'),"
                " n || '@example.com', '+9714' || n, now(), now(), 1 FROM generate_series(1000000, 1019999) n",
                business_id,
            )
        for name, email, phone in (
            ("Zuleikha Haddad", "zu@example.com", "+971501234567"),
            ("زُليخة", None, None),
        ):
            await _insert(sql, known, [name], email, phone)
        await sql.execute("VACUUM ANALYZE customers")
    return known


@pytest.fixture
async def new_connection(database: Any) -> Any:
    """A connection with the rights of the application."""
    connection = await asyncpg.connect(database.app_url)
    yield connection
    await connection.close()


async def _insert(
    sql: asyncpg.Connection, business_id: UUID, names: list[str], email: str | None = None, phone: str | None = None
) -> None:
    await sql.execute(
        "INSERT INTO customers (business_id, id, name, email, phone, created_at, updated_at, revision)"
        " SELECT $1, gen_random_uuid(), name, $3, $4, now(), now(), 1 FROM unnest($2::text[]) AS name",
        business_id,
        names,
        email,
        phone,
    )
