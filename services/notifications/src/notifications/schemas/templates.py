"""Templates in JSON; as they are they go out in the domain's own shape."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field

from contracts.wire import Wire
from notifications.domain.templates import MOST_BODY, MOST_SUBJECT
from notifications.use_cases.writing.letters import Written
from plumbing.changes import ChangesBody, Sent
from plumbing.schemas import Name


def _no_nul(value: str) -> str:
    if "\x00" in value:
        raise ValueError("must not contain the character U+0000")
    return value


Locale = Literal["en", "ar"]
Source = Annotated[str, Field(min_length=1, max_length=MOST_BODY), AfterValidator(_no_nul)]
Subject = Annotated[Name, Field(max_length=MOST_SUBJECT)]


class TemplateChanges(ChangesBody):
    """What is to be different. Only an email has a `subject` and a `body` in MJML beside its `text`."""

    subject: Sent[Subject] = None
    body: Sent[Source] = None
    text: Sent[Source] = None


class PreviewOut(Wire):
    """A template, filled in with an example. Show `html` in a frame with `sandbox`."""

    subject: str | None
    text: str
    html: str | None

    @classmethod
    def of(cls, written: Written) -> Self:
        """What would be sent."""
        return cls(subject=written.subject, text=written.text, html=written.html)
