"""What the tests of webhooks are arranged with: endpoints of a business, and what was delivered to them."""

from datetime import timedelta
from typing import Any

from notifications.use_cases.webhooks.post import Poster
from plumbing.clock import utc_now

from .make import Studio
from .receiver import Receiver


async def endpoint(studio: Studio, receiver: Receiver, *events: str) -> Any:
    """Send these events to it, all without any; its secret is known to it."""
    made = await studio.must("POST", "/api/webhook-endpoints", {"url": receiver.url, "events": list(events)})
    receiver.secret = made["secret"]
    return made


async def deliver(studio: Studio, *, after: timedelta = timedelta()) -> None:
    """Post all that is due then."""
    poster: Poster = studio.app.state.poster
    await poster.start_due(at=utc_now() + after)
    await poster.settled()


async def deliveries(studio: Studio, made: Any, **query: str) -> list[Any]:
    """The log."""
    path = f"/api/webhook-endpoints/{made['id']}/deliveries"
    found = await studio.client.get(path, params={"limit": "200", **query})
    assert found.status_code == 200, found.text
    return found.json()["items"]
