"""The outbox: events written in the transaction that they report, and taken from there by the relay."""

from hashlib import blake2b
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    MetaData,
    SmallInteger,
    Table,
    Text,
    Uuid,
    func,
)

from contracts.envelope import Event, Head
from contracts.ids import EventId, uuid7
from plumbing.clock import utc_now
from plumbing.tracing import current_traceparent

PARTITIONS = 16

_own = MetaData()
table = Table(
    "outbox",
    _own,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("part", SmallInteger, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("routing_key", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("traceparent", Text),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("ix_outbox_part_id", "part", "id"),
)


def outbox_row(event: Event) -> dict[str, Any]:
    """The row that tells this event, with the trace that it belongs to."""
    head = Head.of(event, event_id=EventId(uuid7()), at=utc_now())
    return {
        "part": partition_of(event.subject),
        "event_id": head.id,
        "routing_key": head.routing_key,
        "body": head.around(event),
        "traceparent": current_traceparent(),
    }


def partition_of(subject: UUID) -> int:
    """Which partition carries the events of a subject: always the same one, so that they keep their order."""
    return blake2b(subject.bytes, digest_size=1).digest()[0] % PARTITIONS
