"""What may stand in the body of a mail: elements of MJML and plain ones of HTML, and links that lead somewhere."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

from notifications.domain.templates import Flaw

_MJML = frozenset(
    "mj-section mj-column mj-group mj-wrapper mj-text mj-button mj-image mj-divider mj-spacer mj-table".split()
)
_HTML = frozenset(
    "a b blockquote br em h1 h2 h3 hr i img li ol p s small span strong sub sup table tbody td th thead tr u ul".split()
)
_VOID = frozenset({"br", "hr", "img", "mj-image", "mj-divider", "mj-spacer"})
_LINKS = frozenset({"href", "src", "background-url", "background"})
_SCHEMES = frozenset({"https", "http", "mailto", "tel", "cid"})
_OURS = re.compile(r"\{\{(?:manage_url|accept_url)\}\}|mailto:\{\{business_email\}\}|tel:\{\{business_phone\}\}")
_STYLES = ("expression(", "javascript:", "url(", "@import", "behavior:")


def flaws_of(body: str) -> list[Flaw]:
    """What is wrong with the elements of a body: unknown ones, ones left open, scripts in any disguise; by line."""
    reader = _Reader()
    reader.feed(body)
    reader.close()
    return reader.found + [Flaw("body", line, f"<{tag}> is not closed") for tag, line in reader.still_open]


class _Reader(HTMLParser):
    """Looks at every element."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Flaw] = []
        self.still_open: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look(tag, attrs)
        if tag not in _VOID:
            self.still_open.append((tag, self.getpos()[0]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if self.still_open and self.still_open[-1][0] == tag:
            self.still_open.pop()
        else:
            self._note(f"</{tag}> closes nothing")

    def handle_comment(self, data: str) -> None:
        self._note("comments are not allowed")  # some readers of mail run what is in them

    def handle_decl(self, decl: str) -> None:
        self._note("only elements are allowed here")

    def handle_pi(self, data: str) -> None:
        self._note("only elements are allowed here")

    def unknown_decl(self, data: str) -> None:
        self._note("only elements are allowed here")

    def _look(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _MJML | _HTML:
            self._note(f"<{tag}> is not allowed")
        for said in _wrong(attrs):
            self._note(said)

    def _note(self, detail: str) -> None:
        self.found.append(Flaw("body", self.getpos()[0], detail))


def _wrong(attrs: list[tuple[str, str | None]]) -> Iterator[str]:
    for name, value in attrs:
        plain = "".join((value or "").split()).lower()
        if name.startswith("on"):
            yield f"{name} is not allowed"
        elif name in _LINKS and not _leads_somewhere(plain):
            yield f"{name} must begin with https://, mailto: or tel:"
        elif name not in _LINKS and any(part in plain for part in _STYLES):
            yield f"{name} must not load or run anything"


def _leads_somewhere(link: str) -> bool:
    """Also a link that is a word of the template, if what it stands for is ours: nobody else chooses where it leads."""
    if "{" in link:
        return _OURS.fullmatch(link) is not None
    try:
        return urlsplit(link).scheme in _SCHEMES
    except ValueError:
        return False
