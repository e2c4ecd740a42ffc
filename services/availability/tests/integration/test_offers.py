"""Offers as the service appointments asks for them."""

from collections.abc import Callable
from typing import Any

import pytest

from contracts.ids import BusinessId, uuid7
from contracts.offers import OfferAnswer, OfferAnswers
from plumbing.service_tokens import ServiceToken
from plumbing.testing import TestKeys

from ..make import Studio, at

HOURS = {"blocks": [{"dayOfWeek": 1, "start": "09:00", "end": "12:00"}]}
NINE = at(5)
"""Nine o'clock in Dubai."""

type Ask = Callable[..., Any]


@pytest.fixture
def ask(studio: Studio, keys: TestKeys) -> Ask:
    """Ask for an offer as a service that is trusted; nine o'clock at the studio, unless said otherwise."""
    token = ServiceToken(keys.private_json, audience="availability").current()

    async def offer(service: Any, **wish: Any) -> OfferAnswer:
        body = {"businessId": str(studio.id), "serviceId": str(service), "start": NINE.isoformat(), **wish}
        [answer] = await ask_for(studio, token, body)
        assert answer is not None
        return answer

    return offer


async def ask_for(studio: Studio, token: str, *questions: dict[str, Any]) -> list[OfferAnswer | None]:
    """Ask for several offers at once."""
    body = {"questions": questions}
    answer = await studio.call("POST", "/internal/offers", body, authorization=f"Bearer {token}")
    assert answer.status_code == 200, answer.text
    return OfferAnswers.model_validate_json(answer.content).answers


def question(business: object, service: object) -> dict[str, Any]:
    """The question for nine o'clock."""
    return {"businessId": str(business), "serviceId": str(service), "start": NINE.isoformat()}


async def works(studio: Studio, name: str = "Amira") -> str:
    """A staff member who works on Mondays from nine to twelve."""
    staff = (await studio.staff(name))["id"]
    await studio.must("PUT", f"/api/staff/{staff}/hours", HOURS)
    return staff


async def test_an_offer_has_what_is_kept_on_an_appointment(studio: Studio, ask: Ask):
    staff = await works(studio)
    service = await studio.service(
        staffIds=[staff], bufferAfterMinutes=15, capacity=4, deposit={"kind": "percent", "percent": 50}
    )
    offer = (await ask(service["id"])).offer
    assert (str(offer.business_id), str(offer.service_id)) == (str(studio.id), service["id"])
    assert (offer.service_name, offer.timezone, offer.start, offer.end) == ("Pilates", "Asia/Dubai", NINE, at(6))
    assert (offer.buffer_before_minutes, offer.buffer_after_minutes, offer.capacity) == (0, 15, 4)
    assert (offer.price.amount, offer.deposit.amount, offer.deposit.currency) == (15_000, 7_500, "AED")
    assert [(str(one.staff_id), one.staff_name) for one in offer.candidates] == [(staff, "Amira")]


async def test_a_change_holds_for_the_next_offer(studio: Studio, ask: Ask):
    staff = await works(studio)
    service = (await studio.service(staffIds=[staff]))["id"]
    assert (await ask(service)).offer
    await studio.must("PUT", f"/api/staff/{staff}/hours", {"blocks": []})
    assert [one.kind for one in (await ask(service)).conflicts] == ["outsideHours"]
    assert (await ask(service, allow=["outsideHours"])).offer
    await studio.must("PUT", f"/api/services/{service}", {"active": False})
    assert [one.kind for one in (await ask(service, allow=["outsideHours"])).conflicts] == ["inactive"]


async def test_archived_staff_and_services_are_inactive_and_not_unknown(studio: Studio, ask: Ask):
    staff, other = await works(studio), await works(studio, "Bilal")
    service = (await studio.service(staffIds=[staff, other]))["id"]
    await studio.must("DELETE", f"/api/staff/{staff}")
    assert {one.kind for one in (await ask(service, staffId=staff)).conflicts} == {"inactive"}
    assert [str(one.staff_id) for one in (await ask(service)).offer.candidates] == [other]
    await studio.must("DELETE", f"/api/services/{service}")
    assert {one.kind for one in (await ask(service)).conflicts} == {"inactive"}


async def test_ids_of_another_business_are_unknown(studio: Studio, ask: Ask, new_studio: Callable[..., Studio]):
    stranger = new_studio()
    staff, service = await works(stranger), (await stranger.service())["id"]
    assert (await ask(service, staffId=staff)).unknown == ["serviceId", "staffId"]
    own = (await studio.service())["id"]
    assert (await ask(own, staffId=staff)).unknown == ["staffId"]
    assert (await ask(own, businessId=str(BusinessId(uuid7())))).unknown == ["serviceId"]


async def test_what_is_busy_is_not_judged(studio: Studio, ask: Ask, uow: Any):
    staff = await works(studio)
    service = (await studio.service(staffIds=[staff], resourceNeeds=[{"kind": "bed", "quantity": 1}]))["id"]
    offer = (await ask(service, staffId=staff)).offer
    assert [(one.kind, one.quantity, one.resource_ids) for one in offer.resources] == [("bed", 1, [])]


@pytest.mark.parametrize("token", ["member", "audience", "none"])
async def test_only_a_trusted_service_may_ask(studio: Studio, keys: TestKeys, token: str):
    tokens = {
        "member": keys.access_token(studio.id),
        "audience": ServiceToken(keys.private_json, audience="accounts").current(),
        "none": "",
    }
    body = {"questions": [question(studio.id, uuid7())]}
    answer = await studio.call("POST", "/internal/offers", body, authorization=f"Bearer {tokens[token]}".strip())
    assert (answer.status_code, answer.json()["code"]) == (401, "NotSignedIn")


async def test_several_at_once_are_answered_in_their_order(
    studio: Studio, keys: TestKeys, new_studio: Callable[..., Studio]
):
    token, other = ServiceToken(keys.private_json, audience="availability").current(), new_studio()
    asked = [(one.id, (await one.service(staffIds=[await works(one)]))["id"]) for one in (studio, other, studio)]
    answers = await ask_for(studio, token, *(question(*each) for each in asked))
    offers = [answer.offer for answer in answers if answer is not None]
    assert [(str(offer.business_id), str(offer.service_id)) for offer in offers if offer] == [
        (str(business), service) for business, service in asked
    ]


async def test_one_that_cannot_be_answered_leaves_the_others_their_answers(studio: Studio, keys: TestKeys):
    token = ServiceToken(keys.private_json, audience="availability").current()
    service = (await studio.service(staffIds=[await works(studio)]))["id"]
    fine = question(studio.id, service)
    first, wrong, last = await ask_for(studio, token, fine, {**fine, "end": at(4).isoformat()}, fine)
    assert first is not None
    assert first.offer is not None
    assert (wrong, last) == (None, first)


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{", 400), (b"{}", 422), (b'{"questions": []}', 422), (b'{"questions": [{"start": "z"}]}', 422), (b"", 422)],
)
async def test_a_question_that_is_none_gets_the_problem_that_the_route_documents(
    studio: Studio, keys: TestKeys, body: bytes, status: int
):
    token = ServiceToken(keys.private_json, audience="availability").current()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    answer = await studio.client.post("/internal/offers", content=body, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
