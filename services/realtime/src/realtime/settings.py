"""Settings of the realtime processes."""

from typing import Annotated

from pydantic import Field

from plumbing.settings import ProcessSettings


class Settings(ProcessSettings):
    """What realtime needs."""

    sockets_per_user: Annotated[int, Field(ge=1)] = 10
    """So many sockets one user, or one API key, may have open to one process."""
    sockets_per_business: Annotated[int, Field(ge=1)] = 200
    """So many sockets one business may have open to one process."""
    sockets_per_network: Annotated[int, Field(ge=1)] = 50
    """So many sockets may come to one process from one address (of IPv6: from one /64)."""
    drain_seconds: Annotated[float, Field(ge=0, le=60)] = 20.0
    """Over so many seconds the sockets of a process that ends are closed, so that not all come back at once."""
