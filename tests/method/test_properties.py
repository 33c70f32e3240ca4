"""What must hold of every index, data set, order and number of threads, not only of those thought of.

Quick by default, the same examples in every run; HYPOTHESIS_PROFILE=long tries more than ten thousand.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from strategies import CASES, Case, cases, ids, small_blocks, specs, tables

from scoring import pieces, score_table
from scoring.instruments.observe import COLUMNS, Observations
from scoring.method.aggregate import tree_means
from scoring.method.explain import contributions
from scoring.method.intervals import peer_draws, rank_draws, rank_intervals, score_intervals
from scoring.method.normalise import normalise
from scoring.method.ranksets import RankSets, tiers
from scoring.method.score import Scores, score
from scoring.method.simulate import Draws, simulate
from scoring.method.spec import Leaf
from scoring.method.standing import Standing, standings
from scoring.model import Methodology
from scoring.source.dataset import read_dataset

SMALL = Path(__file__).resolve().parents[1] / "fixtures" / "small"
FRAMES = ("score", "low", "high", "coverage", "without", "state")
LEVELS = st.floats(0, 2) | st.sampled_from([0.0, 1.0, 2.0])
DRAWN = st.floats(1, 100, width=32) | st.sampled_from([1.0, 50.0, 100.0])


def same(one: Scores, other: Scores) -> None:
    """Alike to the last byte."""
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), check_exact=True)


def simulated(case: Case, threads: int = 2) -> dict[str, Draws]:
    with small_blocks():
        return dict(simulate(case.uncertain, case.by, run=pieces.threads(threads)))


def stood(case: Case) -> dict[str, Standing]:
    """Every league of a case, all its units members; two peer groups."""
    groups = pd.Series([str(int(unit[4:]) % 2) for unit in case.units], index=case.units, dtype=object)
    members = dict.fromkeys([case.spec.root.id, *(c.id for c in case.spec.root.children)], pd.Index(case.units))
    with small_blocks():
        return dict(standings(case.uncertain, case.by, case.scores, members, groups))


# --- nothing that was not observed counts


@pytest.fixture(scope="module")
def methodology() -> Methodology:
    dataset = read_dataset(SMALL).dataset
    assert dataset is not None
    return dataset.methodology


def recorded(methodology: Methodology, seen: dict[tuple[str, str], float], more: list[tuple[str, str]]) -> Scores:
    """The scores of x and y from observed values, and further records that say that nothing was observed."""
    blank: dict[str, Any] = dict.fromkeys(COLUMNS) | {"self_reported": False, "strength": "C", "age_months": 0.0}
    blank |= {"denominator": np.nan, "frame": np.nan, "size": np.nan, "without": np.nan}
    rows = [
        blank | {"agency": a, "indicator": i, "state": "observed", "value": v, "low": v, "high": v}
        for (a, i), v in seen.items()
    ]
    nothing = dict.fromkeys(("value", "low", "high"), np.nan)
    rows += [blank | nothing | {"agency": a, "indicator": i, "state": "not_observed"} for a, i in more]
    observations = Observations(pd.DataFrame(rows, columns=list(COLUMNS)), date(2026, 1, 1))
    return score(observations, methodology, ["x", "y"])


CELLS = [(agency, indicator) for agency in "xy" for indicator in ("promise", "target", "policy", "answered")]


@CASES
@given(seen=st.dictionaries(st.sampled_from(CELLS), LEVELS, min_size=1), more=st.sets(st.sampled_from(CELLS)))
def test_a_record_that_nothing_was_observed_changes_nothing(
    methodology: Methodology, seen: dict[tuple[str, str], float], more: set[tuple[str, str]]
) -> None:
    same(recorded(methodology, seen, sorted(more - set(seen))), recorded(methodology, seen, []))


@CASES
@given(data=st.data())
def test_an_indicator_that_nobody_was_observed_on_changes_no_score(data: st.DataObject) -> None:
    spec = data.draw(specs(lowest=(0.0, 1.0)))
    values = data.draw(tables(spec))
    children = (*spec.root.children, Leaf("new", data.draw(st.floats(0.05, 1)), 0.0, 1.0))
    wider = replace(spec, root=replace(spec.root, children=children))
    before, after = score_table(values, spec), score_table(values.assign(new=np.nan), wider)
    pd.testing.assert_frame_equal(after.score[before.score.columns], before.score, check_exact=True)
    assert after.score["new"].isna().all()


@CASES
@given(data=st.data())
def test_deleting_values_keeps_the_score_they_gave_within_the_published_bounds(data: st.DataObject) -> None:
    spec = data.draw(specs(lowest=(0.0, 1.0)))
    values = data.draw(tables(spec))
    gone = data.draw(arrays(bool, values.shape))
    full, reduced = score_table(values, spec), score_table(values.mask(gone), spec)
    slack = 1e-9 * spec.highest
    for node in full.score:
        known = full.score[node].notna()
        assert (full.score[node][known] >= reduced.low[node][known] - slack).all(), node
        assert (full.score[node][known] <= reduced.high[node][known] + slack).all(), node


# --- company, order and threads


@CASES
@given(case=cases(least=2), data=st.data())
def test_who_joins_moves_no_other(case: Case, data: st.DataObject) -> None:
    """Neither scores nor draws, wherever in the list the others join."""
    stay = data.draw(st.sets(st.integers(0, len(case.units) - 1), min_size=1).map(sorted))
    alone = case.picked(stay)
    for name in FRAMES:
        pd.testing.assert_frame_equal(
            getattr(case.scores, name).iloc[stay], getattr(alone.scores, name), check_exact=True
        )
    whole, part = simulated(case), simulated(alone)
    assert list(whole) == list(part)
    for node, draws in part.items():
        assert whole[node][stay].tobytes() == draws.tobytes(), node


@CASES
@given(case=cases(least=2), data=st.data())
def test_order_changes_nothing(case: Case, data: st.DataObject) -> None:
    """Scores, draws, ranks, intervals, rank sets and tiers of a reordered list are the same ones, reordered."""
    order = data.draw(st.permutations(range(len(case.units))))
    turned = case.picked(order)
    for name in FRAMES:
        pd.testing.assert_frame_equal(
            getattr(turned.scores, name), getattr(case.scores, name).iloc[order], check_exact=True
        )
    before, after = simulated(case), simulated(turned)
    for node, draws in before.items():
        assert after[node].tobytes() == draws[order].tobytes(), node
        seen = np.flatnonzero(~np.isnan(draws).any(axis=1))
        kept = [at for at in order if at in seen]
        ranks = rank_draws(draws[seen])[np.searchsorted(seen, kept)]
        np.testing.assert_array_equal(rank_draws(draws[kept]), ranks)
    standing, again = stood(case), stood(turned)
    for node in standing:
        for field in fields(Standing):
            one, other = (getattr(found[node], field.name).sort_index() for found in (standing, again))
            pd.testing.assert_frame_equal(one, other, check_exact=True)


@CASES
@given(case=cases())
def test_threads_change_no_byte(case: Case) -> None:
    one = simulated(case, threads=1)
    groups = np.arange(len(case.units)) % 2
    for threads in (2, 3):
        many = simulated(case, threads)
        for node, draws in one.items():
            assert many[node].tobytes() == draws.tobytes(), node
            with small_blocks():
                found = [peer_draws(np.nan_to_num(draws), groups, count) for count in (1, threads)]
            assert found[0][0].tobytes() == found[1][0].tobytes() and found[0][1].tobytes() == found[1][1].tobytes()


# --- explanation


@CASES
@given(data=st.data())
def test_contributions_sum_to_the_score(data: st.DataObject) -> None:
    """With gaps, weight that doesn't count, and means of every kind within each other."""
    spec = data.draw(specs(lowest=(0.0, 1.0)))
    values = data.draw(tables(spec))
    shares = st.sampled_from([1.0, 1.0, 0.25, 0.0])
    holds = {id: data.draw(arrays(float, len(values), elements=shares)) for id in ids(spec)}
    leaves = {leaf.id: normalise(values[leaf.id].to_numpy(float), leaf, spec) for leaf in spec.root.leaves()}
    whole = tree_means(spec.root, lambda leaf: leaves[leaf.id], holds)[spec.root.id]
    parts = contributions(spec, leaves, holds)
    assert sum(parts.values()) == pytest.approx(np.nan_to_num(whole), abs=1e-9)
    for id, points in parts.items():
        assert (points[np.isnan(leaves[id]) | (holds[id] == 0)] == 0).all(), id


# --- ranks


@CASES
@given(data=st.data())
def test_ranks_are_those_of_pandas_within_groups_too(data: st.DataObject) -> None:
    shape = (data.draw(st.integers(1, 12)), data.draw(st.integers(1, 20)))
    draws = data.draw(arrays(np.float32, shape, elements=DRAWN))
    groups = np.unique(data.draw(arrays(int, shape[0], elements=st.integers(0, 3))), return_inverse=True)[1]
    frame = pd.DataFrame(draws.astype(float))
    with small_blocks():
        alone, (within, above) = rank_draws(draws), peer_draws(draws, groups)
    np.testing.assert_array_equal(alone, frame.rank(method="min", ascending=False))
    by_group = frame.groupby(groups)
    np.testing.assert_array_equal(within, by_group.rank(method="min", ascending=False))
    assert above.tolist() == pytest.approx((frame > by_group.transform("median")).mean(axis=1).tolist(), abs=1e-12)


@CASES
@given(data=st.data())
def test_a_tier_begins_where_and_only_where_its_head_is_surely_below_the_last_head(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 9))
    rank = pd.Series(data.draw(st.lists(st.integers(0, 5), min_size=count, max_size=count))).rank(method="min")
    reach = data.draw(arrays(int, (2, count), elements=st.sampled_from([0, 0, 0, 1, 2])))
    best = np.maximum(rank.to_numpy(int) - reach[0], 1)
    worst = np.minimum(rank.to_numpy(int) + reach[1], count)
    tier = tiers(rank.to_numpy(int), RankSets(best, worst))
    order = np.argsort(rank.to_numpy(), kind="stable")
    assert tier[order[0]] == 1 and set(np.diff(tier[order])) <= {0, 1}
    for position in np.unique(rank):
        here, above = (rank == position).to_numpy(), (rank < position).to_numpy()
        assert len(set(tier[here])) == 1
        if above.any():
            head = rank[tier == tier[above].max()].min()
            surely_below = best[here].min() > (rank <= head).sum()
            assert tier[here][0] == tier[above].max() + surely_below


@CASES
@given(case=cases())
def test_what_is_published_holds_the_score_and_the_rank(case: Case) -> None:
    scores = case.scores
    for node, standing in stood(case).items():
        score, league = scores.score[node], standing.league
        seen = score.notna()
        assert set(league.index) == set(score.index[seen])
        assert standing.scores.loc[seen, "low"].le(score[seen]).all(), node
        assert standing.scores.loc[seen, "high"].ge(score[seen]).all(), node
        own = score[league.index]
        assert league["compare_low"].le(own).all() and league["compare_high"].ge(own).all(), node
        for low, high in (("rank_low", "rank_high"), ("best", "worst"), ("set_best", "set_worst")):
            assert league[low].between(1, league["rank"]).all(), (node, low)
            assert league[high].between(league["rank"], len(league)).all(), (node, high)
        for low, high in (("rank_low", "rank_high"), ("best", "worst")):
            assert standing.peers[low].between(1, standing.peers["rank"]).all(), (node, low)
            assert standing.peers["rank"].le(standing.peers[high]).all(), (node, high)
            assert standing.peers[high].le(standing.peers["of"]).all(), (node, high)


@CASES
@given(data=st.data())
def test_intervals_hold_their_share_of_the_draws_and_what_was_published_wherever_it_is(data: st.DataObject) -> None:
    units, runs = data.draw(st.integers(1, 8)), data.draw(st.integers(2, 60))
    ranks = data.draw(arrays(np.uint16, (units, runs), elements=st.integers(1, units)))
    draws = data.draw(arrays(np.float32, (units, runs), elements=DRAWN))
    rank = data.draw(arrays(int, units, elements=st.integers(1, units)))
    score = data.draw(arrays(float, units, elements=st.floats(1, 100)))
    found = rank_intervals(ranks, rank, 0.9).join(score_intervals(draws, score, 0.9))
    assert found["rank_low"].between(1, rank).all() and found["rank_high"].between(rank, units).all()
    assert found["low"].le(score).all() and found["high"].ge(score).all()
    least = 1 - 2 * np.ceil(0.05 * (runs - 1)) / runs
    for low, high, drawn in (("rank_low", "rank_high", ranks), ("low", "high", draws)):
        within = (drawn >= found[[low]].to_numpy()) & (drawn <= found[[high]].to_numpy())
        assert within.mean(axis=1).min() >= least - 1e-9


@CASES
@given(case=cases())
def test_without_any_error_every_draw_is_the_score(case: Case) -> None:
    """To single precision, where evidence, weights and goalposts are certain and one mean is taken throughout."""
    value = {id: case.raw.value[id].to_numpy(float) for id in case.spreads}
    nothing = {"size": np.full(len(case.units), np.inf), "counted": np.zeros(len(case.units), dtype=bool)}
    exact = {id: replace(spread, low=value[id], high=value[id], **nothing) for id, spread in case.spreads.items()}
    how = case.by.aggregations[0]
    by = case.by.model_copy(update={"weights": 0.0, "goalposts": 0.0, "aggregations": (how,)})
    certain = replace(case, spreads=exact, by=by)
    leaves = {leaf.id: normalise(value[leaf.id], leaf, case.spec) for leaf in case.spec.root.leaves()}
    wanted = tree_means(case.spec.root, lambda leaf: leaves[leaf.id], certain.uncertain.holds, lambda _: how)
    for node, draws in simulated(certain).items():
        np.testing.assert_allclose(draws, np.repeat(wanted[node][:, None], by.draws, axis=1), rtol=1e-5, atol=1e-4)
