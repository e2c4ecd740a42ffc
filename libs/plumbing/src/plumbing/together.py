"""Asking for many at once: one call at a time, for everybody who waits for it.

Whoever asks while a call is under way waits for the next one. So an answer is never older than its question, the first
one asked waits for nobody, and a rush of questions costs a few calls.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context, copy_context
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class _Asked[Q, A]:
    """A question, who waits for the answer, and on whose behalf."""

    question: Q
    answer: asyncio.Future[A]
    context: Context = field(default_factory=copy_context)


class Together[Q, A]:
    """Puts questions together; a call for several goes on in the trace of the first of them."""

    def __init__(
        self, call: Callable[[Sequence[Q]], Awaitable[Sequence[A]]], *, most: int = 100, passes: int = 0
    ) -> None:
        """`call` answers up to `most` questions in their order; what it raises, all of them who asked raise.

        A call waits for so many `passes` of the event loop, in which requests that have arrived already can join it.
        """
        self._call = call
        self._most = most
        self._passes = passes
        self._waiting: deque[_Asked[Q, A]] = deque()
        self._calling: asyncio.Task[None] | None = None

    async def ask(self, question: Q) -> A:
        """The answer."""
        asked = _Asked[Q, A](question, asyncio.get_running_loop().create_future())
        self._waiting.append(asked)
        if self._calling is None:
            self._begin()
        return await asked.answer

    def _begin(self) -> None:
        self._calling = asyncio.create_task(self._call_for_all(), context=self._waiting[0].context)
        self._calling.add_done_callback(self._go_on)

    def _go_on(self, _: asyncio.Task[None]) -> None:
        self._calling = None
        if self._waiting:
            self._begin()

    async def _call_for_all(self) -> None:
        for _ in range(self._passes):
            await asyncio.sleep(0)
        asked = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
        try:
            answers = await self._call([each.question for each in asked])
        except Exception as error:  # noqa: BLE001  # whoever asked gets it
            for each in asked:
                if not each.answer.done():
                    each.answer.set_exception(error)
        else:
            for each, answer in zip(asked, answers, strict=True):
                if not each.answer.done():  # else whoever asked has gone
                    each.answer.set_result(answer)
