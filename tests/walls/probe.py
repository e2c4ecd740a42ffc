"""A probe of the second wall: steps of one business beside its twin, and whether a mutant is noticed by any of them."""

import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx
import pytest
from structlog.testing import capture_logs

from tests.walls.desk import Desk
from tests.walls.mutants import Mutant, mutants, shape
from tests.walls.twins import MARK, Twins

Foreign = Literal["refused", "empty"]

RAISED = "raised"
"""What the answer of a step begins with that came to none."""

type Seen = dict[str, Any]
"""What a step showed, as one value a path."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that my business does; with what is the other's, it has to be `refused`, or to find nothing.

    `of_everybody`: it is about all businesses, like what runs on a timer. `skips_locked`: it leaves alone what others
    have locked, so that nothing is.
    """

    name: str
    run: Callable[[], Awaitable[Any]]
    foreign: Foreign | None = None
    of_everybody: bool = False
    skips_locked: bool = False


@dataclass(slots=True)
class Shown:
    """What a step shows when nothing is forgotten: what is the same each time, and by which statements."""

    step: Step
    seen: Seen
    varies: set[str]
    statements: set[str]


@dataclass(slots=True, repr=False)
class Probe:
    """The steps, and what they show."""

    twins: Twins
    desk: Desk
    steps: Sequence[Step]
    forget: Callable[[], None]
    """Empties what the application keeps in memory of the database."""
    shown: list[Shown] = field(default_factory=list[Shown])

    async def look(self) -> None:
        """Go through all steps, twice, with nothing forgotten."""
        for step in self.steps:
            first = await self._go(step)
            self.desk.statements.clear()
            second = await self._go(step)
            statements = set(self.desk.statements)
            varies = {path for path, value in first.items() if second.get(path) != value} | (
                second.keys() - first.keys()
            )
            self.shown.append(Shown(step, second, varies, statements))

    def trespasses(self) -> list[str]:
        """The steps that show or change something of the other business."""
        return [f"{shown.step.name}: {wrong}" for shown in self.shown if (wrong := _trespass(shown))]

    def forgotten(self, *, but: Iterable[str] = ()) -> Mapping[str, Sequence[Mutant]]:
        """The statements without a condition, by the place where it stands: one part of a statement may be in many.

        Not those whose place has all the words of one of `but`, each of which has to be there: parts of it, by " … ".
        """
        found = sorted({statement for shown in self.shown for statement in shown.statements})
        one_of_each = {shape(statement): statement for statement in found}.values()
        places: defaultdict[str, list[Mutant]] = defaultdict(list)
        for mutant in (mutant for statement in one_of_each for mutant in mutants(statement)):
            places[mutant.place].append(mutant)
        for words in but:
            left_out = [place for place in places if all(word in place for word in words.split(" … "))]
            assert left_out, f"this condition is not there any more: {words}"
            for place in left_out:
                del places[place]
        return places

    async def notices(self, forgotten: Sequence[Mutant]) -> bool:
        """Whether any step shows something else without the condition. AssertionError when one of them is no SQL."""
        for mutant in forgotten:
            if await self._notices(mutant):
                return True
        return False

    async def _notices(self, mutant: Mutant) -> bool:
        self.desk.mutant = mutant
        self.desk.broken.clear()
        try:
            for shown in self.shown:
                if mutant.statement in shown.statements and differs(shown, await self._go(shown.step)):
                    assert not self.desk.broken, (self.desk.broken, mutant.text)
                    return True
            return False
        finally:
            self.desk.mutant = None

    async def _go(self, step: Step) -> Seen:
        self.forget()
        async with self.twins.held(locked=not step.skips_locked):
            try:
                answer = await step.run()
            except Exception as error:  # noqa: BLE001  # whatever is raised is what the step shows
                answer = f"{RAISED} {type(error).__name__}"
            told, changed = await self.twins.told(), await self.twins.changed()
        return dict(_leaves("", {"answer": _readable(answer), "events": _events(told), "changed": changed}))


def differs(shown: Shown, seen: Seen) -> bool:
    """Whether what is seen is not what was shown, but for what varies."""
    same = shown.seen.keys() - shown.varies
    return any(path not in seen or seen[path] != shown.seen[path] for path in same) or bool(
        seen.keys() - shown.seen.keys() - shown.varies
    )


def _trespass(shown: Shown) -> str:
    seen = shown.seen
    status, foreign = seen.get("/answer/0"), shown.step.foreign
    if str(seen.get("/answer", "")).startswith(RAISED):
        return f"is not answered: {seen['/answer']}"  # such as a statement that finds a twin where it expects one row
    if seen["/changed#"]:
        return f"changes {[value for path, value in seen.items() if path.startswith('/changed/')]}"
    if any(MARK in str(value) for value in seen.values()) and not shown.step.of_everybody:
        return "shows what is the twin's"
    if foreign == "refused" and status not in (404, 422):
        return f"is answered with {status}"
    if foreign == "empty" and (status, seen.get("/answer/1/items#")) != (200, 0):
        return f"finds something: {seen}"
    return "" if foreign or status is None or status < 300 or status == 409 else f"is refused: {seen}"


def _events(told: Sequence[tuple[str, str]]) -> list[Any]:
    return [[key, json.loads(body)] for key, body in told]


def _readable(answer: Any) -> Any:
    """A response or several, as values; text as its lines."""
    if isinstance(answer, httpx.Response):
        with suppress(ValueError):
            return [answer.status_code, answer.json() if answer.content else None]
        return [answer.status_code, answer.text.splitlines()]
    if isinstance(answer, list | tuple):
        return [_readable(one) for one in answer]  # pyright: ignore[reportUnknownVariableType]
    return answer if isinstance(answer, dict) else str(answer)  # pyright: ignore[reportUnknownVariableType]


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield f"{path}#", len(value)  # pyright: ignore[reportUnknownArgumentType]
        for name, inner in value.items():  # pyright: ignore[reportUnknownVariableType]
            yield from _leaves(f"{path}/{name}", inner)
    elif isinstance(value, list):
        yield f"{path}#", len(value)  # pyright: ignore[reportUnknownArgumentType]
        for number, inner in enumerate(value):  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
            yield from _leaves(f"{path}/{number}", inner)
    else:
        yield path, value


async def each_is_noticed(probe: Probe, subtests: pytest.Subtests, *, but: Mapping[str, str]) -> None:
    """Leave out each condition on the business, one at a time: some step has to show it. `but`: nobody can, and why."""
    for place, forgotten in probe.forgotten(but=but).items():
        with subtests.test(place), capture_logs():  # to render a traceback takes seconds
            noticed = await probe.notices(forgotten)
            assert noticed, place
