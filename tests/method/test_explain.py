"""Contributions, steps and paths, worked by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from scoring.method.explain import changes, contributions, stepped
from scoring.method.spec import Leaf, Node, Spec

TREE = Spec(
    Node(
        "index",
        (
            Node("A", (Leaf("a", 0.6, 0, 5), Leaf("b", 0.4, 0, 1)), 0.5),
            Node("B", (Leaf("c", 1.0, 72, 2, "log"),), 0.5),
        ),
        1.0,
        "geometric",
    ),
    1,
    100,
)
HOLDS = {"a": np.ones(1), "b": np.ones(1), "c": np.ones(1)}


def test_shares_of_logarithms_at_the_geometric_step() -> None:
    """A = 0.6 × 100 + 0.4 × 50 = 80, B = 20, index = √1600 = 40. A's share is ln 80 / (ln 80 + ln 20); inside A, a
    brings 60 of 80 points."""
    points = contributions(TREE, {"a": np.array([100.0]), "b": np.array([50.0]), "c": np.array([20.0])}, HOLDS)
    of_a = np.log(80) / (np.log(80) + np.log(20))
    assert points["a"][0] == pytest.approx(40 * of_a * 60 / 80)
    assert points["b"][0] == pytest.approx(40 * of_a * 20 / 80)
    assert points["c"][0] == pytest.approx(40 * (1 - of_a))


def test_what_is_not_observed_adds_nothing() -> None:
    points = contributions(TREE, {"a": np.array([100.0]), "b": np.array([np.nan]), "c": np.array([np.nan])}, HOLDS)
    assert points == {"a": pytest.approx(100), "b": 0, "c": 0}


def test_at_the_lowest_score_logarithms_share_by_weight() -> None:
    points = contributions(TREE, {"a": np.array([1.0]), "b": np.array([1.0]), "c": np.array([1.0])}, HOLDS)
    assert [float(points[id][0]) for id in "abc"] == pytest.approx([0.3, 0.2, 0.5])


def test_contributions_stay_finite_where_logarithms_cancel() -> None:
    tree = Spec(Node("r", (Leaf("a", worst=0, best=1), Leaf("b", worst=0, best=1)), aggregation="geometric"), 0, 100)
    scores = {"a": np.array([0.7]), "b": np.array([1 / 0.7 * (1 + 2e-16)])}
    points = contributions(tree, scores, {"a": np.ones(1), "b": np.ones(1)})
    assert [float(x[0]) for x in points.values()] == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize(
    ("leaf", "levels", "before", "after"),
    [
        (Leaf("x", 1, 0, 5), True, 3.0, 4.0),
        (Leaf("x", 1, 0, 5), True, 4.5, 5.0),
        (Leaf("x", 1, 4, 0), True, 1.0, 0.0),
        (Leaf("x", 1, 0, 1), False, 0.35, 0.45),
        (Leaf("x", 1, 0.6, 0.1), False, 0.3, 0.25),
        (Leaf("x", 1, 100, 1, "log"), False, 10.0, 10**0.8),
        (Leaf("x", 1, 0, 1), False, 2.0, 1.0),
    ],
)
def test_a_step(leaf: Leaf, levels: bool, before: float, after: float) -> None:
    assert stepped(np.array([before]), leaf, levels)[0] == pytest.approx(after)


def test_paths_reach_their_target_with_the_fewest_steps() -> None:
    flat = Spec(Node("index", (Leaf("a", 0.7, 0, 5), Leaf("b", 0.3, 0, 1)), 1.0, "arithmetic"), 0, 100)
    raw = pd.DataFrame({"a": [2.0, 5.0, np.nan], "b": [0.5, 0.5, 0.2]}, index=["x", "y", "z"])
    holds = {"a": np.ones(3), "b": np.ones(3)}
    found = changes(flat, raw, holds, frozenset({"a"}), pd.Series([70.0, 101.0, 30.0], index=raw.index))
    # x: 43 now; a level of a is worth 14, a tenth of b 3: two levels give 71
    assert found.single.loc["x"].tolist() == pytest.approx([57, 46])
    assert found.path["x"] == {"a": 2} and found.after["x"] == pytest.approx(71)
    assert found.path["y"] == {}  # 100 is the most there is
    assert found.path["z"] == {"b": 1} and np.isnan(found.single.loc["z", "a"])
