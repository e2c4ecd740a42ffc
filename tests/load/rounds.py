"""Taking turns: every round runs each measurement once, in order, so that what disturbs the machine disturbs all."""

from collections.abc import Callable

from tests.load.figure import Comparison, Effort, Figure, Line, Measured, Plan
from tests.load.samples import Rounds, Sample, rate, ratios, times
from tests.load.stage import Stage

Say = Callable[[str], None]


async def take(figure: Figure, stage: Stage, effort: Effort, say: Say) -> Measured:
    """Prepare a figure, measure it in turns, and compare."""
    say(f"{figure.name}: preparing")
    async with figure.prepare(stage, effort) as plan:
        rounds = await _rounds(figure.name, plan, effort, say)
        checks = await plan.checks() if plan.checks else ()
        lines = [_line(comparison, rounds) for comparison in plan.comparisons]
    return Measured(figure.name, figure.title, lines, checks, plan.notes)


async def _rounds(name: str, plan: Plan, effort: Effort, say: Say) -> Rounds:
    """One round more than is counted: the first fills caches and makes connections."""
    found: list[dict[str, Sample]] = []
    for number in range(effort.rounds + 1):
        say(f"{name}: {f'round {number} of {effort.rounds}' if number else 'warming up'}")
        found.append({what: await measure() for what, measure in plan.measures.items()})
    return found[1:]


def _line(comparison: Comparison, rounds: Rounds) -> Line:
    of, to = comparison.of, comparison.to
    return Line(
        what=comparison.what,
        to=to,
        per_second=rate(rounds, of).median,
        limit_per_second=rate(rounds, to).median,
        ratio=ratios(rounds, of, to, of_times=comparison.of_times),
        target=comparison.target,
        times=times(rounds, of),
    )
