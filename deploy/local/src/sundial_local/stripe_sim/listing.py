"""Lists and searches: newest first, by pages, narrowed as Stripe does."""

import re
from collections.abc import Callable

from sundial_local.stripe_sim import forms, shapes
from sundial_local.stripe_sim.errors import wrong
from sundial_local.stripe_sim.ledger import Ledger
from sundial_local.stripe_sim.store import Json

MOST = 100
_METADATA = re.compile(r"""metadata\[['"](?P<name>[^'"]+)['"]\]\s*:\s*['"](?P<value>[^'"]*)['"]""")
_FIELD = re.compile(r"""(?P<name>status|currency)\s*:\s*['"](?P<value>[^'"]*)['"]""")

Test = Callable[[Json], bool]


def listed(ledger: Ledger, kind: str, url: str, params: Json, *narrow: str) -> Json:
    """GET of a collection; `narrow` names the fields that may be asked for. Raises Refused."""
    forms.only(params, "limit", "starting_after", "created", *narrow)
    found = [each for each in ledger.store.all(kind) if _fits(each, params, narrow)]
    if after := params.get("starting_after"):
        ids = [each["id"] for each in found]
        if after not in ids:
            raise wrong("starting_after", f"No such {kind}: '{after}'", "resource_missing")
        found = found[ids.index(after) + 1 :]
    limit = _limit(params)
    return shapes.page(url, found[:limit], has_more=len(found) > limit)


def searched(ledger: Ledger, kind: str, url: str, params: Json) -> Json:
    """GET …/search by `query`, all of whose clauses must hold. Raises Refused."""
    forms.only(params, "query", "limit", "page")
    tests = _clauses(params.get("query", ""))
    found = [each for each in ledger.store.all(kind) if all(test(each) for test in tests)]
    first, limit = int(params.get("page") or 0), _limit(params)
    rest = found[first:]
    more = len(rest) > limit
    page = shapes.page(url, rest[:limit], has_more=more)
    return page | {"object": "search_result", "next_page": str(first + limit) if more else None}


def _fits(thing: Json, params: Json, narrow: tuple[str, ...]) -> bool:
    created = params.get("created", {})
    bounds = created if isinstance(created, dict) else {"gte": created, "lte": created}
    least, most = int(bounds.get("gte", 0)), int(bounds.get("lte", thing["created"]))
    over, under = int(bounds.get("gt", -1)), int(bounds.get("lt", thing["created"] + 1))
    in_time = max(least, over + 1) <= thing["created"] <= min(most, under - 1)
    return in_time and all(thing.get(name) == params[name] for name in narrow if name in params)


def _limit(params: Json) -> int:
    limit = forms.integer(params, "limit") or 10
    if limit > MOST:
        raise wrong("limit", f"This value must be less than or equal to {MOST}.")
    return limit


def _clauses(query: str) -> list[Test]:
    clauses = [part.strip() for part in re.split(r"\s+AND\s+", query)]
    return [_clause(part) for part in clauses]


def _clause(part: str) -> Test:
    if found := _METADATA.fullmatch(part):
        return lambda thing: thing["metadata"].get(found["name"]) == found["value"]
    if found := _FIELD.fullmatch(part):
        return lambda thing: thing.get(found["name"]) == found["value"]
    raise wrong("query", f"Invalid search query: {part}")
