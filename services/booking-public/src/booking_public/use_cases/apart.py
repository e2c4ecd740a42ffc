"""Each of many by itself: that one fails is in nobody's way."""

from collections.abc import Awaitable

import structlog

from booking_public.clients.payments import Unanswered
from plumbing.problems import NotFound, ServiceUnavailable

log = structlog.get_logger("apart")


async def apart(driven: Awaitable[object], failing: str, **of: str) -> None:
    """Wait for one. When it fails, `failing` is logged with what it was `of`; the next run tries it again."""
    try:
        await driven
    except (ServiceUnavailable, Unanswered, NotFound) as error:
        log.warning(failing, reason=type(error).__name__, **of)
    except Exception:
        log.exception(failing, **of)
