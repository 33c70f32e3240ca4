"""What anyone may ask of `score_table`: every normalisation, any nesting, clear refusals; and laws that always hold."""

from __future__ import annotations

import doctest
from typing import Any

import numpy as np
import pandas as pd
import pytest

import scoring
import scoring.method.table
from scoring import rank_league, score_table

NAN = float("nan")


def tree(*children: dict[str, Any], **settings: Any) -> dict[str, Any]:
    return {"id": "index", "lowest": 0, "highest": 1, "children": list(children)} | settings


def column(values: list[float], leaf: dict[str, Any] | None = None, **settings: Any) -> list[float]:
    """One column's scores, as the index of a tree with nothing else in it."""
    frame = pd.DataFrame({"a": values})
    return score_table(frame, tree({"id": "a"} | (leaf or {}), **settings)).score["a"].tolist()


def test_the_docstring_runs() -> None:
    assert doctest.testmod(scoring.method.table) == (0, 3)


def test_everything_public_can_be_imported() -> None:
    assert all(callable(getattr(scoring, name)) for name in scoring.__all__)
    with pytest.raises(AttributeError, match="scores_table"):
        scoring.scores_table  # noqa: B018


@pytest.mark.parametrize(
    ("leaf", "settings", "wanted"),
    [
        ({"worst": 0, "best": 4}, {}, [0.25, 0.5, 1]),
        ({"worst": 4, "best": 0}, {}, [0.75, 0.5, 0]),
        ({"worst": 1, "best": 2}, {"lowest": 1, "highest": 100}, [1, 100, 100]),
        ({"worst": 1, "best": 2, "clip": False}, {}, [0, 1, 3]),
        ({"worst": 1, "best": 4, "scale": "log"}, {}, [0, 0.5, 1]),
        ({"worst": 2, "best": 1, "scale": "log", "clip": False}, {}, [1, 0, -1]),
        ({}, {"normalisation": "minmax"}, [0, 1 / 3, 1]),
        ({"direction": -1}, {"normalisation": "minmax", "highest": 10}, [10, 20 / 3, 0]),
        ({"scale": "log"}, {"normalisation": "minmax"}, [0, 0.5, 1]),
        ({"worst": 9, "best": 0}, {"normalisation": "minmax"}, [1, 2 / 3, 0]),
        ({}, {"normalisation": "rank"}, [1, 2, 3]),
        ({"direction": -1}, {"normalisation": "percentile"}, [1, 0.5, 0]),
        ({"scale": "log"}, {"normalisation": "zscore", "mean": 50, "deviation": 10}, [40, 50, 60]),
        ({"normalisation": "rank"}, {"normalisation": "zscore"}, [1, 2, 3]),
    ],
)
def test_one_two_four(leaf: dict[str, Any], settings: dict[str, Any], wanted: list[float]) -> None:
    assert column([1, 2, 4], leaf, **settings) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("normalisation", "wanted"), [("minmax", 0.5), ("zscore", 0.0), ("rank", 1.0), ("percentile", 0.0)]
)
def test_a_column_of_equal_values(normalisation: str, wanted: float) -> None:
    assert column([0.1, 0.1, NAN, 0.1], normalisation=normalisation) == pytest.approx(
        [wanted, wanted, NAN, wanted], nan_ok=True
    )


@pytest.mark.parametrize("normalisation", ["minmax", "zscore", "rank", "percentile"])
def test_a_column_without_values_is_left_out(normalisation: str) -> None:
    frame = pd.DataFrame({"a": [NAN, NAN], "b": [1.0, 3.0]})
    scores = score_table(frame, tree({"id": "a"}, {"id": "b"}, normalisation=normalisation))
    assert scores.score["a"].isna().all() and scores.coverage["index"].tolist() == [0.5, 0.5]
    assert scores.score["index"].tolist() == scores.score["b"].tolist()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("rows", [0, 1])
def test_tables_of_no_and_one_unit(rows: int) -> None:
    frame = pd.DataFrame({"a": [2.0][:rows]})
    assert score_table(frame, tree({"id": "a", "worst": 0, "best": 4})).score["index"].tolist() == [0.5][:rows]


def test_integers_with_gaps_and_numbers_as_text_are_numbers() -> None:
    frame = pd.DataFrame({"a": pd.array([1, None, 3], dtype="Int64"), "b": ["1", "2.5", None], "name": list("xyz")})
    scores = score_table(frame, tree({"id": "a", "worst": 0, "best": 4}, {"id": "b", "worst": 0, "best": 5}))
    assert scores.state["a"].tolist() == ["observed", "not_observed", "observed"]
    assert scores.score["b"].tolist() == pytest.approx([0.2, 0.5, NAN], nan_ok=True)


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pd.DataFrame({"a": [1.0, 2.0]}, index=["u", "u"]), "found twice: u"),
        (pd.DataFrame([[1.0, 2.0]], columns=["a", "a"]), "found twice: a"),
        (pd.DataFrame({"a": ["1", "many"]}), "'a' must hold finite numbers, found many in row 1"),
        (pd.DataFrame({"a": [np.inf]}), "finite numbers, found inf"),
        (pd.DataFrame({"A": [1.0]}), "needs a column 'a' .did you mean 'A'"),
    ],
)
def test_a_bad_table_says_what_to_mend(frame: pd.DataFrame, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        score_table(frame, tree({"id": "a", "worst": 0, "best": 1}))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"children": []}, "index: needs at least one child"),
        ({"children": {"a": 1}}, "children must be a list"),
        ({"children": ["a"]}, "must be a mapping with an id"),
        ({"children": [{"id": "a", "weight": 1}, {"id": "b"}]}, "b has none"),
        ({"children": [{"id": "a", "weight": "1"}]}, "a: weight must be a number, found '1'"),
        ({"children": [{"id": "a", "weight": NAN}]}, "a: weight must be a number"),
        ({"children": [{"id": "a", "weigth": 1}]}, "a: unknown key 'weigth'; did you mean 'weight'"),
        ({"children": [{"id": "a", "worst": 0, "best": 1, "direction": -1}]}, "direction contradicts"),
        ({"children": [{"id": "a", "normalisation": "zscores"}]}, "a: normalisation must be one of"),
        ({"lowest": 2}, "lowest must be below highest"),
        ({"deviation": 0}, "deviation must be above 0"),
        ({"aggregation": "median"}, "index: aggregation must be one of"),
        ({"normalisation": "zscore", "aggregation": "geometric"}, "a geometric mean needs scores of at least 0"),
        ({"children": [{"id": "a", "scale": "log"}]}, "a: a log scale needs values above 0, found 0"),
    ],
)
def test_a_bad_index_says_what_to_mend(settings: dict[str, Any], message: str) -> None:
    given = tree({"id": "a"}, normalisation="minmax") | settings
    with pytest.raises(ValueError, match=message):
        score_table(pd.DataFrame({"a": [0.0, 1.0, 3.0], "b": 1.0}), given)


# --- laws, on drawn tables


def drawn(seed: int, gaps: float = 0.3) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    frame = pd.DataFrame(draw.uniform(0, 1.2, (200, 6)).round(2), columns=list("abcdef"))
    return frame.mask(draw.random(frame.shape) < gaps)


def nested(inner: str = "arithmetic", outer: str = "arithmetic", **settings: Any) -> dict[str, Any]:
    posts = {} if "normalisation" in settings else {"worst": 0, "best": 1}
    one, two, three = ([{"id": id} | posts for id in ids] for ids in ("ab", "cd", "ef"))
    deep = {"id": "Deep", "aggregation": "harmonic" if inner == "geometric" else inner, "children": three}
    return tree(
        {"id": "One", "aggregation": inner, "children": one}, {"id": "Two", "children": [*two, deep]},
        aggregation=outer, **settings,
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "given",
    [nested(), nested("geometric", "harmonic"), nested("harmonic", "geometric"), nested(normalisation="zscore")]
    + [nested("geometric", "geometric", normalisation=how) for how in ("minmax", "rank", "percentile")],
)
def test_a_score_lies_within_its_bounds(given: dict[str, Any], seed: int) -> None:
    scores = score_table(drawn(seed), given)
    seen = scores.score.notna()
    assert seen.to_numpy().mean() > 0.5
    assert ((scores.low <= scores.score + 1e-12) & (scores.score <= scores.high + 1e-12))[
        seen
    ].sum().sum() == seen.sum().sum()
    known = scores.coverage["index"] == 1
    assert (scores.high["index"] - scores.low["index"])[known].abs().max() < 1e-9


def test_whatever_the_unobserved_turns_out_to_be_lies_within_the_bounds() -> None:
    given, frame = nested("geometric", "harmonic"), drawn(5)
    scores, draw = score_table(frame, given), np.random.default_rng(6)
    for _ in range(5):
        filled = score_table(frame.where(frame.notna(), draw.uniform(0, 1, frame.shape)), given).score["index"]
        assert (scores.low["index"] - 1e-12 <= filled).all() and (filled <= scores.high["index"] + 1e-12).all()


def test_weights_of_any_sum_are_the_same_weights() -> None:
    small, large = (
        tree({"id": "a", "weight": w, "worst": 0, "best": 1}, {"id": "b", "weight": 3 * w, "worst": 0, "best": 1})
        for w in (0.25, 7)
    )
    pd.testing.assert_frame_equal(score_table(drawn(1), small).score, score_table(drawn(1), large).score)


def test_the_order_of_units_changes_no_score() -> None:
    frame = drawn(2)
    shuffled = score_table(frame.sample(frac=1, random_state=1), nested(normalisation="zscore")).score
    pd.testing.assert_frame_equal(shuffled.sort_index(), score_table(frame, nested(normalisation="zscore")).score)


@pytest.mark.parametrize("how", ["arithmetic", "geometric", "harmonic"])
def test_a_better_value_never_lowers_a_score(how: str) -> None:
    frame = drawn(3)
    better = frame.assign(c=frame["c"] + 0.2)
    given = nested(how, how)
    assert (score_table(better, given).score >= score_table(frame, given).score - 1e-12)[frame["c"].notna()][
        "index"
    ].all()


def test_means_keep_their_order() -> None:
    found = [score_table(drawn(4, gaps=0), nested(how, how)).score["index"] for how in ("harmonic", "arithmetic")]
    assert (found[0] <= found[1] + 1e-12).all() and (found[0] < found[1]).any()


# --- ranks


@pytest.mark.parametrize("seed", range(3))
def test_positions_agree_with_comparing_each_with_each(seed: int) -> None:
    scores = score_table(drawn(seed, gaps=0.5), nested())
    ranks = rank_league(scores, "index")
    score, low, high = (f.loc[ranks.index, "index"].to_numpy() for f in (scores.score, scores.low, scores.high))
    assert (ranks["rank"] == 1 + (score[None] > score[:, None] + 1e-12).sum(axis=1)).all()
    assert (ranks["best"] == 1 + (low[None] > high[:, None] + 1e-12).sum(axis=1)).all()
    assert (ranks["worst"] == len(ranks) - (high[None] < low[:, None] - 1e-12).sum(axis=1)).all()
    assert (ranks["best"] <= ranks["rank"]).all() and (ranks["rank"] <= ranks["worst"]).all()


def test_a_unit_without_a_score_has_no_position_and_takes_none() -> None:
    frame = pd.DataFrame({"a": [1.0, NAN, 3.0]}, index=list("xyz"))
    ranks = rank_league(score_table(frame, tree({"id": "a", "worst": 0, "best": 4})), "index")
    assert ranks["rank"].to_dict() == {"x": 2, "z": 1} and ranks["best"].to_dict() == {"x": 2, "z": 1}


def test_sums_that_differ_by_floating_point_only_are_ties() -> None:
    frame = pd.DataFrame({"a": [0.1, 0.3, 0.15], "b": [0.2, 0.0, 0.15]})
    posts = {"worst": 0, "best": 1}
    scores = score_table(frame, tree({"id": "a", **posts}, {"id": "b", **posts}))
    assert scores.score["index"].nunique() > 1  # 0.1 + 0.2 is not 0.3
    assert rank_league(scores, "index")["rank"].tolist() == [1, 1, 1]
    assert rank_league(scores, "index")["best"].tolist() == [1, 1, 1]
