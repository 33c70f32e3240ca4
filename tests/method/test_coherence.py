"""Whether an index hangs together: a published index's own figures, cases worked by hand, and every flag both ways."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from test_reference import REFERENCE, asem, table

from scoring import score_table, spec_from
from scoring.method.coherence import (
    Flag,
    across,
    correlations,
    cronbach_alpha,
    effective_weights,
    flags,
    importance,
    importance_linear,
)

NAN = float("nan")
published = pytest.mark.skipif(not REFERENCE.is_dir(), reason="no ../shared/reference here")
RNG = np.random.default_rng(20)
N = 400
MANY = 20_000


def tree(*dimensions: tuple[str, dict[str, float]]) -> dict[str, Any]:
    """An index of dimensions, each with indicators and their weights."""
    leaf = {"worst": -10, "best": 10, "clip": False}
    children = [
        {"id": id, "children": [{"id": i, "weight": weight, **leaf} for i, weight in weights.items()]}
        for id, weights in dimensions
    ]
    return {"id": "index", "children": children}


def found(columns: dict[str, Any], *dimensions: tuple[str, dict[str, float]], least: int = 10) -> dict[Any, Flag]:
    """The flags of a table's scores, by code, node and other."""
    scores = score_table(pd.DataFrame(columns), tree(*dimensions))
    return {(flag.code, flag.node, flag.other): flag for flag in flags(scores.spec, scores.score, least)}


def alike(shared: Any, noise: float = 1.0) -> Any:
    """A column that has this in common with others, and noise of its own."""
    return shared + noise * RNG.normal(size=len(shared))


@published
def test_asem_correlations() -> None:
    wanted = pd.read_csv(REFERENCE / "asem/corr_normalised_level1.csv").set_index(["Var1", "Var2"])["Correlation"]
    r = correlations(table("asem/stage_Normalised.csv")).stack().reindex(wanted.index)
    assert np.abs(r - wanted).max() < 1e-9
    assert wanted.isna().sum() == 1066  # what isn't significant at 5% is blank as published: |r| below 0.276 of 51
    assert r[wanted.isna()].abs().max() < 0.276 < r[wanted.notna()].abs().min()


@published
def test_asem_alphas() -> None:
    scores = table("asem/stage_Aggregated.csv")  # no gaps, and begins with the normalised indicators
    lineage = pd.read_csv(REFERENCE / "asem/lineage.csv")
    for row in pd.read_csv(REFERENCE / "asem/cronbach.csv").itertuples():
        parent, child = ("Pillar", "Indicator") if row.level == 1 else ("Sub-index", "Pillar")
        columns = lineage[child][lineage[parent] == row.group].unique()
        assert abs(cronbach_alpha(scores[columns]) - row.alpha) < 1e-9, row.group


@published
def test_asem_effective_weights() -> None:
    wanted = pd.read_csv(REFERENCE / "asem/effective_weights.csv").set_index("iCode")["EffWeight"]
    weights = pd.Series(effective_weights(spec_from(asem())))
    assert set(weights.index) == set(wanted.index) and np.abs(weights - wanted).max() < 1e-9


@published
def test_asem_flags() -> None:
    scores = score_table(table("asem/stage_Treated.csv"), asem())
    alphas = pd.read_csv(REFERENCE / "asem/cronbach.csv").set_index("group")["alpha"]
    given = {flag.node: flag.value for flag in flags(scores.spec, scores.score) if flag.code == "alpha"}
    assert given == pytest.approx(alphas[alphas < 0.7].to_dict(), abs=1e-9)  # and not of the index itself
    assert len(given) == 7


def test_correlations_by_hand() -> None:
    # a and b on the first three rows: deviations −1, 0, 1 and −1, 1, 0, so 1 ÷ 2. c does not vary; d has two rows.
    x = pd.DataFrame({"a": [1, 2, 3, NAN], "b": [1, 3, 2, 9], "c": [0.1] * 4, "d": [1, 2, NAN, NAN]})
    r = correlations(x, least=3)
    assert_allclose(r.loc["a", ["a", "b"]].to_numpy(float), [1, 0.5])
    assert r["c"].isna().all() and r["d"].isna().all() and (r.columns == r.index).all()
    assert correlations(x, least=2).loc["a", "d"] == pytest.approx(1)
    assert np.isnan(correlations(x, least=4).loc["a", "b"])


def test_what_differs_by_rounding_does_not_vary() -> None:
    x = pd.DataFrame({"a": [0.3, 0.1 + 0.2, 0.3], "b": [1.0, 2, 3]})
    assert np.isnan(correlations(x, least=3).loc["a", "b"])


def test_across_is_a_corner_of_all_correlations() -> None:
    x = pd.DataFrame(RNG.normal(size=(30, 5)), columns=list("abcde")).mask(RNG.random((30, 5)) < 0.2)
    corner = across(x[["a", "b"]], x[["c", "d", "e"]].iloc[::-1])  # rows are matched by name
    pd.testing.assert_frame_equal(corner, x.corr(min_periods=10).loc[["a", "b"], ["c", "d", "e"]])
    assert across(x[[]], x).shape == (0, 5) and across(x, x[[]]).shape == (5, 0)


def test_alpha_by_hand() -> None:
    # Variances 1 and 1, covariance 1/2: 2 × (1 − 2 ÷ 3). The row with a gap is left out.
    x = pd.DataFrame({"a": [1, 2, 3, 9], "b": [1, 3, 2, NAN]})
    assert cronbach_alpha(x) == pytest.approx(2 / 3)
    assert cronbach_alpha(pd.DataFrame({"a": [1, 2, 3], "b": [1, 2, 3]})) == pytest.approx(1)
    # Covariance −1/2: 2 × (1 − 2 ÷ 1).
    assert cronbach_alpha(pd.DataFrame({"a": [1, 2, 3], "b": [3, 1, 2]})) == pytest.approx(-2)


@pytest.mark.parametrize(
    "columns",
    [
        {"a": [1.0, 2, 3]},
        {"a": [1.0, 2], "b": [1.0, 2]},
        {"a": [1.0, 2, NAN], "b": [1.0, 2, 3]},
        {"a": [1.0] * 3, "b": [2.0] * 3},
        {"a": [1.0, 2, 3], "b": [3.0, 2, 1]},  # the sum does not vary
    ],
)
def test_no_alpha(columns: dict[str, list[float]]) -> None:
    assert np.isnan(cronbach_alpha(pd.DataFrame(columns)))


def test_effective_weights_by_hand() -> None:
    given = tree(("A", {"a": 1, "b": 3}), ("B", {"c": 5}))
    given["children"][0]["weight"], given["children"][1]["weight"] = 2, 3
    wanted = {"index": 1, "A": 0.4, "B": 0.6, "a": 0.1, "b": 0.3, "c": 0.6}
    assert effective_weights(spec_from(given)) == pytest.approx(wanted)


@pytest.mark.parametrize("noise", [0.5, 1.0, 2.0])
def test_importance_of_a_straight_line(noise: float) -> None:
    x = RNG.normal(size=MANY)
    parts, whole = pd.DataFrame({"x": x, "none": RNG.normal(size=MANY)}), pd.Series(alike(x, noise))
    for measure in (importance, importance_linear):
        assert_allclose(measure(parts, whole), [1 / (1 + noise**2), 0], atol=0.03)


def test_importance_of_a_curve() -> None:
    # y = x² + noise of variance 2: Var(x²) is 2 for a normal x, so one half; a straight line sees nothing of it.
    x = RNG.normal(size=MANY)
    parts, whole = pd.DataFrame({"x": x}), pd.Series(alike(x**2, 2**0.5))
    assert importance(parts, whole)["x"] == pytest.approx(0.5, abs=0.05)
    assert importance_linear(parts, whole)["x"] == pytest.approx(0, abs=0.03)


def test_importance_with_one_far_away() -> None:
    # The points at which the curve is fitted must be close where most values are, however far one of them is.
    x = RNG.normal(size=MANY)
    parts, whole = pd.DataFrame({"x": [*x, 30.0]}), pd.Series([*np.sin(2 * x), 0.0])
    near, with_far = importance(parts[:-1], whole)["x"], importance(parts, whole)["x"]
    assert near == pytest.approx(0.92, abs=0.02)  # 1 less what the bandwidth of 0.146 smooths away: exp(−4 × 0.146²)
    assert with_far == pytest.approx(near, abs=0.02)


def test_importance_of_two_values() -> None:
    # The whole's means are 1 and 3 around 2, its variance 1 + 1: one half, whatever the curve.
    x, y = np.tile([0.0, 0, 1, 1], 100), np.tile([0.0, 2, 2, 4], 100)
    assert importance(pd.DataFrame({"x": x}), pd.Series(y))["x"] == pytest.approx(0.5, abs=1e-3)


def test_importance_is_between_0_and_1_or_unknown() -> None:
    x = pd.DataFrame({"same": [*range(11), 1000.0], "still": [1.0] * 12, "few": [1.0, 2, 3] + [NAN] * 9})
    ratios = importance(x, x["same"])
    assert 0.99 < ratios["same"] <= 1 and ratios[["still", "few"]].isna().all()
    assert importance(x[[]], x["same"]).empty


def test_nothing_to_flag() -> None:
    a, b = RNG.normal(size=(2, N))
    columns = {id: alike(a if id.startswith("a") else b, 0.7) for id in ("a1", "a2", "a3", "b1", "b2", "b3")}
    even = ("A", dict.fromkeys(("a1", "a2", "a3"), 1.0)), ("B", dict.fromkeys(("b1", "b2", "b3"), 1.0))
    assert not found(columns, *even)


def test_redundant_and_negative() -> None:
    x = RNG.normal(size=N)
    columns = {"a": x, "b": alike(x, 0.1), "c": alike(-x, 0.5), "d": alike(x, 0.5)}
    given = found(columns, ("A", {"a": 1, "b": 1, "c": 1, "d": 1}))
    assert {key for key in given if key[0] == "redundant"} == {("redundant", "a", "b")}
    assert {key[1:] for key in given if key[0] == "negative"} == {("a", "c"), ("b", "c"), ("c", "d")}
    assert given["redundant", "a", "b"].value > given["redundant", "a", "b"].limit == 0.92
    assert given["negative", "a", "c"].value < given["negative", "a", "c"].limit == -0.4
    apart = found(columns, ("A", {"a": 1, "d": 1}), ("B", {"b": 1}), ("C", {"c": 1}))
    assert not {key for key in apart if key[0] in ("redundant", "negative")}  # in different dimensions


def test_weak_stray_and_alpha() -> None:
    a, b = RNG.normal(size=(2, N))
    columns = {"a1": a, "a2": alike(a, 0.5), "lost": alike(b, 0.3), "b1": b, "b2": alike(b, 0.5), "c": alike(b, 3)}
    given = found(columns, ("A", {"a1": 4, "a2": 4, "lost": 1}), ("B", {"b1": 1, "b2": 1}), ("C", {"c": 1}))
    assert {key[1:] for key in given if key[0] == "weak"} == {("lost", "A")}
    assert {key[1:] for key in given if key[0] == "stray"} == {("lost", "B")}  # not also C, and not c, alone in C
    assert given["stray", "lost", "B"].limit == given["weak", "lost", "A"].value < 0.3
    assert {key[1] for key in given if key[0] == "alpha"} == {"A"}
    assert given["alpha", "A", None].value < given["alpha", "A", None].limit == 0.7


def test_what_belongs_nowhere_is_weak_and_not_stray() -> None:
    a, b, c = RNG.normal(size=(3, N))
    columns = {"a1": a, "a2": alike(a, 0.5), "lost": c - 2 * a, "b1": b, "b2": alike(b, 0.5)}
    given = found(columns, ("A", {"a1": 4, "a2": 4, "lost": 1}), ("B", {"b1": 1, "b2": 1}))
    assert {key for key in given if key[0] in ("weak", "stray")} == {("weak", "lost", "A")}


def test_alpha_is_asked_below_dimensions_and_not_of_the_root() -> None:
    a, b, c, d = RNG.normal(size=(4, N))
    given = tree(("A", {"a": 1, "b": 1}), ("B", {"c": 1, "d": 1}))
    deeper = {"id": "top", "children": [given, {"id": "e", "worst": -10, "best": 10}]}
    scores = score_table(pd.DataFrame({"a": a, "b": b, "c": c, "d": d, "e": alike(a + b + c + d)}), deeper)
    assert [flag.node for flag in flags(scores.spec, scores.score) if flag.code == "alpha"] == ["index", "A", "B"]


def test_weight() -> None:
    a, b = RNG.normal(size=(2, N))
    given = found({"a": a, "b": 0.2 * b}, ("A", {"a": 1, "b": 1}))  # b varies too little for its weight
    assert given["weight", "b", "A"].value < given["weight", "b", "A"].limit == 0.5
    assert ("weight", "a", "A") not in given  # 0.96 against 0.5: below twice
    given = found({"a": a, "b": 2 * b}, ("A", {"a": 3, "b": 1}))
    assert not {key for key in given if key[0] == "weight"}  # 9 : 4 against 3 : 1
    given = found({"a": a, "b": 6 * b}, ("A", {"a": 3, "b": 1}))
    assert given["weight", "b", "A"].value > given["weight", "b", "A"].limit == 2


def test_unobserved_says_so_and_nothing_else() -> None:
    x = np.arange(12.0) - 6
    few = np.where(np.arange(12) < 9, -x, NAN)
    given = found({"a": x, "b": few}, ("A", {"a": 1, "b": 1}))
    assert [key for key in given if key[0] != "weight"] == [("unobserved", "b", None), ("unobserved", "A", None)]
    assert given["unobserved", "b", None] == Flag("unobserved", "b", None, 9.0, 10.0)
    given = found({"a": x, "b": few}, ("A", {"a": 1, "b": 1}), least=9)
    assert ("negative", "a", "b") in given and not {key for key in given if key[0] == "unobserved"}


def test_part_without_importance_shares_its_weight_out() -> None:
    a, b = RNG.normal(size=(2, N))
    columns = {"a": a, "b": b, "c": np.full(N, NAN)}
    assert not {key for key in found(columns, ("A", {"a": 1, "b": 1, "c": 8})) if key[0] == "weight"}


def test_nothing_observed() -> None:
    given = found({"a": [NAN] * 3, "b": [NAN] * 3}, ("A", {"a": 1, "b": 1}))
    assert [(key, flag.value) for key, flag in given.items()] == [
        (("unobserved", "a", None), 0), (("unobserved", "b", None), 0), (("unobserved", "A", None), 0)
    ]  # fmt: skip
