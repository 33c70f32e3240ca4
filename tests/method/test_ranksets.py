"""Rank sets, comparison intervals and tiers: by an independent slow calculation, by hand, and on real test scores."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from scoring.method.ranksets import (
    RankSets,
    comparison_intervals,
    normal_errors,
    rank_sets,
    sets_from_intervals,
    tiers,
)

# Mean mathematics scores and standard errors of six OECD countries in PISA 2018, from the OECD's public database, as
# shown in the vignette "Inference for Ranks" of the R package csranks: Australia, Austria, Belgium, Canada, Chile,
# Colombia.
PISA = np.array([491.3600, 498.9423, 508.0703, 512.0169, 417.4066, 390.9323])
ERRORS = np.array([1.939833, 2.970999, 2.262662, 2.357476, 2.415888, 2.989559])


def slow_sets(x: NDArray[np.float64], errors: NDArray[np.float64], s: NDArray[np.float64]) -> list[tuple[int, int]]:
    """The step-down procedure of Mogstad et al. (2024), one pair at a time."""
    n = len(x)
    left = {(i, j) for i in range(n) for j in range(n) if i != j}
    better: set[tuple[int, int]] = set()
    while left:
        largest = [max((e[i] - e[j]) / np.hypot(s[i], s[j]) for i, j in left) for e in errors]
        critical = np.quantile(largest, 0.95)
        found = {(i, j) for i, j in left if (x[i] - x[j]) / np.hypot(s[i], s[j]) > critical}
        if not found:
            break
        better |= found
        left -= found
    return [
        (1 + sum((i, j) in better for i in range(n)), n - sum((j, i) in better for i in range(n))) for j in range(n)
    ]


def test_step_down_agrees_with_a_slow_calculation_on_pisa() -> None:
    errors = normal_errors(ERRORS, 400, seed=1)
    errors -= errors.mean(axis=0)
    found = rank_sets(PISA, errors, covariance=ERRORS)
    assert list(zip(found.best, found.worst, strict=True)) == slow_sets(PISA, errors, ERRORS)


def test_pisa_sets() -> None:
    """Canada and Belgium share the first places, Australia and Austria the third and fourth at most one off; Chile and
    Colombia are told apart from everybody."""
    found = rank_sets(PISA, normal_errors(ERRORS, 10_000, seed=1), covariance=ERRORS)
    assert list(zip(found.best, found.worst, strict=True)) == [(3, 4), (2, 4), (1, 3), (1, 2), (5, 5), (6, 6)]
    assert tiers([4, 3, 2, 1, 5, 6], found).tolist() == [2, 2, 1, 1, 3, 4]


def test_marginal_sets_lie_within_simultaneous_ones() -> None:
    errors = normal_errors(ERRORS, 2000, seed=2)
    joint = rank_sets(PISA, errors, covariance=ERRORS)
    each = rank_sets(PISA, errors, covariance=ERRORS, simultaneous=False)
    assert (each.best >= joint.best).all() and (each.worst <= joint.worst).all()


def test_one_step_is_never_narrower_than_stepping_down() -> None:
    x = np.random.default_rng(3).normal(0, 6, 40)
    errors = normal_errors(np.ones(40), 1000, seed=3)
    down, one = (rank_sets(x, errors, covariance=np.ones(40), stepdown=how) for how in (True, False))
    assert (down.best >= one.best).all() and (down.worst <= one.worst).all()
    assert (down.best > one.best).any() or (down.worst < one.worst).any()


def test_correlated_errors_tell_apart_what_independent_ones_cannot() -> None:
    x, together = np.array([1.0, 0.0]), np.array([[1.0, 0.99], [0.99, 1.0]])
    alone = rank_sets(x, normal_errors(np.ones(2), 2000, seed=4), covariance=np.ones(2))
    joint = rank_sets(x, normal_errors(together, 2000, seed=4), covariance=together)
    assert alone.worst.tolist() == [2, 2] and joint.worst.tolist() == [1, 2]


def test_without_any_error_ranks_are_certain_and_ties_stay() -> None:
    found = rank_sets([3.0, 1.0, 1.0], np.zeros((100, 3)))
    assert found.best.tolist() == [1, 2, 2] and found.worst.tolist() == [1, 3, 3]


def test_joint_intervals_are_wider_than_pairs() -> None:
    x, errors = PISA, normal_errors(ERRORS, 5000, seed=5)
    pairs, intervals = rank_sets(x, errors, covariance=ERRORS), sets_from_intervals(x, (errors + x).T)
    assert (intervals.best <= pairs.best).all() and (intervals.worst >= pairs.worst).all()
    assert intervals.worst[4] == 5 and intervals.best[5] == 6


def test_comparison_intervals_of_equal_errors_are_1_39_standard_errors() -> None:
    """Goldstein and Healy (1995): 1.39 instead of 1.96, because 1.96 √2 / 2 = 1.386."""
    low, high = comparison_intervals([0.0, 10.0], [1.0, 1.0])
    assert low == pytest.approx([-1.3859, 8.6141], abs=1e-4) and high == pytest.approx([1.3859, 11.3859], abs=1e-4)


def test_a_tier_begins_where_somebody_is_surely_below_the_head_of_the_one_above() -> None:
    sets = RankSets(np.array([1, 1, 3, 4, 4]), np.array([2, 2, 3, 5, 5]))
    assert tiers([1, 2, 3, 4, 5], sets).tolist() == [1, 1, 2, 3, 3]
    chain = RankSets(np.array([1, 1, 2, 3, 4]), np.array([2, 3, 4, 5, 5]))  # each overlaps the next, not the one after
    assert tiers([1, 2, 3, 4, 5], chain).tolist() == [1, 1, 2, 2, 3]
    nobody = RankSets(np.ones(5, dtype=int), np.full(5, 5))
    assert tiers([1, 2, 3, 4, 5], nobody).tolist() == [1, 1, 1, 1, 1]


def test_tiers_never_split_those_that_share_a_position() -> None:
    for sets in (
        RankSets(np.array([1, 2, 3]), np.array([1, 3, 3])),
        RankSets(np.array([2, 1, 3]), np.array([3, 1, 3])),
    ):
        assert len(set(tiers([1, 1, 3], sets).tolist()[:2])) == 1
