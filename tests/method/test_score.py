"""Every stage of a tiny index worked by hand (tests/fixtures/tiny_index/README.md), and the rules about states."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from scoring import score_table
from scoring.instruments.observe import COLUMNS, Observations
from scoring.method.aggregate import Mean
from scoring.method.rank import eligibility, rank_league
from scoring.method.score import Scores, score
from scoring.model import Dataset, EnquiryMeasures
from scoring.source.dataset import read_dataset

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
TREE: dict[str, Any] = {
    "id": "index",
    "aggregation": "geometric",
    "children": [
        {
            "id": "A",
            "weight": 0.6,
            "children": [
                {"id": "a1", "weight": 0.5, "worst": 0, "best": 10},
                {"id": "a2", "weight": 0.3, "worst": 4, "best": 0},
                {
                    "id": "A3",
                    "weight": 0.2,
                    "aggregation": "harmonic",
                    "children": [
                        {"id": "x", "worst": 0, "best": 1},
                        {"id": "y", "worst": 1, "best": 100, "scale": "log"},
                    ],
                },
            ],
        },
        {
            "id": "B",
            "weight": 0.4,
            "aggregation": "geometric",
            "children": [{"id": "b1", "worst": 0, "best": 1}, {"id": "b2", "worst": 0, "best": 1}],
        },
    ],
}


@pytest.fixture(scope="module")
def tiny() -> Scores:
    return score_table(pd.read_csv(FIXTURES / "tiny_index" / "values.csv", index_col="unit"), TREE)


@pytest.mark.parametrize(
    ("unit", "node", "value"),
    [
        ("U1", "a1", 50.5),
        ("U1", "a2", 75.25),
        ("U1", "y", 50.5),
        ("U1", "A3", 50.5),
        ("U1", "A", 57.925),
        ("U1", "B", 10),
        ("U1", "index", 57.925**0.6 * 10**0.4),
        ("U2", "A", 100),
        ("U2", "B", 50.5),
        ("U2", "index", 100**0.6 * 50.5**0.4),
        ("U3", "index", 100),
        ("U4", "a1", 100),
        ("U4", "a2", 1),
        ("U4", "A", 50.5),
        ("U4", "index", 50.5**0.6 * 25.75**0.4),
    ],
)
def test_scores_by_hand(tiny: Scores, unit: str, node: str, value: float) -> None:
    assert tiny.score.loc[unit, node] == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize(
    ("unit", "node", "low", "high", "coverage"),
    [
        ("U1", "index", 57.925**0.6 * 10**0.4, 57.925**0.6 * 10**0.4, 1),
        ("U2", "A", 50.5, 100, 0.5),
        ("U2", "B", 50.5**0.5, 5050**0.5, 0.5),
        ("U2", "index", 50.5**0.8, 100**0.6 * 5050**0.2, 0.5),
        ("U3", "A", 1, 100, 0),
        ("U3", "index", 100**0.4, 100, 0.4),
    ],
)
def test_bounds_and_coverage_by_hand(
    tiny: Scores, unit: str, node: str, low: float, high: float, coverage: float
) -> None:
    found = [f.loc[unit, node] for f in (tiny.low, tiny.high, tiny.coverage)]
    assert found == pytest.approx([low, high, coverage], abs=1e-12)


def test_not_observed_is_never_zero(tiny: Scores) -> None:
    assert np.isnan(tiny.score.loc["U3", "A"]) and tiny.state.loc["U3", "a1"] == "not_observed"


def test_bounds_always_hold_the_score() -> None:
    draw = np.random.default_rng(7)
    values = pd.DataFrame(draw.uniform(0, 1.2, (500, 6)), columns=["a1", "a2", "x", "y", "b1", "b2"])
    scores = score_table(values.mask(draw.random((500, 6)) < 0.4), TREE)
    for node in scores.score:
        seen = scores.score[node].notna()
        assert (scores.low[node][seen] <= scores.score[node][seen] + 1e-9).all()
        assert (scores.high[node][seen] >= scores.score[node][seen] - 1e-9).all()
    assert scores.coverage.stack().between(0, 1).all()


def test_one_unit_joining_moves_no_other_with_goalposts(tiny: Scores) -> None:
    values = pd.read_csv(FIXTURES / "tiny_index" / "values.csv", index_col="unit")
    with_more = pd.concat([values, pd.DataFrame([[99] * 6], index=["U5"], columns=values.columns)])
    pd.testing.assert_frame_equal(score_table(with_more, TREE).score.loc[values.index], tiny.score, check_names=False)


@pytest.mark.parametrize(("how", "mean"), [("arithmetic", 5.0), ("geometric", 4.0), ("harmonic", 3.2)])
def test_means_of_two_and_eight(how: Any, mean: float) -> None:
    found = Mean(how)
    for x, weight in ((2.0, 1.0), (8.0, 1.0), (np.nan, 9.0)):
        found.add(np.array([x]), weight)
    assert found.value()[0] == pytest.approx(mean)


def test_ranks_share_ties_and_carry_what_bounds_allow() -> None:
    frame = pd.DataFrame({"index": [90.0, 70.0, 70.0, 10.0]}, index=list("abcd"))
    reach = pd.DataFrame({"index": [5.0, 30.0, 0.0, 0.0]}, index=frame.index)
    low, high = frame - reach, frame + reach
    scores = Scores(None, frame, low, high, frame, frame, frame, None)  # type: ignore[arg-type]
    ranks = rank_league(scores, "index", frame.index)
    assert ranks["rank"].tolist() == [1, 2, 2, 4]
    assert ranks["tied"].tolist() == [False, True, True, False]
    assert ranks["best"].tolist() == [1, 1, 2, 4]
    assert ranks["worst"].tolist() == [2, 3, 3, 4]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"agregation": "geometric"}, "did you mean 'aggregation'"),
        ({"children": [{"id": "a1", "worst": 0}]}, "a1: needs goalposts"),
        ({"children": [{"id": "a1", "worst": 0, "best": 1, "scale": "log"}]}, "above 0"),
        ({"children": [{"id": "a1", "worst": 1, "best": 1}]}, "must differ"),
        ({"children": [{"id": "a1", "worst": 0, "best": 1, "weight": 0}]}, "weight must be above 0"),
        ({"children": [{"id": "a1", "worst": 0, "best": 1}] * 2}, "found twice: a1"),
        ({"children": [{"id": "a11", "worst": 0, "best": 1}]}, "needs a column 'a11' .did you mean 'a1'"),
    ],
)
def test_a_bad_tree_says_what_to_mend(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        score_table(pd.DataFrame({"a1": [1.0]}), TREE | change)


# --- states, on tests/fixtures/small (fictional): talk {promise 0.6, target 0.4}, rules {policy 0.5, answered 0.5}


@pytest.fixture(scope="module")
def small() -> Dataset:
    dataset = read_dataset(FIXTURES / "small").dataset
    assert dataset is not None
    return dataset


def row(agency: str, indicator: str, value: float, state: str = "observed", **more: Any) -> dict[str, Any]:
    blank = dict.fromkeys(COLUMNS) | {"low": value, "high": value, "without": np.nan, "self_reported": False}
    blank |= {"strength": "C", "age_months": 0.0, "denominator": np.nan}
    return blank | {"agency": agency, "indicator": indicator, "state": state, "value": value} | more


def scored(small: Dataset, *rows: dict[str, Any]) -> Scores:
    observations = Observations(pd.DataFrame(rows, columns=list(COLUMNS)), date(2026, 11, 22))
    return score(observations, small.methodology, ["x", "y"])


def test_not_applicable_leaves_and_its_weight_with_it(small: Dataset) -> None:
    scores = scored(small, row("x", "promise", 0.0), row("x", "target", np.nan, "not_applicable"))
    assert scores.score.loc["x", "talk"] == scores.low.loc["x", "talk"] == scores.high.loc["x", "talk"] == 1
    assert scores.coverage.loc["x", "talk"] == 1


def test_not_observed_shares_its_weight_out_and_widens_the_bounds(small: Dataset) -> None:
    scores = scored(small, row("x", "promise", 2.0))
    assert scores.score.loc["x", "talk"] == 100
    assert scores.low.loc["x", "talk"] == pytest.approx(0.6 * 100 + 0.4 * 1)
    assert scores.coverage.loc["x", "talk"] == pytest.approx(0.6)


def test_a_range_scores_in_its_middle_and_bounds_at_its_ends(small: Dataset) -> None:
    scores = scored(small, row("x", "policy", 1.5, low=1.0, high=2.0))
    found = [f.loc["x", "policy"] for f in (scores.low, scores.score, scores.high)]
    assert found == pytest.approx([50.5, 75.25, 100])


def test_a_disputed_value_is_scored_with_and_without(small: Dataset) -> None:
    scores = scored(small, row("x", "promise", 0.0, "disputed", without=2.0))
    assert (scores.score.loc["x", "talk"], scores.without.loc["x", "talk"]) == (1, 100)


def test_self_reported_evidence_carries_at_most_its_cap(small: Dataset) -> None:
    cap = small.methodology.rules.self_reported_cap
    scores = scored(small, row("x", "policy", 0.0), row("x", "answered", 1.0, self_reported=True))
    assert scores.score.loc["x", "rules"] == pytest.approx((0.5 * 1 + cap * 100) / (0.5 + cap))
    assert scores.coverage.loc["x", "rules"] == pytest.approx(0.5 + cap)


def test_an_agency_without_evidence_has_no_score_and_full_bounds(small: Dataset) -> None:
    scores = scored(small, row("x", "promise", 2.0))
    assert scores.score.loc["y"].isna().all()
    assert [scores.low.loc["y", "index"], scores.high.loc["y", "index"]] == pytest.approx([1, 100])


def test_leagues_take_half_and_the_overall_rank_says_what_is_missing(small: Dataset) -> None:
    observations = Observations(pd.DataFrame([row("x", "promise", 2.0)], columns=list(COLUMNS)), date(2026, 11, 22))
    eligible = eligibility(score(observations, small.methodology, ["x", "y"]), observations, small.methodology)
    assert eligible.league.loc["x"].to_dict() == {"talk": True, "rules": False}
    assert not eligible.overall.any()
    assert {"coverage_total", "coverage_dimension", "enquiries", "posts"} <= {s.code for s in eligible.shortfalls["x"]}


def shortfalls(small: Dataset, mandatory: tuple[str, ...], *rows: dict[str, Any]) -> list[tuple[str, str | None]]:
    rules = small.methodology.rules.model_copy(update={"mandatory_dimensions": mandatory})
    methodology = small.methodology.model_copy(update={"rules": rules})
    observations = Observations(pd.DataFrame(rows, columns=list(COLUMNS)), date(2026, 11, 22))
    found = eligibility(score(observations, methodology, ["x"]), observations, methodology)
    return [(s.code, s.dimension) for s in found.shortfalls["x"]]


def test_a_dimension_that_does_not_apply_is_missed_only_where_mandatory(small: Dataset) -> None:
    rows = [row("x", "policy", 2.0), row("x", "answered", 1.0)]
    rows += [row("x", name, np.nan, "not_applicable", age_months=900.0) for name in ("promise", "target")]
    assert ("coverage_dimension", "talk") not in shortfalls(small, (), *rows)
    assert ("coverage_dimension", "talk") in shortfalls(small, ("talk",), *rows)
    assert ("coverage_dimension", "rules") not in shortfalls(small, ("rules",), *rows)


def test_what_does_not_apply_makes_the_evidence_no_older(small: Dataset) -> None:
    ages = [row("x", name, 1.0, age_months=2.0) for name in ("promise", "policy")]
    gone = row("x", "target", np.nan, "not_applicable", age_months=900.0)
    assert ("age", None) not in shortfalls(small, (), *ages, gone, gone | {"indicator": "answered"})
    assert ("age", None) in shortfalls(small, (), *(r | {"age_months": 900.0} for r in ages))


@pytest.mark.parametrize(
    ("asked", "strength", "met"),
    [(True, "B", "enquiries"), (False, "B", "posts"), (True, "C", None), (False, "D", None)],
)
def test_only_first_hand_samples_count(small: Dataset, asked: bool, strength: str, met: str | None) -> None:
    """A sample counts as enquiries where enquiries are measured, else as posts."""
    measures = EnquiryMeasures(answered="answered" if asked else None)
    talk, rules = small.methodology.dimensions
    sampled = [i.model_copy(update={"kind": "sample_share"}) for i in rules.indicators]
    changed = {"dimensions": (talk, rules.model_copy(update={"indicators": tuple(sampled)})), "enquiries": measures}
    dataset = replace(small, methodology=small.methodology.model_copy(update=changed))
    codes = {code for code, _ in shortfalls(dataset, (), row("x", "answered", 1.0, strength=strength, denominator=1e6))}
    assert {"enquiries", "posts"} - codes == ({met} if met else set())
