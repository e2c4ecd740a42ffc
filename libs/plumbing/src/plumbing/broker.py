"""The connection to RabbitMQ: opened when it is needed, and again after it was lost."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from urllib.parse import urlencode

import aio_pika
from aio_pika.abc import AbstractConnection
from aiormq.abc import AbstractChannel as Channel
from aiormq.abc import AbstractConnection as Protocol
from aiormq.abc import DeliveredMessage
from aiormq.exceptions import AMQPError, ChannelNotFoundEntity

__all__ = ["Broker", "BrokerUnavailable", "Channel", "DeliveredMessage", "NoSuchQueue", "as_unavailable"]

HEARTBEAT_SECONDS = 15
CONNECT_SECONDS = 10.0
RPC_SECONDS = 5.0


class BrokerUnavailable(Exception):
    """RabbitMQ does not answer, refuses, or has just gone away."""


class NoSuchQueue(LookupError):
    """There is no queue of this name."""


class _Connection(aio_pika.Connection):
    """One that is closed by `Broker` alone.

    aio-pika's own closes itself when it is collected, which may be in a thread without an event loop. What is collected
    here was lost, so that nothing of it is open.
    """

    def __del__(self) -> None:
        """Do nothing."""


class Broker:
    """At most one open connection; `name` is what RabbitMQ's own pages call it."""

    def __init__(self, url: str, *, name: str) -> None:
        """`url` is `amqp://user:password@host:port/virtual-host`."""
        query = urlencode({"name": name, "heartbeat": HEARTBEAT_SECONDS})
        self._url = f"{url}{'&' if '?' in url else '?'}{query}"
        self._connection: AbstractConnection | None = None
        self._opening = asyncio.Lock()

    @property
    def is_connected(self) -> bool:
        """Whether the connection is open now."""
        return self._protocol is not None and self._protocol.is_opened

    async def channel(self, *, confirms: bool = False) -> Channel:
        """A new channel, of the protocol below aio-pika; `confirms` for publishing. Raises BrokerUnavailable."""
        with as_unavailable():
            protocol = await self._open()
            return await protocol.channel(publisher_confirms=confirms, on_return_raises=True, timeout=RPC_SECONDS)

    async def close(self) -> None:
        """Close the connection and all of its channels."""
        connection, self._connection = self._connection, None
        if connection is not None and not connection.is_closed:
            with as_unavailable():
                await connection.close()

    @property
    def _protocol(self) -> Protocol | None:
        """The AMQP connection that aio-pika has made."""
        transport = self._connection.transport if self._connection is not None else None
        return transport.connection if transport is not None else None

    async def _open(self) -> Protocol:
        async with self._opening:
            if not self.is_connected:
                self._connection = await self._connect()
            assert self._protocol is not None
            return self._protocol

    async def _connect(self) -> AbstractConnection:
        return await asyncio.wait_for(aio_pika.connect(self._url, connection_class=_Connection), CONNECT_SECONDS)


@contextmanager
def as_unavailable() -> Generator[None]:
    """Raise BrokerUnavailable for whatever way the connection or a channel of it was lost."""
    try:
        yield
    except ChannelNotFoundEntity as error:
        raise NoSuchQueue from error
    except (AMQPError, OSError, RuntimeError, TimeoutError) as error:
        raise BrokerUnavailable(f"{type(error).__name__}: {error}") from error
