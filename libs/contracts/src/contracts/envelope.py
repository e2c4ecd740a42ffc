"""The envelope of every event: CloudEvents 1.0 in JSON, with the business and the revision as extensions."""

import builtins
from abc import abstractmethod
from datetime import datetime
from typing import Any, ClassVar, Literal
from uuid import UUID

from contracts.ids import BusinessId, EventId
from contracts.wire import Instant, Wire


class Event(Wire):
    """A fact that has been committed: a full snapshot of its subject at `revision`.

    A snapshot of the same subject with the same revision says the same; one with a lower revision is older
    and must be ignored by whoever keeps a copy.
    """

    type: ClassVar[str]
    source: ClassVar[str]
    version: ClassVar[int] = 1

    business_id: BusinessId
    revision: int

    @property
    @abstractmethod
    def subject(self) -> UUID:
        """The id of the thing that the event is about; events of one subject keep their order."""

    @classmethod
    def schema_name(cls) -> str:
        """The name of this shape, with its version: the envelope's `dataschema`."""
        return f"urn:sundial:{cls.type}:{cls.version}"

    @classmethod
    def source_name(cls) -> str:
        """The service that tells it, as the envelope's `source` names it."""
        return f"/services/{cls.source}"


class Head(Wire):
    """All of an envelope but the event itself; the routing key is `<type>.<businessid>`."""

    specversion: Literal["1.0"] = "1.0"
    id: EventId
    source: str
    type: str
    subject: UUID
    time: Instant
    datacontenttype: Literal["application/json"] = "application/json"
    dataschema: str
    businessid: BusinessId
    revision: int

    @property
    def routing_key(self) -> str:
        """Type first, so that a queue binds to `<type>.*`."""
        return f"{self.type}.{self.businessid}"

    @classmethod
    def of(cls, event: Event, *, event_id: EventId, at: datetime) -> "Head":
        """For an event that happened `at`; nothing is checked that the types say already."""
        return Head.model_construct(
            id=event_id,
            source=event.source_name(),
            type=event.type,
            subject=event.subject,
            time=at,
            dataschema=event.schema_name(),
            businessid=event.business_id,
            revision=event.revision,
        )

    def around(self, event: Event) -> str:
        """The envelope in JSON, with the event in it: each is written once, and read back by nobody here."""
        return f'{self.model_dump_json().removesuffix("}")},"data":{event.model_dump_json()}}}'


class Envelope(Head):
    """What is published, as it is read: `data` is the event."""

    data: dict[str, Any]

    def open[E: Event](self, kind: builtins.type[E]) -> E:
        """The event inside, unknown fields ignored. Raises pydantic.ValidationError when it is not of `kind`."""
        return kind.model_validate(self.data, extra="ignore")
