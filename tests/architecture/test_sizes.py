"""How long things may be: what is long has more than one idea."""

import statistics
from pathlib import Path

from tests.architecture.tree import Function, committed_files, functions_of, modules

LONGEST_FILE = 300
LONGEST_FUNCTION = 50
NINE_OF_TEN = 20
TYPICAL = 6
CODE = {".py", ".sql", ".sh", ".conf"}


def test_no_file_is_longer_than_300_lines():
    long = {
        str(path): count for path in committed_files() if path.suffix in CODE and (count := _lines(path)) > LONGEST_FILE
    }
    assert not long


def test_architecture_can_be_read_in_one_go():
    [path] = [path for path in committed_files() if path.name == "ARCHITECTURE.md"]
    assert _lines(path) < 200


def test_no_function_is_longer_than_50_lines():
    assert not [function for function in _functions() if function.lines > LONGEST_FUNCTION]


def test_nine_of_ten_functions_have_at_most_20_lines_and_the_typical_one_six():
    lengths = [function.lines for function in _functions()]
    assert statistics.quantiles(lengths, n=10)[-1] <= NINE_OF_TEN
    assert statistics.median(lengths) <= TYPICAL


def test_no_test_is_longer_than_50_lines():
    tests = [path for path in committed_files() if path.suffix == ".py" and "tests" in path.parts]
    assert not [function for path in tests for function in functions_of(path) if function.lines > LONGEST_FUNCTION]


def _functions() -> list[Function]:
    return [function for path in modules().values() for function in functions_of(path)]


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
