"""Which worker runs which tests, where there are several: a file stays together, and so do all that use one product."""

from xdist.scheduler import LoadFileScheduling

SHARED = {
    "tests/faults/test_storm.py": "product",
    "tests/faults/": "breakable",
    "tests/e2e/": "product",
    "tests/docs/test_tutorial.py": "product",
}
"""Where a product is started once for many tests, and would be twice on two workers. The first that fits counts."""


class ByProduct(LoadFileScheduling):
    """By the paths above, because xdist's own groups do nothing under pytest 9.2 (pytest-xdist#1386)."""

    def _split_scope(self, nodeid: str) -> str:
        for path, product in SHARED.items():
            if nodeid.startswith(path):
                return product
        return super()._split_scope(nodeid)
