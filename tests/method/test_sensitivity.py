"""Alternatives, shares of variance, and changes that change nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from scoring.analysis import Analysis
from scoring.method import alternatives as others
from scoring.method import effects, simulate
from scoring.method.alternatives import NoEffect, alternatives, moved, node_scores, without
from scoring.method.effects import choice_grid, exact_effects
from scoring.method.sensitivity import Sensitivity
from scoring.method.spec import Leaf, Node, Spec
from scoring.results import Results, compute
from tests.town import TODAY, town

INDEX = Spec(
    Node("index", (Leaf("a", 0.5, 0, 10), Leaf("b", 0.3, 0, 10), Leaf("c", 0.2, 0, 10)), 1.0, "arithmetic"), 1, 100
)
RAW = {"a": np.array([9.0, 1, 5, 4]), "b": np.array([1.0, 8, 5, 2]), "c": np.array([2.0, 9, 5, np.nan])}
HOLDS = {id: np.ones(4) for id in RAW}


@pytest.fixture(scope="module")
def results() -> Results:
    return compute(town(20, 100, 380, 24, 390, 104, 210, 150), TODAY)


@pytest.fixture(scope="module")
def found(results: Results) -> Sensitivity:
    return Analysis(results).sensitivity["rules"]


def test_every_alternative_stands_beside_the_default() -> None:
    names = {(kind, what) for kind, what, _ in alternatives(INDEX, RAW, HOLDS)}
    assert names == {
        ("aggregation", "geometric"), ("aggregation", "harmonic"), ("normalisation", "minmax"),
        ("normalisation", "zscore"), ("normalisation", "rank"), ("weights", "equal"), ("without", "a"),
        ("without", "b"), ("without", "c"), ("ordering", "copeland"), ("ordering", "benefit_of_doubt"),
        ("ordering", "mazziotta_pareto"),
    }  # fmt: skip


def test_one_that_lies_far_out_stops_no_alternative() -> None:
    many = {id: np.linspace(8, 9, 60) for id in RAW}
    many["a"] = np.where(np.arange(60) == 7, 0.0, many["a"])  # more than seven deviations below the mean
    held = {id: np.ones(60) for id in many}
    root = Node("index", (Node("part", INDEX.root.children, 1.0, "geometric"),), 1.0, "geometric")
    scores = {what: s for _, what, s in alternatives(Spec(root, 1, 100), many, held)}["zscore"]
    assert np.isfinite(scores).all() and scores.argmin() == 7
    grid, _ = choice_grid(Spec(root, 1, 100), many, held)
    assert np.isfinite(grid).all()


def test_leaving_out_is_what_it_says() -> None:
    left = without(INDEX.root, "a")
    assert left is not None and [leaf.id for leaf in left.leaves()] == ["b", "c"]
    scores = {(kind, what): s for kind, what, s in alternatives(INDEX, RAW, HOLDS)}["without", "a"]
    by_hand = 1 + 99 * np.array([(0.3 * 0.1 + 0.2 * 0.2) / 0.5, (0.3 * 0.8 + 0.2 * 0.9) / 0.5, 0.5, 0.2])
    assert scores == pytest.approx(by_hand)


def test_a_change_that_changes_nothing_fails_loudly() -> None:
    scores = node_scores(INDEX, RAW, HOLDS)["index"]
    with pytest.raises(NoEffect, match="geometric: changes no score"):
        moved("geometric", scores, scores.copy())


def test_a_change_that_is_not_applied_fails_loudly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Members that are alike by chance are no failure; a change that is lost on the way is."""
    same = {id: np.array([5.0, 5, 5, 5]) for id in RAW}
    assert len(list(alternatives(INDEX, same, HOLDS))) == 12
    monkeypatch.setattr(others, "normalised", lambda spec, how, raw: spec)
    with pytest.raises(NoEffect, match="minmax: changes no score"):
        list(alternatives(INDEX, same, HOLDS))


def test_a_source_that_is_not_applied_fails_loudly(results: Results, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the perturbation of goalposts lost on the way, no number would be published."""
    whole = simulate._within
    monkeypatch.setattr(
        simulate, "_within", lambda id, what, *rest: whole(id, what, *rest) * (0 if what in ("worst", "best") else 1)
    )
    with pytest.raises(NoEffect, match="goalposts"):
        _ = Analysis(results).sensitivity


def test_exact_effects_of_a_sum_and_of_a_product() -> None:
    """Y = f + g: shares are those of the variances, alone and in total. Y = f g with centred factors: all of it
    together, nothing alone."""
    f, g = np.array([0.0, 1, 2]), np.array([0.0, 3])
    added = exact_effects(f[:, None] + g, ["f", "g"])
    share = f.var() / (f.var() + g.var())
    assert added["first"].tolist() == pytest.approx([share, 1 - share])
    assert added["total"].tolist() == pytest.approx([share, 1 - share])
    together = exact_effects(np.outer([-1.0, 1.0], [-2.0, 2.0]), ["f", "g"])
    assert together["first"].tolist() == [0, 0] and together["total"].tolist() == [1, 1]
    with pytest.raises(NoEffect, match="g: changes no result"):
        exact_effects(np.array([[1.0, 1.0], [2.0, 2.0]]), ["f", "g"])


def test_most_is_the_largest_shift(found: Sensitivity) -> None:
    shifts = pd.concat([one.rank - found.default for one in found.alternatives], axis=1)
    assert found.most["by"].abs().tolist() == shifts.abs().max(axis=1).tolist()


def test_total_effects_are_shares(found: Sensitivity) -> None:
    assert set(found.joint.index) == {"evidence", "weights", "goalposts", "aggregation"}
    assert found.joint["total"].between(0, 1.3).all() and found.joint["total"].sum() > 0.8
    exact = exact_effects(*choice_grid(INDEX, RAW, HOLDS))
    assert set(exact.index) == {"normalisation", "aggregation", "weights"}
    assert (exact["total"] >= exact["first"] - 1e-12).all() and exact["first"].sum() <= 1 + 1e-12


def test_what_does_not_vary_is_no_source(results: Results) -> None:
    rules = results.dataset.methodology.rules
    still = rules.uncertainty.model_copy(update={"weights": 0.0, "aggregations": ("arithmetic",)})
    assert effects._sources(results.uncertain, still) == ["evidence", "goalposts"]
