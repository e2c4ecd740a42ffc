"""Which state of a thing was told last, so that none is told twice and none goes back."""

from collections import OrderedDict
from collections.abc import Hashable

REMEMBERED = 2_000


class Newest:
    """The last revision of each subject; of those that nothing was told of for longest it forgets."""

    def __init__(self, remembered: int = REMEMBERED) -> None:
        """Nothing was told yet."""
        self._remembered = remembered
        self._revisions: OrderedDict[Hashable, int] = OrderedDict()

    def is_news(self, subject: Hashable, revision: int) -> bool:
        """Whether this revision is newer than what was told; from now on it is what was told."""
        if self._revisions.get(subject, -1) >= revision:
            return False
        self._revisions[subject] = revision
        self._revisions.move_to_end(subject)
        if len(self._revisions) > self._remembered:
            self._revisions.popitem(last=False)
        return True
