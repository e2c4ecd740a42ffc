"""The language of templates: Jinja's words and conditions, and nothing that could run for long or reach anything.

No loops, no calls, no attributes, no arithmetic: a template is as much work as it is long, whoever wrote it.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from notifications.domain.templates import Flaw

FILTERS = frozenset({"default", "lower", "title", "trim", "upper"})
MOST_DEPTH = 12

_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.CondExpr),
    *(nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand, nodes.Filter),
)
_SAID: dict[type[nodes.Node], str] = {
    nodes.For: "loops are not allowed",
    nodes.Call: "calls are not allowed",
    nodes.Getattr: "a word has no parts",
    nodes.Getitem: "a word has no parts",
    nodes.Include: "other templates cannot be included",
    nodes.Import: "other templates cannot be imported",
    nodes.FromImport: "other templates cannot be imported",
    nodes.Extends: "other templates cannot be extended",
}


def _environment(*, html: bool) -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(
        autoescape=html, undefined=StrictUndefined, keep_trailing_newline=False, trim_blocks=True, lstrip_blocks=True
    )
    made.globals.clear()
    made.filters = {name: each for name, each in made.filters.items() if name in FILTERS}
    return made


_HTML, _TEXT = _environment(html=True), _environment(html=False)


def flaws_in(source: str, part: str, *, words: Collection[str]) -> list[Flaw]:
    """What is wrong with the source of a template that may use these words; by line."""
    try:
        tree = _TEXT.parse(source)
    except TemplateSyntaxError as error:
        return [Flaw(part, error.lineno, error.message or "cannot be understood")]
    except RecursionError:
        return [Flaw(part, 1, "is nested too deeply")]
    return list(_flaws_below(tree, part, frozenset(words), MOST_DEPTH))


def filled_in(source: str, words: Mapping[str, str | Markup | bool], *, html: bool) -> str:
    """The source with its words; of HTML every word is escaped that is no markup of ours."""
    return _compiled(source, html=html).render(words)


@lru_cache(maxsize=512)
def _compiled(source: str, *, html: bool) -> Template:
    return (_HTML if html else _TEXT).from_string(source)


def _flaws_below(node: nodes.Node, part: str, words: frozenset[str], depth: int) -> Iterator[Flaw]:
    if depth == 0:
        yield Flaw(part, node.lineno, "is nested too deeply")
        return
    if said := _wrong_with(node, words):
        yield Flaw(part, node.lineno, said)
        return
    for child in node.iter_child_nodes():
        yield from _flaws_below(child, part, words, depth - 1)


def _wrong_with(node: nodes.Node, words: frozenset[str]) -> str | None:
    if not isinstance(node, _ALLOWED):
        return _SAID.get(type(node), f"{type(node).__name__.lower()} is not allowed")
    if isinstance(node, nodes.Name) and node.name not in words:
        return f"there is no word {node.name} here; there are {', '.join(sorted(words))}"
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        return f"there is no filter {node.name}; there are {', '.join(sorted(FILTERS))}"
    return None
