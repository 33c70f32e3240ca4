"""Who stands where, and how surely: positions, their intervals, rank sets and tiers, league by league."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scoring.instruments.observe import Observations
from scoring.instruments.spread import spread_of
from scoring.method.intervals import peer_draws, rank_draws, rank_intervals, row_deviations, score_intervals
from scoring.method.rank import rank_league
from scoring.method.ranksets import RankSets, comparison_intervals, rank_sets, sets_from_intervals, tiers
from scoring.method.score import Scores
from scoring.method.simulate import Draws, Uncertain, simulate
from scoring.model import Methodology, Uncertainty

PAIRWISE = 400  # members up to which every pair is compared; beyond, joint intervals of the scores


@dataclass(frozen=True)
class Standing:
    """One node of the index.

    `scores`: by agency `median`, `low`, `high` of its score. `league`: its members by position, with the columns of
    `rank_league`, `rank_intervals`, and `above_peers` (share of draws above the peer group's median), `set_best` and
    `set_worst` (simultaneous confidence set of the rank), `tier`, `alike` (members it cannot be told apart from), and
    `compare_low` and `compare_high` (comparison interval of the score). `peers`: the same positions among the members
    of each peer group, and `of`, how many they are.
    """

    scores: pd.DataFrame
    league: pd.DataFrame
    peers: pd.DataFrame


def uncertain(observations: Observations, methodology: Methodology, scores: Scores) -> Uncertain:
    """The index with the error of every observation."""
    raw, table, agencies = scores.raw, observations.table, scores.score.index
    rows = {id: frame.set_index("agency").reindex(agencies) for id, frame in table.groupby("indicator", sort=False)}
    empty = table.iloc[:0].set_index("agency").reindex(agencies)
    spreads = {
        id: spread_of(rows.get(id, empty), leaf, methodology.rules) for id, leaf in methodology.indicators().items()
    }
    holds = {id: (raw.applies[id] * raw.counts[id]).to_numpy(float) for id in raw.value.columns}
    return Uncertain(scores.spec, list(agencies), spreads, holds)


def standings(
    index: Uncertain, by: Uncertainty, scores: Scores, members: Mapping[str, pd.Index[str]], groups: pd.Series[str]
) -> Iterator[tuple[str, Standing]]:
    """Every league in turn, from one joint simulation; `groups` is each agency's peer group."""
    for node, draws in simulate(index, by):
        if node in members:
            yield node, standing(node, draws, by, scores, members[node], groups)
        del draws  # before the next are made


def standing(
    node: str, draws: Draws, by: Uncertainty, scores: Scores, members: pd.Index[str], groups: pd.Series[str]
) -> Standing:
    """One league from its draws (agencies × draws, in the order of `scores`)."""
    everyone = scores.score.index
    intervals = score_intervals(draws, scores.score[node].to_numpy(float), by.interval).set_axis(everyone)
    ranked = rank_league(scores, node, members.sort_values())  # sums must not depend on the order of the agencies
    rows = draws if ranked.index.equals(everyone) else draws[everyone.get_indexer(ranked.index)]
    own = groups.reindex(ranked.index)
    positions = rank_intervals(rank_draws(rows), ranked["rank"].to_numpy(int), by.interval).set_axis(ranked.index)
    peers, above = _peers(rows, by, node, scores, own)
    league = ranked.join(positions).assign(above_peers=above)
    league = league.join(_sets(rows, scores.score.loc[ranked.index, node], ranked["rank"], by))
    return Standing(intervals, league.sort_values("rank", kind="stable"), peers)


def _sets(draws: Draws, score: pd.Series[float], rank: pd.Series[int], by: Uncertainty) -> pd.DataFrame:
    """Simultaneous rank sets, tiers and comparison intervals of a league's members."""
    estimate = score.to_numpy(float)
    if len(score) > PAIRWISE:
        sets = sets_from_intervals(estimate, draws, by.confidence)
    elif len(score) > 1:
        sets = rank_sets(estimate, draws.T, by.confidence)
    else:
        sets = RankSets(np.ones(len(score), dtype=int), np.ones(len(score), dtype=int))
    low, high = comparison_intervals(estimate, row_deviations(draws), by.confidence)
    data = {
        "set_best": np.minimum(sets.best, rank), "set_worst": np.maximum(sets.worst, rank),
        "tier": tiers(rank.to_numpy(int), sets) if len(score) else np.zeros(0, dtype=int),
        "alike": sets.worst - sets.best, "compare_low": low, "compare_high": high,
    }  # fmt: skip
    return pd.DataFrame(data, index=score.index)


def _peers(
    draws: Draws, by: Uncertainty, node: str, scores: Scores, groups: pd.Series[str]
) -> tuple[pd.DataFrame, NDArray[np.float64]]:
    """Positions within each peer group of at least two members, and by member the share of draws above its median."""
    labels = np.unique(groups.to_numpy(str), return_inverse=True)[1]
    sizes = np.bincount(labels)[labels] if len(labels) else labels
    ranks, above = peer_draws(draws, labels)
    ranked = rank_league(scores, node, groups.index, groups=labels).reindex(groups.index).assign(of=sizes)
    positions = rank_intervals(ranks, ranked["rank"].to_numpy(int), by.interval).set_axis(groups.index)
    return ranked.join(positions)[sizes > 1], np.where(sizes > 1, above, np.nan)
