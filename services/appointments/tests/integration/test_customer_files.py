"""Importing customers, and exporting them."""

from typing import Any

from fastapi import FastAPI

from ..files import checked, column, done, send
from ..make import Studio, at

HEADER = ("Name", "E-mail", "Mobile", "Language", "Notes", "Blocked")


async def added(studio: Studio, **fields: Any) -> Any:
    """A customer who is known before."""
    answer = await studio.client.post("/api/customers", json=fields)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def exported(studio: Studio) -> bytes:
    """GET /api/customers/export.csv."""
    answer = await studio.client.get("/api/customers/export.csv")
    assert answer.status_code == 200, answer.text
    return answer.content


async def test_who_is_known_is_changed_and_all_others_are_added(app: FastAPI, studio: Studio):
    noor = await added(studio, name="Noor", email="noor@example.com")
    lina = await added(studio, name="Lina", phone="+971501234567")
    await added(studio, name="Mei")
    made = await checked(
        studio,
        "customers",
        HEADER,
        ["Noor", "NOOR@example.com", "", "ar-AE", "", ""],
        ["Lina K.", "", "+971 50 123 4567", "", "late\nalways", "no"],
        ["mei", "", "", "", "", ""],
        ["Omar", "omar@example.com", "", "", "", "yes"],
        ["Omar", "omar@example.com", "", "", "", ""],
        ["Both", "noor@example.com", "+971501234567", "", "", ""],
        ["", "x", "123", "", "", "perhaps"],
    )
    assert column(made, "action") == ["update", "update", "skip", "add", "error", "error", "error"]
    assert [problem["column"] for problem in made["rows"][5]["problems"]] == ["phone"]
    applied = await done(app, studio, made, "apply")
    assert column(applied, "outcome") == ["updated", "updated", "skipped", "added", "failed", "failed", "failed"]
    stored = {one["name"]: one for one in (await studio.client.get("/api/customers")).json()["items"]}
    assert set(stored) == {"Noor", "Lina K.", "Mei", "Omar"}
    assert (stored["Noor"]["id"], stored["Noor"]["locale"]) == (noor["id"], "ar-AE")
    assert (stored["Lina K."]["id"], stored["Lina K."]["notes"]) == (lina["id"], "late\nalways")
    assert (stored["Omar"]["blocked"], stored["Omar"]["revision"]) == (True, 1)


async def test_whoever_was_added_is_taken_back_unless_they_were_changed_or_booked(app: FastAPI, studio: Studio):
    emails = [f"{name}@example.com" for name in ("plain", "edited", "booked", "deleted")]
    made = await checked(studio, "customers", ("name", "email"), *([email, email] for email in emails))
    ids = column(await done(app, studio, made, "apply"), "entityId")
    await studio.client.put(f"/api/customers/{ids[1]}", json={"notes": "x"})
    await studio.booked(at(9), customerId=ids[2])
    gone = await studio.booked(at(11), customerId=ids[3])
    await studio.client.delete(f"/api/appointments/{gone['id']}")
    undone = await done(app, studio, made, "undo")
    assert column(undone, "outcome") == ["removed", "kept", "kept", "removed"]
    told = [problem["detail"] for row in undone["rows"] for problem in row["problems"]]
    assert told == ["was changed since", "has appointments"]
    left = (await studio.client.get("/api/customers")).json()["items"]
    assert [one["id"] for one in left] == [ids[2], ids[1]]
    assert (await studio.client.get(f"/api/customers/{ids[0]}")).status_code == 404
    assert (await studio.client.get(f"/api/customers/{ids[3]}")).json()["erased"]  # the trail speaks of them


async def test_what_was_exported_changes_nothing_when_it_is_imported_again(studio: Studio):
    await added(studio, name="=HYPERLINK(1)", phone="+971501234567", notes=' @x "y", z\n-1')
    await added(studio, name="'=نور", email="noor@example.com", locale="ar", blocked=True)
    await added(studio, name="-", notes="\t=1")
    data = await exported(studio)
    assert data.startswith(b"\xef\xbb\xbf")
    for cell in data.decode("utf-8-sig").split('"')[1::2]:
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    answer = (await send(studio, "customers", data)).json()
    assert column(answer, "action") == ["skip"] * 3, answer


async def test_appointments_that_are_taken_back_take_back_whom_they_added(app: FastAPI, studio: Studio):
    known = await added(studio, name="Noor", email="noor@example.com")
    rows = [
        ["Cut", "2027-03-01 13:00", "Noor", "noor@example.com"],
        ["Cut", "2027-03-01 14:00", "Lina", "lina@example.com"],
        ["Cut", "2027-03-01 15:00", "Lina", "lina@example.com"],
        ["Cut", "2027-03-01 16:00", "Mei", ""],
        ["Cut", "2027-03-01 17:00", "mei", ""],
    ]
    made = await checked(studio, "appointments", ("Service", "Start", "Client", "Email"), *rows)
    applied = await done(app, studio, made, "apply")
    assert column(applied, "outcome") == ["added"] * 5
    assert len((await studio.client.get("/api/customers")).json()["items"]) == 3
    assert column(await done(app, studio, made, "undo"), "outcome") == ["removed"] * 5
    assert [one["id"] for one in (await studio.client.get("/api/customers")).json()["items"]] == [known["id"]]
