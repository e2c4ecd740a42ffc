"""Questions that are asked at the same time go in one call."""

import asyncio
from collections.abc import Sequence
from contextvars import ContextVar

import pytest

from plumbing.together import Together

whose = ContextVar("whose", default="nobody's")


class Oracle:
    """Answers a question with itself, as soon as it may; what is below zero breaks the call."""

    def __init__(self) -> None:
        self.calls: list[list[int]] = []
        self.contexts: list[str] = []
        self.may_answer = asyncio.Event()

    async def answer(self, questions: Sequence[int]) -> list[int]:
        """Every question, as its answer."""
        self.calls.append(list(questions))
        self.contexts.append(whose.get())
        await self.may_answer.wait()
        if min(questions) < 0:
            raise LookupError
        return list(questions)


async def begun(count: int, together: Together[int, int], *, start: int = 0) -> list[asyncio.Task[int]]:
    """So many who ask, each waiting for the answer."""
    tasks = [asyncio.create_task(together.ask(number)) for number in range(start, start + count)]
    for _ in range(3):
        await asyncio.sleep(0)
    return tasks


async def test_who_asks_during_a_call_is_answered_by_the_next():
    oracle = Oracle()
    together = Together[int, int](oracle.answer)
    tasks = await begun(1, together) + await begun(3, together, start=1)
    assert oracle.calls == [[0]]
    oracle.may_answer.set()
    assert await asyncio.gather(*tasks) == [0, 1, 2, 3]
    assert oracle.calls == [[0], [1, 2, 3]]


async def test_a_call_takes_no_more_than_it_may():
    oracle = Oracle()
    oracle.may_answer.set()
    together = Together[int, int](oracle.answer, most=2, passes=2)
    assert await asyncio.gather(*await begun(5, together)) == [0, 1, 2, 3, 4]
    assert oracle.calls == [[0, 1], [2, 3], [4]]


async def test_a_failed_call_fails_those_who_are_in_it_and_nobody_else():
    oracle = Oracle()
    together = Together[int, int](oracle.answer)
    failing = await begun(1, together, start=-1)
    fine = await begun(2, together)
    oracle.may_answer.set()
    with pytest.raises(LookupError):
        await failing[0]
    assert await asyncio.gather(*fine) == [0, 1]


async def test_who_has_gone_leaves_the_others_their_answers():
    oracle = Oracle()
    together = Together[int, int](oracle.answer)
    gone, stays = (await begun(1, together))[0], (await begun(1, together, start=1))[0]
    gone.cancel()
    oracle.may_answer.set()
    assert await stays == 1


async def test_a_call_goes_on_in_the_context_of_the_first_who_waits():
    oracle = Oracle()
    together = Together[int, int](oracle.answer)
    tasks: list[asyncio.Task[int]] = []
    for name in ("first", "second", "third"):
        whose.set(name)
        tasks += await begun(1, together)
    oracle.may_answer.set()
    await asyncio.gather(*tasks)
    assert oracle.contexts == ["first", "second"]
