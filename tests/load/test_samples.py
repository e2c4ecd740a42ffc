"""The arithmetic of the figures."""

import pytest

from tests.load.samples import Sample, Target, percentile, rate, ratios, times

ROUNDS = [
    {"ours": Sample(30, 0.1, 0.4), "limit": Sample(100)},
    {"ours": Sample(20, 0.2, 0.6), "limit": Sample(40)},
    {"ours": Sample(50, 0.3, 0.5), "limit": Sample(50)},
]


def test_each_round_has_its_own_ratio_and_the_median_of_them_counts():
    found = ratios(ROUNDS, "ours", "limit")
    assert (found.median, found.least, found.most) == (0.5, 0.3, 1.0)


def test_a_ratio_of_times_is_the_other_way_round():
    found = ratios(ROUNDS, "ours", "limit", of_times=True)
    assert (found.median, found.least, found.most) == (2, 1, pytest.approx(100 / 30))


def test_a_rate_is_the_median_of_the_rounds():
    assert rate(ROUNDS, "ours").median == 30


def test_times_are_the_medians_of_the_rounds_and_absent_where_nothing_was_timed():
    assert times(ROUNDS, "ours") == (0.2, 0.5)
    assert times(ROUNDS, "limit") is None


@pytest.mark.parametrize(
    ("percent", "expected"),
    [(50, 50), (99, 99), (100, 100), (1, 1), (0.5, 1)],
)
def test_a_percentile_is_one_of_the_values(percent: float, expected: int):
    assert percentile(range(100, 0, -1), percent) == expected


def test_the_percentile_of_one_value_is_that_value():
    assert percentile([7], 99) == 7


def test_answers_in_a_second_are_counted_over_the_whole_time():
    sample = Sample.of_times([0.5, 0.5, 1.0], wall=1.5)
    assert (sample.per_second, sample.p50, sample.p99) == (2, 0.5, 1.0)


@pytest.mark.parametrize(
    ("target", "ratio", "met"),
    [
        (Target(0.3), 0.3, True),
        (Target(0.3), 0.299, False),
        (Target(1.15, at_most=True), 1.15, True),
        (Target(1.15, at_most=True), 1.16, False),
    ],
)
def test_a_target_is_met_at_its_bound(target: Target, ratio: float, *, met: bool):
    assert target.is_met_by(ratio) is met


def test_a_target_is_written_with_its_direction():
    assert [str(Target(8)), str(Target(1.15, at_most=True))] == ["≥ 8", "≤ 1.15"]
