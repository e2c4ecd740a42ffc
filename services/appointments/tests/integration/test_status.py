"""Changing the status, and deleting."""

import asyncpg
import pytest

from ..make import Studio, at, path


async def test_confirming_is_told_once_and_its_time_stays_taken(studio: Studio):
    made = await studio.booked(at(9), status="PENDING")
    confirmed = (await studio.set_status(made, "CONFIRMED")).json()
    assert (confirmed["status"], confirmed["revision"]) == ("CONFIRMED", 2)
    assert [item["change"] for item in await studio.history(made)] == ["created", "confirmed"]
    assert (await studio.book(at(9))).status_code == 409


async def test_the_same_status_again_changes_nothing(studio: Studio):
    made = await studio.booked(at(9))
    for _ in range(2):
        answer = await studio.set_status(made, "CONFIRMED", reason="again")
        assert (answer.status_code, answer.json()) == (200, made)
    cancelled = (await studio.set_status(made, "CANCELLED", reason="ill")).json()
    assert (await studio.set_status(made, "CANCELLED", reason="other")).json() == cancelled


@pytest.mark.parametrize("status", ["PENDING", "CONFIRMED", "COMPLETED", "NO_SHOW"])
async def test_cancelled_is_final(studio: Studio, status: str):
    made = await studio.booked(at(9))
    await studio.set_status(made, "CANCELLED")
    answer = await studio.set_status(made, status)
    assert (answer.status_code, answer.json()["code"]) == (409, "StatusNotAllowed")
    assert (answer.json()["from"], answer.json()["to"]) == ("CANCELLED", status)


@pytest.mark.parametrize("status", ["COMPLETED", "NO_SHOW"])
async def test_what_is_not_confirmed_cannot_have_happened(studio: Studio, status: str):
    made = await studio.booked(at(9), status="PENDING")
    assert (await studio.set_status(made, status)).status_code == 409


async def test_whether_somebody_came_may_be_corrected(studio: Studio):
    made = await studio.booked(at(9))
    for status in ("COMPLETED", "NO_SHOW", "COMPLETED"):
        assert (await studio.set_status(made, status)).json()["status"] == status


async def test_cancelling_frees_the_time_at_once_and_keeps_the_reason(studio: Studio):
    made = await studio.booked(at(9))
    cancelled = (await studio.set_status(made, "CANCELLED", reason="ill")).json()
    assert cancelled["cancellationReason"] == "ill"
    assert (await studio.history(made))[-1]["cause"] == "ill"
    await studio.booked(at(9))


async def test_a_deleted_appointment_is_gone_but_its_activity_is_not(studio: Studio):
    made = await studio.booked(at(9), customer={"name": "Lina", "email": "lina@example.com"})
    answer = await studio.client.delete(path(made))
    assert (answer.status_code, answer.content) == (204, b"")
    assert (await studio.client.get(path(made))).status_code == 404
    assert (await studio.client.delete(path(made))).status_code == 404
    assert (await studio.set_status(made, "CANCELLED")).status_code == 404
    history = await studio.history(made)
    assert [(item["change"], item["revision"]) for item in history] == [("created", 1), ("deleted", 2)]
    assert history[-1]["after"] is None
    assert "Lina" not in str(history)
    await studio.booked(at(9))


async def test_activity_cannot_be_rewritten(studio: Studio, sql: asyncpg.Connection):
    await studio.booked(at(9))
    for statement in ("UPDATE appointment_activity SET cause = 'x'", "DELETE FROM appointment_activity"):
        with pytest.raises(asyncpg.RestrictViolationError):
            await sql.execute(statement)
