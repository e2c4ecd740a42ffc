"""A business's own systems are told what happened: signed, once, again when they fail, and never what is secret."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from contracts.accounts import InvitationCreated
from contracts.appointments import Change, CustomerErased
from contracts.booking import BookingCodeRequested
from contracts.ids import AppointmentId, BookingId, CustomerId
from notifications.clients.webhooks import WebhookClient
from notifications.use_cases.webhooks.post import Poster
from plumbing.auth import Role
from plumbing.clock import utc_now

from ..hooks import deliver, deliveries, endpoint
from ..make import Studio, an_appointment, created, deleted, updated
from ..post import Post
from ..receiver import Receiver, Receivers


async def test_an_event_arrives_once_signed_however_often_it_is_told_and_by_however_many(
    studio: Studio, receiver: Receiver
):
    made = await endpoint(studio, receiver)
    booked = [an_appointment(studio.id) for _ in range(12)]
    await studio.hear(*map(created, booked), *map(created, booked))
    other = Poster(studio.app.state.uow, WebhookClient(loopback=True))
    now = utc_now()
    await asyncio.gather(*(each.start_due(at=now) for each in (studio.app.state.poster, other)))
    await asyncio.gather(studio.app.state.poster.settled(), other.settled())
    await other.close()
    assert sorted(event["data"]["appointment"]["id"] for _, event in receiver.got) == sorted(
        str(each.id) for each in booked
    )
    assert len({webhook_id for webhook_id, _ in receiver.got}) == 12
    assert set(receiver.got[0][1]) == {"type", "timestamp", "data"}
    assert {(each["state"], each["status"], each["attempts"]) for each in await deliveries(studio, made)} == {
        ("delivered", 204, 1)
    }


async def test_an_endpoint_gets_the_events_that_it_asked_for(studio: Studio, receiver: Receiver):
    await endpoint(studio, receiver, "appointment.deleted", "appointment.updated")
    booked = await studio.books()
    await studio.changes(booked, Change.DETAILS, notes="Brings a friend")
    await deliver(studio)
    assert receiver.types == ["appointment.updated"]


async def test_what_fails_is_tried_again_with_the_same_id_and_kept_in_the_log(studio: Studio, receiver: Receiver):
    made = await endpoint(studio, receiver)
    receiver.status, receiver.said = 500, "x" * 5000
    await studio.books()
    await deliver(studio)
    [waiting] = await deliveries(studio, made, state="waiting")
    assert (waiting["status"], waiting["reason"], waiting["attempts"]) == (500, "refused", 1)
    assert waiting["response"] == "x" * 1024
    again = await studio.call("POST", f"/api/webhook-endpoints/{made['id']}/deliveries/{waiting['id']}/replay")
    assert (again.status_code, again.json()["code"]) == (409, "DeliveryWaiting")
    await deliver(studio, after=timedelta(seconds=3))
    assert len(receiver.got) == 1
    receiver.status = 200
    await deliver(studio, after=timedelta(seconds=6))
    assert len({webhook_id for webhook_id, _ in receiver.got}) == 1
    assert [each["state"] for each in await deliveries(studio, made)] == ["delivered"]


async def test_an_endpoint_that_fails_for_days_is_switched_off_and_the_owner_told(
    studio: Studio, receiver: Receiver, post: Post
):
    await studio.must("PUT", "/api/notification-settings", {"notifyEmail": "layla@example.com"})
    made = await endpoint(studio, receiver)
    receiver.status = 500
    await studio.hear(created(an_appointment(studio.id, customer=None)))
    for hours in range(0, 100, 4):
        await deliver(studio, after=timedelta(hours=hours))
    assert 5 < len(receiver.got) <= 10
    found = await studio.must("GET", f"/api/webhook-endpoints/{made['id']}")
    assert (found["enabled"], found["disabledReason"]) == (False, "failing")
    assert [each["state"] for each in await deliveries(studio, made)] == ["failed"]
    assert (await studio.call("POST", f"/api/webhook-endpoints/{made['id']}/test")).json()["code"] == "EndpointOff"
    await studio.send(at=utc_now() + timedelta(hours=100))
    assert sum("webhook" in each["subject"] for each in await post.to("layla@example.com")) == 1


async def test_an_endpoint_that_is_gone_is_switched_off_at_once_and_on_again_by_hand(
    studio: Studio, receiver: Receiver
):
    made = await endpoint(studio, receiver)
    receiver.status = 410
    booked = [await studio.books(), await studio.books()]
    await deliver(studio)
    path = f"/api/webhook-endpoints/{made['id']}"
    assert (await studio.must("GET", path))["disabledReason"] == "gone"
    receiver.status, receiver.got = 200, []
    await studio.must("PUT", path, {"enabled": True})
    since = (utc_now() - timedelta(hours=1)).isoformat()
    assert await studio.must("POST", f"{path}/replay", {"since": since}) == {"replayed": len(booked)}
    await deliver(studio)
    assert len(receiver.got) == len(booked)
    [one, _] = await deliveries(studio, made, state="delivered")
    await studio.must("POST", f"{path}/deliveries/{one['id']}/replay")
    await deliver(studio)
    assert [webhook_id for webhook_id, _ in receiver.got].count(one["eventId"]) == 2


async def test_a_business_has_twenty_endpoints_at_most(studio: Studio):
    answers = [await studio.call("POST", "/api/webhook-endpoints", {"url": "https://example.com/"}) for _ in range(21)]
    assert [answer.status_code for answer in answers] == [*[201] * 20, 409]
    assert answers[-1].json()["code"] == "TooManyEndpoints"


async def test_a_redirect_is_not_followed(studio: Studio, new_receiver: Receivers):
    receiver, elsewhere = new_receiver(), new_receiver()
    made = await endpoint(studio, receiver)
    receiver.status, receiver.headers = 307, {"Location": elsewhere.url}
    await studio.books()
    await deliver(studio)
    assert elsewhere.got == []
    assert [(each["status"], each["reason"]) for each in await deliveries(studio, made)] == [(307, "refused")]


async def test_a_new_secret_signs_beside_the_old_one(studio: Studio, receiver: Receiver, sql: asyncpg.Connection):
    made = await endpoint(studio, receiver)
    path = f"/api/webhook-endpoints/{made['id']}"
    rotated = await studio.must("POST", f"{path}/rotate-secret")
    assert rotated["secret"] != made["secret"]
    assert "secret" not in await studio.must("GET", path)
    for secret in (made["secret"], rotated["secret"]):
        receiver.secret = secret
        await studio.must("POST", f"{path}/test")
        await deliver(studio)
    assert receiver.types == ["webhook.test"] * 2
    await sql.execute("UPDATE webhook_endpoints SET old_secret_until = now() WHERE id = $1", made["id"])
    receiver.secret = made["secret"]
    await studio.must("POST", f"{path}/test")
    await deliver(studio)
    assert len(receiver.got) == 2


async def test_whoever_is_erased_is_in_no_payload(studio: Studio, receiver: Receiver, sql: asyncpg.Connection):
    made = await endpoint(studio, receiver)
    booked = await studio.books()
    delivered = await studio.books(customer=booked.customer)
    await deliver(studio)
    await studio.changes(delivered, Change.DETAILS, notes="Brings a friend")
    receiver.got.clear()
    await studio.hear(
        CustomerErased(business_id=studio.id, revision=2, customer_id=CustomerId(booked.customer.id)),
        created(an_appointment(studio.id, customer=booked.customer)),
    )
    await deliver(studio)
    assert sorted(receiver.types) == ["appointment.created", "customer.erased"]
    assert booked.customer.email not in str(receiver.got)
    kept = await sql.fetch("SELECT payload FROM webhook_deliveries WHERE business_id = $1", studio.id)
    assert booked.customer.email not in str(kept)
    erased = next(each for each in await deliveries(studio, made) if each["reason"] == "erased")
    again = await studio.call("POST", f"/api/webhook-endpoints/{made['id']}/deliveries/{erased['id']}/replay")
    assert again.json()["code"] == "DeliveryErased"


@pytest.mark.parametrize(
    "url",
    [
        *("http://example.com/", "ftp://example.com/", "https://10.0.0.1/", "https://169.254.169.254/latest"),
        *("https://[::ffff:10.0.0.1]/", "https://[fe80::1]/", "https://noor@example.com/", "https://:443/"),
        *("https://2130706433/", "https://:secret@example.com/"),
    ],
)
async def test_an_address_that_can_be_nobody_s_is_refused_when_it_is_saved(studio: Studio, url: str):
    answer = await studio.call("POST", "/api/webhook-endpoints", {"url": url})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/url")


async def test_what_is_secret_cannot_be_asked_for_and_is_not_told_to_who_asks_for_all(
    studio: Studio, receiver: Receiver
):
    for secret in ("invitation.created", "booking.code_requested"):
        wanted = {"url": "https://example.com/hooks", "events": [secret]}
        assert (await studio.call("POST", "/api/webhook-endpoints", wanted)).status_code == 422
    made = await endpoint(studio, receiver)
    until = utc_now() + timedelta(minutes=5)
    invited = {"invitation_id": uuid4(), "email": "lina@example.com", "role": "manager", "accept_url": "https://x/"}
    code = {"booking_id": BookingId(uuid4()), "name": "Noor", "email": "noor@example.com", "locale": "en"}
    await studio.hear(
        InvitationCreated(business_id=studio.id, revision=1, expires_at=until, **invited),
        BookingCodeRequested(
            business_id=studio.id,
            revision=1,
            appointment_id=AppointmentId(uuid4()),
            code="482913",
            expires_at=until,
            **code,
        ),
    )
    assert len(await studio.messages()) == 2
    assert await deliveries(studio, made) == []


async def test_what_is_told_again_to_fill_copies_is_no_news(studio: Studio, receiver: Receiver):
    await endpoint(studio, receiver)
    booked, gone = await studio.books(), (await studio.books()).model_copy(update={"revision": 2})
    await studio.hear(deleted(gone))
    await studio.known(revision=2)
    await deliver(studio)
    assert sorted(receiver.types) == [*["appointment.created"] * 2, "appointment.deleted", "business.changed"]
    receiver.got.clear()
    await studio.hear(updated(booked, Change.DETAILS), deleted(gone.model_copy(update={"notes": "Written otherwise"})))
    await studio.known(revision=2, name="Written otherwise")
    await studio.hear(updated(booked.model_copy(update={"revision": 2}), Change.DETAILS))
    await deliver(studio)
    assert receiver.types == ["appointment.updated"]


async def test_an_endpoint_is_a_manager_s_and_a_foreign_one_is_none(
    studio: Studio, receiver: Receiver, new_studio: Any
):
    made = await endpoint(studio, receiver)
    neighbour = new_studio()
    other = await endpoint(neighbour, receiver)
    test = await studio.must("POST", f"/api/webhook-endpoints/{made['id']}/test")
    theirs = f"/api/webhook-endpoints/{other['id']}/deliveries/{test['id']}/replay"
    assert (await neighbour.call("POST", theirs)).status_code == 404
    for path in (made["id"], uuid4()):
        assert (await new_studio().call("GET", f"/api/webhook-endpoints/{path}")).status_code == 404
    studio.act_as(Role.STAFF)
    assert (await studio.call("GET", "/api/webhook-endpoints")).status_code == 403
