"""What was delivered to an endpoint, what was not, and sending it again."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from contracts.ids import WebhookDeliveryId, WebhookEndpointId
from notifications.domain.webhooks import DeliveryErased, DeliveryState, DeliveryWaiting, EndpointOff
from notifications.queries.webhooks import delivery_page, one_endpoint
from notifications.schemas.webhooks import DeliveryOut, Replayed, ReplaySince
from notifications.use_cases.webhooks.edit_endpoint import locked_endpoint
from notifications.use_cases.webhooks.replay import replay_delivery, replay_failed, send_test
from plumbing.answers import Answer
from plumbing.auth import Manager
from plumbing.clock import utc_now
from plumbing.idempotency import EdgeRoute, Uow
from plumbing.pages import Page, Paging, page_of
from plumbing.problems import CrossSiteRequest, Invalid, NotAllowed, NotFound, NotSignedIn, ServiceUnavailable
from plumbing.web import problems

_READING = (NotSignedIn, NotAllowed, ServiceUnavailable, NotFound)
_SENDING = (*_READING, CrossSiteRequest, EndpointOff)

router = APIRouter(prefix="/api/webhook-endpoints/{endpoint_id}", tags=["notifications"], route_class=EdgeRoute)


@router.get("/deliveries", response_model=Page[DeliveryOut], responses=problems(*_READING, Invalid))
async def list_deliveries(
    endpoint_id: WebhookEndpointId,
    paging: Paging,
    member: Manager,
    uow: Uow,
    state: Annotated[DeliveryState | None, Query()] = None,
) -> Response:
    """What was, or is to be, delivered: the newest first, for thirty days."""
    after = paging.last_id()
    async with uow() as tx:
        endpoint = await one_endpoint(tx, member.business_id, endpoint_id)
        found = await delivery_page(tx, endpoint, state=state, after=after, limit=paging.limit + 1)
    return Answer.of(page_of(found, paging, key=lambda one: (one.id,), item=DeliveryOut.of))


@router.post("/test", status_code=202, response_model=DeliveryOut, responses=problems(*_SENDING))
async def send_test_event(endpoint_id: WebhookEndpointId, member: Manager, uow: Uow) -> Response:
    """Send an event of the type `webhook.test`; what came of it is in the deliveries a moment later."""
    async with uow() as tx:
        endpoint = await locked_endpoint(tx, member.business_id, endpoint_id)
        return tx.answer(DeliveryOut.of(await send_test(tx, endpoint, now=utc_now())), 202)


@router.post("/replay", status_code=202, response_model=Replayed, responses=problems(*_SENDING, Invalid))
async def replay_all_failed(endpoint_id: WebhookEndpointId, body: ReplaySince, member: Manager, uow: Uow) -> Response:
    """Send again all that have failed since, each with the id that it had."""
    async with uow() as tx:
        endpoint = await locked_endpoint(tx, member.business_id, endpoint_id)
        replayed = await replay_failed(tx, endpoint, since=body.since, now=utc_now())
        return tx.answer(Replayed(replayed=replayed), 202)


@router.post(
    "/deliveries/{delivery_id}/replay",
    status_code=202,
    response_model=DeliveryOut,
    responses=problems(*_SENDING, DeliveryErased, DeliveryWaiting),
)
async def replay_one(
    endpoint_id: WebhookEndpointId, delivery_id: WebhookDeliveryId, member: Manager, uow: Uow
) -> Response:
    """Send one again that was delivered or has failed, with the id that it had."""
    async with uow() as tx:
        endpoint = await locked_endpoint(tx, member.business_id, endpoint_id)
        return tx.answer(DeliveryOut.of(await replay_delivery(tx, endpoint, delivery_id, now=utc_now())), 202)
