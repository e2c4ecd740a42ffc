"""One of everything of a business, and the twin of it: what the probe of scoping is arranged with."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import uuid4

from fastapi import FastAPI

from .files import checked, done
from .line import get_in_line
from .make import Studio, at, iso
from .series import repeated

IN_THE_FILE = "sara@example.com"
"""Whom a file that is not applied names, and nobody has as an address."""

WIDER = """
ALTER TABLE claims DROP CONSTRAINT ex_claims_bookable_id_during, ADD CONSTRAINT ex_claims_bookable_id_during
    EXCLUDE USING gist (business_id WITH =, bookable_id WITH =, during WITH &&)
"""
"""Twins take the same time of the same people, which but for this database nobody can."""

IMPORTED = """
INSERT INTO imported_events (business_id, staff_id, uid, time_off_id)
VALUES ($1, $2, 'meeting@example.com', gen_random_uuid())
"""
"""An event of a calendar that was imported before."""

type Ids = Mapping[str, str]


async def made(studio: Studio, path: str, body: Any = None, **headers: str) -> Any:
    """The body of what has to be made."""
    answer = await studio.client.post(path, json=body, headers=headers)
    assert answer.status_code < 300, (path, answer.text)
    return answer.json()


def email(studio: Studio) -> str:
    """An address that nobody has but a customer of this business, and one of its twin."""
    return f"noor-{studio.id.hex}@example.com"


def phone(studio: Studio) -> str:
    """And a number."""
    return f"+97150{studio.id.int % 10**7:07}"


async def fill(studio: Studio, app: FastAPI, inside: str) -> Ids:
    """One of everything; the ids."""
    consent = {"given": True, "text": "May we write to you?"}
    noor = {"name": "Noor Haddad", "email": email(studio), "marketingConsent": consent}
    ids: dict[str, str] = {"customer": (await made(studio, "/api/customers", noor))["id"]}
    ids["other_customer"] = (await made(studio, "/api/customers", {"name": "Lina", "phone": phone(studio)}))["id"]
    ids["alone_customer"] = await _customer(studio, marketingConsent=consent)
    for name, into in (("merged", "customer"), ("merged_too", "alone_customer")):
        ids[name] = await _customer(studio)
        await made(studio, f"/api/customers/{ids[name]}/merge", {"intoId": ids[into]})
    past = await studio.booked(at(20), customerId=ids["alone_customer"])
    await studio.set_status(past, "CANCELLED")
    units = [uuid4(), uuid4()]
    machine, yoga, alone = studio.sells(units=units), studio.sells(capacity=4), studio.sells(capacity=1, name="Alone")
    group = studio.sells(capacity=2, name="Group")
    await studio.booked(at(9), key=str(studio.id), customerId=ids["other_customer"])
    ids["appointment"] = (await studio.booked(at(11), customerId=ids["customer"]))["id"]
    ids["on_machine"] = (await studio.booked(at(12), service=machine))["id"]
    series = await repeated(studio, at(14), staff=1, customerId=ids["customer"])
    ids |= {"series": series["id"], "occurrence": series["items"][1]["id"]}
    ids["session"] = (await made(studio, "/api/sessions", studio.body(at(9), service=yoga, staff=2)))["id"]
    ids["seat"] = (await studio.booked(at(9), service=yoga, staff=2, customerId=ids["customer"]))["id"]
    full = [await studio.booked(at(16), service=group, staff=2, customer={"name": name}) for name in ("A", "B")]
    waits = partial(get_in_line, studio)
    line = [await waits(group, "Ali", sessionId=full[0]["sessionId"]), await waits(alone, "Maha")]
    await waits(group, "Noor", sessionId=full[0]["sessionId"], customer=None, customerId=ids["customer"])
    line.append(await waits(group, "Zayd", sessionId=full[0]["sessionId"]))
    ids |= {"full": full[0]["sessionId"], "in_line": line[0].json()["id"], "waiting": line[1].json()["id"]}
    ids |= {"taken_seat": full[0]["id"], "group": str(group.id), "yoga": str(yoga.id), "alone": str(alone.id)}
    ids["service"], ids["machine"], ids["staff"] = str(studio.service.id), str(machine.id), str(studio.staff[0])
    ids["email"] = email(studio)
    pair = studio.sells(capacity=2, name="Pair")
    seats = [await studio.booked(at(19), service=pair, staff=2, customer={"name": name}) for name in ("C", "D")]
    ids["offered"] = (await waits(pair, "Rami", sessionId=seats[0]["sessionId"])).json()["id"]
    await studio.set_status(seats[0], "CANCELLED")
    offer = (await studio.client.get(f"/api/waiting-list/{ids['offered']}")).json()
    ids["offered_seat"] = offer["appointmentId"]
    ids["feed"] = (await made(studio, "/api/feeds", {"detail": "full"}))["id"]
    feed = await made(studio, "/api/feeds", {"detail": "full", "staffId": ids["staff"]})
    ids["feed_url"] = feed["url"].split("/api", 1)[1]
    rows = (("name", "email"), ("Sara", IN_THE_FILE), ("Noor Haddad", email(studio)), ("", "nobody"))
    ids["import"] = (await checked(studio, "customers", *rows))["id"]
    rows = (("name", "email"), ("Huda", f"huda-{studio.id.hex}@example.com"), ("Noor", email(studio)), ("", "nobody"))
    applied = await done(app, studio, await checked(studio, "customers", *rows), "apply")
    ids |= {"applied": applied["id"], "imported": applied["rows"][0]["entityId"]}
    ids["hold"] = str(uuid4())
    hold = {"businessId": str(studio.id), "serviceId": ids["service"], "start": iso(at(18)), "id": ids["hold"]}
    await made(studio, "/internal/holds", {**hold, "seconds": 3000}, Authorization=inside)
    return ids


async def _customer(studio: Studio, **fields: Any) -> str:
    return (await made(studio, "/api/customers", {"name": "Somebody", **fields}))["id"]


def poisoned(ids: Ids) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """What the twin has otherwise, so that it is seen where it counts: other times, and what mine have nothing of."""
    earlier = {
        "start_at": "start_at - interval '1 hour'",
        "end_at": "end_at - interval '1 hour'",
        "during": "tstzrange(lower(during) - interval '1 hour', upper(during) - interval '1 hour')",
    }
    of_others = [{"customer_id": f"'{ids[name]}'"} for name in ("alone_customer", "imported")]
    more = [{**one, "id": f"md5('{number}' || id::text)::uuid"} for number, one in enumerate(of_others)]
    into = {"id": "md5(id::text)::uuid", "into_id": f"'{ids['imported']}'"}
    return {
        "claims": (earlier, {"owner_id": "md5(owner_id::text)::uuid"}),
        "feeds": ({"token_hash": "sha256(token_hash)"},),
        "customers": ({"email": "email", "phone": "phone"},),
        "appointments": ({}, *more),
        "waiting_list": ({}, *more),
        "customer_merges": ({}, into),
        "imports": ({"state": "'applying'"},),
        "import_rows": (
            {},
            {"number": "number + 100", "outcome": "'failed'"},
            {"number": "number + 200", "outcome": "'added'"},
        ),
    }
