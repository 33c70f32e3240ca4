"""Other orders than the mean's: cases worked by hand, and what must hold whatever the values."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal

from scoring.method import ordering
from scoring.method.ordering import benefit_of_doubt, copeland, mazziotta_pareto

NAN = float("nan")
WEIGHTS = np.array([0.5, 0.3, 0.2])
Order = Callable[[Any, Any], Any]
ORDERS: list[Order] = [copeland, benefit_of_doubt, mazziotta_pareto]
each = pytest.mark.parametrize("order", ORDERS)
# whole numbers, so that equal children and units are common; within 80 to 120 every order rises with every child
whole = arrays(float, (6, 3), elements=st.integers(80, 120).map(float))
gappy = arrays(float, (6, 3), elements=st.one_of(st.just(NAN), st.integers(80, 120).map(float)))
weighing = arrays(float, (3,), elements=st.integers(1, 9).map(float))


def test_copeland_by_hand() -> None:
    # A against B: the first child speaks for A (0.5), the second for B (0.3), the third is equal (0.1 each): 0.6, won.
    # A against C: the first for C (0.5), second and third for A (0.5): neither. B against C: the first for C (0.5),
    # the others for B (0.5): neither. So A has 1 won, B 1 lost, C nothing.
    x = np.array([[2.0, 1, 3], [1, 2, 3], [3, 0, 1]])
    assert_array_equal(copeland(x, WEIGHTS), [1, -1, 0])


def test_copeland_shares_missing_weight_out() -> None:
    # A and B share the last two children alone: 0.3 of 0.5 speaks for A, 0.6 of the whole, so A wins although 0.3 of
    # all weight would lose. C has nothing in common with A, and against B only the first child: C wins. D is unseen.
    x = np.array([[NAN, 2, 1], [1, 1, 2], [5, NAN, NAN], [NAN, NAN, NAN]])
    assert_array_equal(copeland(x, WEIGHTS), [1, -2, 1, NAN])


def test_copeland_takes_sums_that_differ_by_rounding_as_equal() -> None:
    x = np.array([[1.0, 1, 0], [0, 0, 1]])
    assert_array_equal(copeland(x, np.array([0.1, 0.2, 0.3])), [0, 0])  # 0.1 + 0.2 is a little above 0.3


def test_copeland_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    x = np.random.default_rng(1).integers(0, 5, (50, 3)).astype(float)
    at_once = copeland(x, WEIGHTS)
    monkeypatch.setattr(ordering, "CELLS", 170)  # three rows of fifty at a time
    assert_array_equal(copeland(x, WEIGHTS), at_once)


def test_benefit_of_doubt_by_hand() -> None:
    # A has (2, 4) and B (4, 2), weights equal, freedom 0.5: parts from 1/4 to 3/4. In A's terms B is twice A in the
    # first child and half of it in the second: 2p + (1 − p)/2 is 1 at p = 1/3, which is allowed. So A scores 1, as
    # does B. With freedom 0.2 the least p is 0.4: 0.8 + 0.3 = 1.1, a score of 1 ÷ 1.1. With none, p is 0.5: 1.25.
    x, equal = np.array([[2.0, 4], [4, 2]]), np.ones(2)
    assert_allclose(benefit_of_doubt(x, equal), [1, 1], atol=1e-9)
    assert_allclose(benefit_of_doubt(x, equal, 0.2), [1 / 1.1, 1 / 1.1], atol=1e-9)
    assert_allclose(benefit_of_doubt(x, equal, 0), [0.8, 0.8], atol=1e-9)


def test_benefit_of_doubt_with_gaps_by_hand() -> None:
    # A has 2 in the first child only, where the most is 4: one half. B has both, and A, unseen in the second, is taken
    # as its equal there and half of it in the first: below 1; C is as good in the second and 3/4 in the first. So B
    # scores 1. For C, B is 4/3 in the first and 1 in the second: with a part of 1/4 it is 13/12. D is unseen.
    x = np.array([[2, NAN], [4, 2], [3, 2], [NAN, NAN]])
    assert_allclose(benefit_of_doubt(x, np.ones(2)), [0.5, 1, 12 / 13, NAN], atol=1e-9)


def test_benefit_of_doubt_of_nothing() -> None:
    # B has 0 in a child that must be at least a quarter of its sum; only full freedom lets it rest on the other,
    # where it is equal to A. Full freedom allows twice a weight: a child of weight 1/4 cannot carry all of C.
    x = np.array([[4.0, 3], [0, 3]])
    assert_allclose(benefit_of_doubt(x, np.ones(2)), [1, 0], atol=1e-9)
    assert_allclose(benefit_of_doubt(x, np.ones(2), 1), [1, 1], atol=1e-9)
    assert_allclose(benefit_of_doubt(x, np.array([3.0, 1]), 1), [1, 0], atol=1e-9)

    # next to nothing is next to nothing, not an error of the solver
    assert_allclose(benefit_of_doubt(np.array([[4.0, 3], [1e-300, 3]]), np.ones(2)), [1, 0], atol=1e-9)


def test_benefit_of_doubt_is_quick() -> None:
    x = np.random.default_rng(1).uniform(1, 100, (182, 7))
    start = perf_counter()
    benefit_of_doubt(x, np.ones(7))
    assert perf_counter() - start < 3  # a third of a second where nothing else runs


def test_mazziotta_pareto_by_hand() -> None:
    # (90, 110): mean 100, sd 10, cv 0.1, so 100 − 1. Weighed 3 to 1: mean 95, variance (3·25 + 225) ÷ 4 = 75, so
    # 95 − 75/95. Even units lose nothing; one seen in a single child has nothing to be uneven with.
    x = np.array([[90.0, 110], [100, 100], [90, NAN], [0, 0], [NAN, NAN]])
    assert_allclose(mazziotta_pareto(x), [99, 100, 90, 0, NAN])
    assert_allclose(mazziotta_pareto(x, np.array([3.0, 1])), [95 - 75 / 95, 100, 90, 0, NAN])


def test_mazziotta_pareto_can_fall_as_a_child_rises() -> None:
    # (10, 10) is 10; (10, 90) has mean 50 and sd 40: 50 − 32 = 18; (0, 0, 0, 4) has mean 1, variance 3: −2
    assert_allclose(mazziotta_pareto(np.array([[10.0, 10], [10, 90]])), [10, 18])
    assert_allclose(mazziotta_pareto(np.array([[0.0, 0, 0, 4]])), [-2])


@each
def test_a_gap_is_no_zero(order: Order) -> None:
    x = np.array([[100.0, 100, 100], [90, 90, 90], [80, 80, 80]])
    gap, zero = x.copy(), x.copy()
    gap[0, 1], zero[0, 1] = NAN, 0
    assert order(gap, WEIGHTS)[0] == pytest.approx(order(x, WEIGHTS)[0])
    assert np.argmax(order(gap, WEIGHTS)) == 0
    assert order(zero, np.array([0.2, 0.6, 0.2]))[0] < order(gap, np.array([0.2, 0.6, 0.2]))[0]


@each
def test_a_child_without_weight_leaves(order: Order) -> None:
    x = np.array([[100.0, 90, 1], [90, 95, 120], [NAN, NAN, 100]])
    found = order(x, np.array([0.7, 0.3, 0]))
    assert_allclose(found[:2], order(x[:2, :2], np.array([0.7, 0.3])), atol=1e-9)
    assert np.isnan(found[2])


@each
def test_nobody_and_a_single_unit(order: Order) -> None:
    assert order(np.empty((0, 3)), WEIGHTS).shape == (0,)
    alone = order(np.full((1, 3), 100.0), WEIGHTS)
    assert_allclose(alone, dict(zip(ORDERS, ([0], [1], [100]), strict=True))[order])


@each
@pytest.mark.parametrize("weights", [[1.0, 1], [1, -1, 1], [0, 0, 0], [1, NAN, 1]])
def test_refuses_weights(order: Order, weights: list[float]) -> None:
    with pytest.raises(ValueError, match="weight"):
        order(np.ones((2, 3)), np.array(weights))


def test_refuses_values() -> None:
    for order in (benefit_of_doubt, mazziotta_pareto):
        with pytest.raises(ValueError, match="at least 0, found -1"):
            order(np.array([[1.0, -1]]), np.ones(2))
    with pytest.raises(ValueError, match="from 0 to 1"):
        benefit_of_doubt(np.ones((2, 2)), np.ones(2), 1.5)


@each
@settings(deadline=None, max_examples=40)
@given(x=gappy, weights=weighing, seed=st.permutations(range(6)))
def test_the_order_of_units_does_not_matter(order: Order, x: Any, weights: Any, seed: list[int]) -> None:
    assert_allclose(order(x[seed], weights), order(x, weights)[seed], atol=1e-7)


@each
@settings(deadline=None, max_examples=40)
@given(x=gappy, weights=weighing)
def test_a_child_split_in_two_halves_changes_nothing(order: Order, x: Any, weights: Any) -> None:
    halves = np.append(weights, weights[0] / 2)
    halves[0] /= 2
    assert_allclose(order(np.column_stack([x, x[:, 0]]), halves), order(x, weights), atol=1e-7)


@each
@settings(deadline=None, max_examples=40)
@given(x=whole, weights=weighing)
def test_who_dominates_all_is_first(order: Order, x: Any, weights: Any) -> None:
    x[2] = x.max(axis=0)
    found = order(x, weights)
    assert (found[2] >= found - 1e-9).all()


@each
@settings(deadline=None, max_examples=40)
@given(x=gappy, weights=weighing, unit=st.integers(0, 5), child=st.integers(0, 2))
def test_doing_better_never_lowers(order: Order, x: Any, weights: Any, unit: int, child: int) -> None:
    better = x.copy()
    better[unit, child] = 120 if not np.isnan(x[unit, child]) else NAN
    before, after = order(x, weights), order(better, weights)
    assert np.isnan(before[unit]) or after[unit] >= before[unit] - 1e-7


@settings(deadline=None, max_examples=40)
@given(x=gappy, weights=weighing)
def test_bounds(x: Any, weights: Any) -> None:
    won, favoured, even = (order(x, weights) for order in ORDERS)
    seen = ~np.isnan(x).all(axis=1)
    for found in (won, favoured, even):
        assert_array_equal(~np.isnan(found), seen)
    assert won[seen].sum() == 0  # every pair won is a pair lost
    assert ((favoured[seen] > 0) & (favoured[seen] <= 1)).all()
    assert_array_equal(np.isnan(x[:, 0]), np.isnan(mazziotta_pareto(x[:, :1])))
    mean = np.nansum(x * weights, axis=1) / np.where(np.isnan(x), 0, weights).sum(axis=1).clip(1)
    assert (even[seen] <= mean[seen] + 1e-9).all()


@settings(deadline=None, max_examples=40)
@given(x=gappy, weights=weighing, factor=st.sampled_from([0.01, 3, 1000]))
def test_units_of_measurement(x: Any, weights: Any, factor: float) -> None:
    other = x * np.array([factor, 1, 1])
    assert_allclose(benefit_of_doubt(other, weights), benefit_of_doubt(x, weights), atol=1e-7)
    assert_array_equal(copeland(np.log(other), weights), copeland(x, weights))


@settings(deadline=None, max_examples=40)
@given(x=gappy, weights=weighing)
def test_a_child_in_which_all_are_equal_leaves_copeland_alone(x: Any, weights: Any) -> None:
    seen = ~np.isnan(x).all(axis=1)
    wider = copeland(np.column_stack([x, np.full(6, 100.0)]), np.append(weights, 1))
    assert_array_equal(wider[seen], copeland(x, weights)[seen])


@settings(deadline=None, max_examples=40)
@given(x=gappy, weights=weighing, less=st.floats(0, 1), more=st.floats(0, 1))
def test_more_freedom_never_lowers(x: Any, weights: Any, less: float, more: float) -> None:
    little, much = (benefit_of_doubt(x, weights, f) for f in sorted((less, more)))
    seen = ~np.isnan(little)
    assert (much[seen] >= little[seen] - 1e-7).all()
