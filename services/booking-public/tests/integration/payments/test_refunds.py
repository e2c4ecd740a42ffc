"""Refunds: asked for by the owner, once under each key, tracked until they have arrived; never more than there is."""

from typing import Any
from uuid import uuid4

import pytest

from booking_public.domain.payments import Deposit, PaymentDisputed, RefundState
from booking_public.use_cases.payments.stored import reassign
from contracts.ids import AppointmentId, BusinessId, uuid7
from plumbing import failpoints
from plumbing.auth import Role
from plumbing.clock import utc_now

from ...make import Studio
from ...till import Till, at_once, kept


async def _payment(owner: Studio, deposit: Deposit) -> str:
    found = await owner.must("GET", f"/api/payments?appointmentId={deposit.appointment_id}")
    [payment] = [each["id"] for each in found["items"] if each["kind"] == "captured"]
    return payment


async def _refund(owner: Studio, payment: str, *, key: str | None = None, **body: Any) -> Any:
    return await owner.call("POST", f"/api/payments/{payment}/refund", body, Idempotency_Key=key or str(uuid4()))


async def test_the_ledger_shows_each_movement_of_an_appointment(till: Till, owner: Studio):
    deposit = await till.taken()
    await till.taken()
    found = await owner.must("GET", f"/api/payments?appointmentId={deposit.appointment_id}")
    assert [(each["kind"], each["amount"], each["status"]) for each in found["items"]] == [
        ("authorised", {"amount": 2500, "currency": "AED"}, "succeeded"),
        ("captured", {"amount": 2500, "currency": "AED"}, "succeeded"),
    ]
    first = await owner.must("GET", "/api/payments?limit=3")
    second = await owner.must("GET", f"/api/payments?limit=3&cursor={first['nextCursor']}")
    assert (len(first["items"]), len(second["items"]), second["nextCursor"]) == (3, 1, None)


async def test_the_ledger_follows_a_deposit_to_another_appointment(till: Till, owner: Studio):
    deposit, other = await till.taken(), AppointmentId(uuid7())
    async with till.uow(till.business_id) as tx:
        moved = await reassign(tx, deposit, other, at=utc_now())
    assert moved.appointment_id == other
    found = await owner.must("GET", f"/api/payments?appointmentId={other}")
    assert {each["appointmentId"] for each in found["items"]} == {str(other)}
    assert (await owner.must("GET", f"/api/payments?appointmentId={deposit.appointment_id}"))["items"] == []


async def test_the_owner_gives_back_all_or_a_part(till: Till, owner: Studio):
    payment = await _payment(owner, await till.taken())
    part = await _refund(owner, payment, amount={"amount": 1000, "currency": "AED"}, reason="Came late")
    assert (part.status_code, part.json()["kind"], part.json()["status"]) == (201, "refunded", "succeeded")
    assert (await _refund(owner, payment)).json()["amount"] == {"amount": 1500, "currency": "AED"}
    nothing = await _refund(owner, payment)
    assert (nothing.status_code, nothing.json()["code"]) == (409, "NothingToRefund")
    assert kept(await till.lines()) == 0
    assert await till.told() == ["payment.succeeded", "payment.refunded", "payment.refunded"]


async def test_the_same_key_is_the_same_refund(till: Till, owner: Studio):
    payment = await _payment(owner, await till.taken())
    amount, key = {"amount": 1000, "currency": "AED"}, str(uuid4())
    first = await _refund(owner, payment, key=key, amount=amount)
    again = await _refund(owner, payment, key=key, amount=amount)
    assert (again.json(), again.headers["Idempotency-Replayed"]) == (first.json(), "true")
    other = await _refund(owner, payment, key=key, amount={"amount": 999, "currency": "AED"})
    assert (other.status_code, other.json()["code"]) == (422, "IdempotencyKeyReused")
    assert kept(await till.lines()) == 1500


async def test_refunds_at_once_never_give_back_more_than_there_is(till: Till, owner: Studio):
    payment = await _payment(owner, await till.taken())
    amount = {"amount": 1500, "currency": "AED"}
    answers = await at_once(*(_refund(owner, payment, amount=amount) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 422, 422, 422]
    assert kept(await till.lines()) == 1000


@pytest.mark.parametrize("place", ["refund_asked", "refund_sent"])
async def test_cut_off_in_between_the_same_key_goes_on(till: Till, place: str):
    deposit, key = await till.taken(), str(uuid4())
    failpoints.arm({place: failpoints.Failure("raise")})
    with pytest.raises(failpoints.FailpointReached):
        await till.gives_back(deposit, 1000, key=key)
    failpoints.arm({})
    assert (await till.gives_back(deposit, 1000, key=key)).state is RefundState.SUCCEEDED
    assert kept(await till.lines()) == 1500
    assert len(await till.payments.refunds(deposit.provider_id or "")) == 1


@pytest.mark.parametrize("fault", ["error_after", "silence_after"])
async def test_a_refund_without_an_answer_is_found(till: Till, fault: str):
    deposit = await till.taken()
    await till.stripe.fails(fault, "POST /v1/refunds$", seconds=5)
    assert (await till.gives_back(deposit)).state is RefundState.SUCCEEDED
    assert len(await till.payments.refunds(deposit.provider_id or "")) == 1


async def test_a_refund_while_stripe_is_down_is_asked_for(till: Till, owner: Studio):
    payment = await _payment(owner, await till.taken())
    await till.stripe.fails("error", "/v1/refunds", times=2)
    answer = await _refund(owner, payment)
    assert (answer.status_code, answer.json()["status"]) == (201, "asked")
    assert (await _refund(owner, payment)).json()["code"] == "NothingToRefund"


@pytest.mark.parametrize(("succeeds", "left"), [(True, 0), (False, 2500)])
async def test_a_refund_is_tracked_until_it_arrived_or_failed(till: Till, owner: Studio, succeeds: bool, left: int):
    deposit = await till.taken(card="4000000000007726")
    pending = await till.gives_back(deposit)
    assert (pending.state, await till.told()) == (RefundState.PENDING, ["payment.succeeded"])
    await till.stripe.post(f"refunds/{pending.provider_id}/settle", succeeds=succeeds)
    await till.delivers(await till.waiting(deposit))
    await till.works()
    found = await owner.must("GET", f"/api/payments?appointmentId={deposit.appointment_id}")
    assert found["items"][-1]["status"] == ("succeeded" if succeeds else "failed")
    assert (await till.told())[-1] == ("payment.refunded" if succeeds else "payment.failed")
    assert kept(await till.lines()) == left


async def test_a_refund_that_failed_after_it_succeeded_is_told_and_can_be_asked_for_again(till: Till):
    deposit = await till.taken(card="4000000000005126")
    first = await till.gives_back(deposit)
    await till.stripe.post(f"refunds/{first.provider_id}/settle", succeeds=False)
    await till.delivers(await till.waiting(deposit))
    await till.works()
    assert (await till.told())[-1] == "payment.failed"
    assert (await till.gives_back(deposit)).state is RefundState.SUCCEEDED


async def test_a_dispute_is_recorded_and_nothing_is_given_back_besides(till: Till, owner: Studio):
    deposit = await till.taken()
    await till.stripe.post(f"payment-intents/{deposit.client_secret}/dispute", reason="general")
    await till.delivers(await till.waiting(deposit))
    await till.works()
    assert ("disputed", 2500, "needs_response") in await till.lines()
    assert (await till.told())[-1] == "payment.failed"
    with pytest.raises(PaymentDisputed):
        await till.gives_back(deposit)
    answer = await _refund(owner, await _payment(owner, deposit))
    assert (answer.status_code, answer.json()["code"]) == (409, "PaymentDisputed")


async def test_a_refund_that_was_made_at_stripe_itself_is_known_too(till: Till):
    deposit = await till.taken()
    elsewhere = await till.gives_back(deposit, 500)
    await till.sql.execute("DELETE FROM refunds WHERE id = $1", elsewhere.id)
    await till.delivers(await till.waiting(deposit))
    await till.works()
    known = await till.sql.fetchrow("SELECT amount, asked_by FROM refunds WHERE deposit_id = $1", deposit.id)
    assert dict(known) == {"amount": 500, "asked_by": "provider"}


async def test_without_a_key_nothing_is_given_back(till: Till, owner: Studio):
    payment = await _payment(owner, await till.taken())
    answer = await owner.call("POST", f"/api/payments/{payment}/refund", {})
    assert (answer.status_code, answer.json()["code"]) == (400, "IdempotencyKeyMissing")
    assert kept(await till.lines()) == 2500


@pytest.mark.parametrize("role", [Role.MANAGER, Role.STAFF])
async def test_only_an_owner_gives_back(till: Till, owner: Studio, role: Role):
    payment = await _payment(owner, await till.taken())
    owner.act_as(role)
    assert (await _refund(owner, payment)).status_code == 403
    assert kept(await till.lines()) == 2500


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"amount": {"amount": 2501, "currency": "AED"}}, "/amount/amount"),
        ({"amount": {"amount": 0, "currency": "AED"}}, "/amount/amount"),
        ({"amount": {"amount": -1, "currency": "AED"}}, "/amount/amount"),
        ({"amount": {"amount": 1.5, "currency": "AED"}}, "/amount/amount"),
        ({"amount": {"amount": "1", "currency": "AED"}}, "/amount/amount"),
        ({"amount": {"amount": 10**30, "currency": "AED"}}, "/amount/amount"),
        ({"amount": {"amount": 1, "currency": "USD"}}, "/amount/currency"),
        ({"amount": {"amount": 1, "currency": "aed"}}, "/amount/currency"),
        ({"amount": 100}, "/amount"),
        ({"status": "succeeded"}, "/status"),
        ({"reason": "x" * 501}, "/reason"),
    ],
)
async def test_what_cannot_be_given_back_is_refused_with_its_field(
    till: Till, owner: Studio, body: dict[str, Any], pointer: str
):
    payment = await _payment(owner, await till.taken())
    answer = await _refund(owner, payment, **body)
    assert answer.status_code == 422, answer.text
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]
    assert kept(await till.lines()) == 2500


async def test_a_part_that_cards_cannot_be_given_back_is_refused(till: Till, owner: Studio):
    payment = await _payment(owner, await till.taken(till.due(5_000, "KWD")))
    answer = await _refund(owner, payment, amount={"amount": 1_005, "currency": "KWD"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/amount/amount")
    assert (await _refund(owner, payment, amount={"amount": 1_010, "currency": "KWD"})).status_code == 201


async def test_a_payment_of_another_business_does_not_exist(till: Till, owner: Studio):
    own = await till.taken()
    till.business_id = BusinessId(uuid4())
    foreign = await till.taken()
    row = await till.sql.fetchval("SELECT movement_id FROM payments WHERE deposit_id = $1 LIMIT 1", foreign.id)
    for wanted in (row, uuid7()):
        answer = await _refund(owner, str(wanted))
        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")
    found = await owner.must("GET", f"/api/payments?appointmentId={foreign.appointment_id}")
    assert found["items"] == []
    assert await _payment(owner, own)
