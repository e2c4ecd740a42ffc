"""A template filled in: an email with a subject, a text and a page; an SMS with a text. And what is wrong with one."""

import re
from dataclasses import dataclass

from jinja2 import TemplateError

from notifications.domain.kinds import WORDS, Channel
from notifications.domain.templates import (
    MOST_BODY,
    MOST_SUBJECT,
    MOST_TEXT_MESSAGE,
    Flaw,
    Template,
)
from notifications.use_cases.writing.grammar import filled_in, flaws_in
from notifications.use_cases.writing.layout import framed
from notifications.use_cases.writing.markup import flaws_of
from notifications.use_cases.writing.occasion import Occasion, words_for

_MANY_LINES = re.compile(r"\n{3,}")
_POSITION = re.compile(r" at position \d+:\d+$")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
_MOST_PREVIEW = 140


@dataclass(frozen=True, slots=True)
class Written:
    """What is sent; `subject` and `html` of an email only."""

    text: str
    subject: str | None = None
    html: str | None = None


def write(template: Template, occasion: Occasion) -> Written:
    """Fill in a template. ValueError or TemplateError for one that was never looked at by `flaws`."""
    words = words_for(occasion, html=False)
    text = _MANY_LINES.sub("\n\n", filled_in(template.text, words, html=False)).strip()
    if template.key.channel is not Channel.EMAIL:
        return Written(text[:MOST_TEXT_MESSAGE])
    subject = one_line(filled_in(template.subject or "", words, html=False))
    body = filled_in(template.body or "", words_for(occasion, html=True), html=True)
    preview = _CONTROL.sub(" ", text)[:_MOST_PREVIEW]
    html = framed(body, occasion.business, title=subject, preview=preview, locale=occasion.locale)
    return Written(text, subject, html)


def flaws(template: Template, example: Occasion) -> list[Flaw]:
    """What is wrong with a template, by field and line; it is filled in with an example only if nothing is."""
    words = WORDS[template.key.kind]
    parts = {"text": template.text, "subject": template.subject, "body": template.body}
    found = [flaw for part, source in parts.items() if source for flaw in flaws_in(source, part, words=words)]
    found += _too_long(template)
    if template.body and not found:
        found += flaws_of(template.body)
    return found or _flaws_when_written(template, example)


def one_line(text: str) -> str:
    """A subject: whatever is in it, no line of the header ends where it does not."""
    return " ".join(_CONTROL.sub(" ", text).split())[:MOST_SUBJECT]


def _too_long(template: Template) -> list[Flaw]:
    most_text = MOST_BODY if template.key.channel is Channel.EMAIL else MOST_TEXT_MESSAGE
    limits = (("subject", template.subject, MOST_SUBJECT), ("body", template.body, MOST_BODY))
    sources = (*limits, ("text", template.text, most_text))
    return [
        Flaw(part, 1, f"is longer than {most} characters")
        for part, source, most in sources
        if source and len(source) > most
    ]


def _flaws_when_written(template: Template, example: Occasion) -> list[Flaw]:
    """MJML has its own ideas of what belongs into what."""
    try:
        written = write(template, example)
    except (ValueError, TemplateError) as error:
        return [Flaw("body", 1, _POSITION.sub("", str(error)))]
    if written.subject == "":
        return [Flaw("subject", 1, "is empty")]
    return [] if written.text else [Flaw("text", 1, "is empty")]
