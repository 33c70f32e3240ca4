"""Who stands where, and how surely, in a fictional town."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scoring.model import Dataset
from scoring.results import Results, compute
from tests.town import TODAY, town


@pytest.fixture(scope="module")
def results() -> Results:
    return compute(town(20, 100, 380, 24, 390, 104), TODAY)


def test_tiers_follow_what_can_be_told_apart(results: Results) -> None:
    league = results.standings["rules"].league
    assert list(league.index) == [f"qa-agency-{n:02d}" for n in (4, 2, 5, 1, 3, 0)]
    assert league["tier"].tolist() == [1, 1, 2, 2, 2, 2] or league["tier"].tolist() == [1, 1, 2, 2, 3, 3]
    top = league.loc["qa-agency-04"]
    assert (top["set_best"], top["set_worst"], top["alike"]) == (1, 2, 1)


def test_intervals_hold_the_published_score_and_rank(results: Results) -> None:
    for node, standing in results.standings.items():
        score = results.scores.score[node]
        held = standing.scores[score.notna()]
        assert (held["low"] <= score.dropna()).all() and (held["high"] >= score.dropna()).all()
        league = standing.league
        assert (league["rank_low"] <= league["rank"]).all() and (league["rank_high"] >= league["rank"]).all()
        assert (league["set_best"] <= league["rank"]).all() and (league["set_worst"] >= league["rank"]).all()


def test_probabilities_agree_with_where_they_stand(results: Results) -> None:
    league = results.standings["rules"].league
    assert league["top"].eq(1).all()  # six agencies are all among the first ten
    assert league.loc["qa-agency-04", "above_peers"] > 0.99 and league.loc["qa-agency-00", "above_peers"] < 0.1


def _aged(data: Dataset, published: str) -> Dataset:
    def older(id: str) -> tuple[object, ...]:
        return tuple(
            i.model_copy(update={"source": i.source.model_copy(update={"published": published})})
            for i in data.agencies[id].evidence
        )

    return replace(data, agencies={id: replace(a, evidence=older(id)) for id, a in data.agencies.items()})


def test_old_evidence_widens_and_moves_no_score() -> None:
    data = town(20, 100, 380, 300)
    new, old = compute(data, TODAY), compute(_aged(data, "2022-11-22"), TODAY)
    np.testing.assert_array_equal(new.scores.score, old.scores.score)
    width = [r.standings["rules"].scores.eval("high - low") for r in (new, old)]
    assert (width[1] > width[0]).all()


def test_second_hand_evidence_widens_too() -> None:
    data = town(20, 100, 380, 300)
    weak = {
        id: replace(a, evidence=tuple(i.model_copy(update={"strength": "C"}) for i in a.evidence))
        for id, a in data.agencies.items()
    }
    width = [
        compute(d, TODAY).standings["rules"].scores.eval("high - low") for d in (data, replace(data, agencies=weak))
    ]
    assert (width[1] > width[0]).all()


def test_a_list_counted_whole_is_surer_than_a_sample() -> None:
    data = town(20, 100, 380, 300)
    whole = {
        id: replace(a, evidence=tuple(i.model_copy(update={"frame": i.denominator}) for i in a.evidence))
        for id, a in data.agencies.items()
    }
    found = [compute(d, TODAY).uncertain.spreads["answered"].size for d in (data, replace(data, agencies=whole))]
    assert np.isfinite(found[0]).all() and np.isinf(found[1]).all()


def test_same_seed_same_bytes_another_seed_other_draws() -> None:
    data = town(20, 100, 380, 300)
    rules = data.methodology.rules
    other = rules.model_copy(update={"uncertainty": rules.uncertainty.model_copy(update={"seed": 2})})
    changed = replace(data, methodology=data.methodology.model_copy(update={"rules": other}))
    one, two, three = (compute(d, TODAY).standings["rules"].scores for d in (data, data, changed))
    assert one.equals(two) and not one.equals(three)
