"""One of everything of a business, and the twin of it: what the probe of scoping is arranged with."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from contracts.accounts import InvitationCreated
from contracts.appointments import AppointmentDetails, Change, CustomerErased, Status
from contracts.ids import CustomerId, InvitationId, uuid7
from notifications.clients.channels import Leaves, Outgoing
from notifications.domain.deliveries import Receipt, Refused, Unanswered
from notifications.domain.webhooks import MOST_ENDPOINTS
from plumbing.clock import utc_now

from .make import Studio, a_customer, an_appointment, created, next_week
from .receiver import Receiver

ENDPOINTS_OF_A_TWIN = MOST_ENDPOINTS - 1

_DUE = """
UPDATE messages SET due_at = now() + interval '1 hour';
UPDATE messages SET due_at = now() - interval '1 minute' WHERE audience IN ('guest', 'invited') AND channel = 'email';
UPDATE messages SET due_at = now() - interval '1 minute' WHERE id IN (
    SELECT DISTINCT ON (customer_id) id FROM messages WHERE channel = 'sms' ORDER BY customer_id, id
);
UPDATE messages SET state = 'failed', reason = 'refused', ended_at = now() WHERE channel = 'whatsapp';
UPDATE reminders SET due_at = now() - interval '1 minute' WHERE offset_minutes = 120
"""
"""What runs on a timer finds something, but no two that wait for each other: in the probe nobody waits for long."""

_NOTED = """
UPDATE webhook_deliveries SET state = $3, payload = CASE WHEN $4 THEN payload END, due_at = now()
WHERE business_id = $1 AND id = $2
"""
_LATER = "UPDATE webhook_deliveries SET due_at = now() + interval '1 day' WHERE business_id = $1"
_DELIVERIES = {
    "delivered": ("delivered", True),
    "undelivered": ("failed", True),
    "due": ("waiting", True),
    "erased": ("waiting", False),
}
"""What becomes of some deliveries: their states, and whether it is kept what they say."""

_AT_REST = "UPDATE webhook_endpoints SET rests_until = now() + interval '1 day' WHERE business_id = $1"

_KEPT = {
    "appointments_copy": "id",
    "businesses_copy": "name",
    "erased_customers": "customer_id",
    "messages": "intent",
    "notification_settings": "revision",
    "reminders": "appointment_id, offset_minutes",
    "staff_copy": "id",
    "templates": "kind, channel, locale",
    "webhook_deliveries": "endpoint_id, event_id",
    "webhook_endpoints": "id",
}
"""All tables of this service, each with an order that is the same each time."""

_ALL = " UNION ALL ".join(
    f"SELECT '{table}' AS name, (SELECT jsonb_agg(x ORDER BY {order}) FROM {table} x WHERE business_id = $1) AS rows"
    for table, order in _KEPT.items()
)


@dataclass(slots=True)
class Letterbox:
    """A provider of every channel, which takes all but what is for `refused…` and `busy…`."""

    taken: list[dict[str, str | None]] = field(default_factory=list[dict[str, str | None]])

    async def send(self, message: Outgoing, leaves: Leaves) -> Receipt:
        """Raises Refused and Unanswered."""
        leaves()
        if message.to.startswith("refused"):
            raise Refused("refused")
        if message.to.startswith("busy"):
            raise Unanswered("notNow")
        shown = ("to", "subject", "text", "sender_name", "reply_to")
        self.taken.append({name: getattr(message, name) for name in shown})
        return Receipt(None, "taken")

    async def close(self) -> None:
        """Nothing is kept open."""


@dataclass(slots=True)
class Tenant:
    """A business, its own system, what is known of its appointments, and ids."""

    studio: Studio
    receiver: Receiver
    known: dict[str, AppointmentDetails] = field(default_factory=dict[str, AppointmentDetails])
    ids: dict[str, str] = field(default_factory=dict[str, str])


async def fill(tenant: Tenant, admin: asyncpg.Connection) -> None:
    """One of everything."""
    studio, known = tenant.studio, tenant.known
    await _wishes(tenant)
    noor, lina = a_customer(), a_customer(email=f"refused-{studio.id}@example.com")
    busy = a_customer(email=f"busy-{studio.id}@example.com", phone=None)
    amira = known["booked"] = an_appointment(studio.id, customer=noor)
    await studio.employs(amira.staff_id, f"amira-{studio.id}@example.com")
    same = {"staff_id": amira.staff_id, "customer": noor}
    known["lina"] = an_appointment(studio.id, customer=lina, staff_id=amira.staff_id)
    known["busy"] = an_appointment(studio.id, customer=busy, staff_id=amira.staff_id)
    series = {**same, "series_id": uuid7()}
    known |= {name: an_appointment(studio.id, **series, start=next_week(hour)) for name, hour in _SERIES.items()}
    known["cancelled"] = an_appointment(studio.id, **same)
    known["imported"] = an_appointment(studio.id, **same)
    silent = created(known["imported"]).model_copy(update={"imported": True})
    told = [created(each) for name, each in known.items() if name != "imported"]
    await studio.hear(*told, silent, CustomerErased(business_id=studio.id, revision=1, customer_id=_nobody()))
    gone = {"status": Status.CANCELLED}
    known["cancelled"] = await studio.changes(known["cancelled"], Change.CANCELLED, **gone)
    invited = {"email": f"lina-{studio.id}@example.com", "role": "manager", "accept_url": "https://example.com/accept"}
    until = utc_now() + timedelta(days=7)
    await studio.hear(
        InvitationCreated(
            business_id=studio.id, revision=1, invitation_id=InvitationId(uuid7()), expires_at=until, **invited
        )
    )
    await admin.execute(_DUE)
    await _find(tenant, admin)


_SERIES = {"first": 14, "second": 16}


def _nobody() -> CustomerId:
    return CustomerId(uuid4())


async def _wishes(tenant: Tenant) -> None:
    studio = tenant.studio
    await studio.known(contact_email=f"studio-{studio.id}@example.com")
    wanted = {"senderName": "The studio", "channels": {"whatsapp": True}, "quietHours": None}
    await studio.must("PUT", "/api/notification-settings", wanted)
    for name, path in (("email", "booked/email/en"), ("sms", "reminder/sms/en")):
        words = {"text": "Hello {{ customer_name }} {{ details }}"} | ({"subject": "Hello"} if name == "email" else {})
        await studio.must("PUT", f"/api/templates/{path}", words)
    wanted, key = {"url": tenant.receiver.url}, str(studio.id)
    made = await studio.call("POST", "/api/webhook-endpoints", wanted, Idempotency_Key=key)
    tenant.ids["endpoint"] = made.json()["id"]


async def _find(tenant: Tenant, admin: asyncpg.Connection) -> None:
    """The ids of what was made by itself."""
    studio, ids = tenant.studio, tenant.ids
    failed = await studio.messages(status="failed")
    ids["failed"] = failed[0]["id"]
    waiting = await studio.messages(status="waiting")
    ids["waiting"] = waiting[0]["id"]
    ids["staffs"] = next(each["id"] for each in waiting if each["appointmentId"])
    path = f"/api/webhook-endpoints/{ids['endpoint']}/deliveries"
    found_deliveries = (await studio.must("GET", path))["items"]
    await admin.execute(_LATER, studio.id)
    for (name, noted), found in zip(_DELIVERIES.items(), found_deliveries, strict=False):
        ids[name] = found["id"]
        await admin.execute(_NOTED, studio.id, UUID(found["id"]), *noted)


async def at_rest(tenant: Tenant, admin: asyncpg.Connection) -> None:
    """Nothing is posted to its system for a day: what is, is of its twin."""
    await admin.execute(_AT_REST, tenant.studio.id)


def poisoned(mine: Tenant, theirs: Tenant) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """What the twin has otherwise, so that it is seen where it counts."""
    another, customer = "md5(id::text)::uuid", f"'{mine.known['booked'].customer_id}'::uuid"
    of_theirs = f"details || jsonb_build_object('businessId', '{theirs.studio.id}')"
    elsewhere = {"start_at": "start_at + interval '1 day'", "customer_id": customer}
    another_id = f"{of_theirs} || jsonb_build_object('id', {another})"
    rests = {"rests_until": "now() + interval '1 day'"}
    of_the_silent = {"appointment_id": f"'{mine.known['imported'].id}'", "intent": "intent || 'silent'"}
    return {
        "appointments_copy": (
            {**elsewhere, "details": of_theirs},
            {**elsewhere, "details": another_id, "id": another},
        ),
        "erased_customers": ({}, {"customer_id": f"'{mine.known['lina'].customer_id}'::uuid"}),
        "messages": ({}, {**of_the_silent, "id": another}),
        "templates": ({}, {"kind": "'confirmed'"}),
        "webhook_endpoints": (
            rests,
            *({**rests, "id": f"md5('{number}' || id::text)::uuid"} for number in range(ENDPOINTS_OF_A_TWIN)),
        ),
    }


async def kept(admin: asyncpg.Connection, studio: Studio) -> dict[str, Any]:
    """What there is of a business, by table."""
    return {row["name"]: json.loads(row["rows"] or "[]") for row in await admin.fetch(_ALL, studio.id)}
