"""Where Stripe tells what happened: checked, kept, answered; all else comes later."""

from typing import Annotated

from fastapi import APIRouter, Header, Request, Response

from booking_public.domain.payments import SignatureInvalid
from booking_public.use_cases.payments.events import keep_event
from plumbing.answers import Answer
from plumbing.clock import utc_now
from plumbing.problems import ServiceUnavailable
from plumbing.web import problems

router = APIRouter(prefix="/api/webhooks", tags=["webhooks"])


@router.post("/stripe", responses=problems(SignatureInvalid, ServiceUnavailable))
async def hear_stripe(
    request: Request, signature: Annotated[str, Header(alias="Stripe-Signature", max_length=2_000)] = ""
) -> Response:
    """Keep an event of Stripe's. It is believed only that something happened: Stripe itself is asked what."""
    told = request.app.state.payments.heard(await request.body(), signature)
    async with request.app.state.uow.across_businesses() as tx:
        await keep_event(tx, told, at=utc_now())
    return Answer.of({"received": True})
