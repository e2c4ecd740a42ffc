"""A template: the words of one kind of message, by channel and language."""

from dataclasses import dataclass

from contracts.wire import Wire
from notifications.domain.kinds import WORDS, Channel, Kind

MOST_SUBJECT = 300
MOST_BODY = 20_000
MOST_TEXT_MESSAGE = 1_000
"""Of an SMS: what is longer costs seven times as much, and is read by nobody."""


@dataclass(frozen=True, slots=True)
class TemplateKey:
    """Which template."""

    kind: Kind
    channel: Channel
    locale: str


class Template(Wire):
    """The words. Of an email: subject, body in MJML, and the same as plain text; of the others only `text`.

    `isOwn`: the business has its own words; else they come with the product. `words`: what may stand in it as
    `{{ word }}` and be asked for as `{% if word %}`.
    """

    kind: Kind
    channel: Channel
    locale: str
    subject: str | None
    body: str | None
    text: str
    is_own: bool
    words: list[str]
    revision: int

    @property
    def key(self) -> TemplateKey:
        """Which one it is."""
        return TemplateKey(self.kind, self.channel, self.locale)


def template(
    key: TemplateKey, *, subject: str | None, body: str | None, text: str, revision: int = 1, is_own: bool = False
) -> Template:
    """A template with these words; one that comes with the product is at revision 1."""
    return Template(
        kind=key.kind,
        channel=key.channel,
        locale=key.locale,
        subject=subject,
        body=body,
        text=text,
        is_own=is_own,
        words=sorted(WORDS[key.kind]),
        revision=revision,
    )


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something in a template that cannot be: in which field and line, and what."""

    part: str
    line: int
    detail: str
