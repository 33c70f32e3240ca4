"""Positions from unrounded scores, what the bounds allow them to be, and who may be ranked at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from scoring.instruments import Observations
from scoring.method.score import Scores
from scoring.model import Methodology


@dataclass(frozen=True)
class Shortfall:
    """What an agency lacks for the overall rank: a stable code, what it has and what it needs."""

    code: str
    have: float
    need: float
    dimension: str | None = None


@dataclass(frozen=True)
class Eligibility:
    """Who may be ranked: `league` agencies × dimensions, `overall` by agency, `shortfalls` what each lacks."""

    league: pd.DataFrame
    overall: pd.Series
    shortfalls: Mapping[str, tuple[Shortfall, ...]]


def rank_league(scores: Scores, node: str, members: pd.Index) -> pd.DataFrame:
    """Positions of `members` at a node: rank (1 is the highest score, ties share it), best, worst, tied.

    `best` is the position if this agency were at its highest and all others at their lowest, `worst` the reverse.
    """
    score, low, high = (f.loc[members, node].to_numpy(float) for f in (scores.score, scores.low, scores.high))
    count = len(members)
    rank = 1 + count - np.searchsorted(np.sort(score), score, side="right")
    best = 1 + count - np.searchsorted(np.sort(low), high, side="right")
    worst = count - np.searchsorted(np.sort(high), low, side="left")
    tied = count - np.searchsorted(np.sort(score), score, side="left") > rank
    data = {"rank": rank, "best": np.minimum(best, rank), "worst": np.maximum(worst, rank), "tied": tied}
    return pd.DataFrame(data, index=members)


def eligibility(scores: Scores, observations: Observations, methodology: Methodology) -> Eligibility:
    """Apply the methodology's thresholds to coverage, instruments and age of evidence."""
    rules = methodology.rules
    nodes = [d.id for d in methodology.dimensions]
    coverage = scores.coverage[nodes]
    scored = scores.score[nodes].notna()
    age = observations.table.groupby("agency")["age_months"].median().reindex(scores.score.index)
    tests = _first_hand(observations, methodology).reindex(scores.score.index, fill_value=0.0)
    found: dict[str, tuple[Shortfall, ...]] = {}
    for agency, total, shares, months, (enquiries, posts) in zip(
        coverage.index, scores.coverage[methodology.id], coverage.to_numpy(), age, tests.to_numpy(), strict=True
    ):
        lacks = [Shortfall("coverage_total", float(total), rules.overall_coverage)] * (total < rules.overall_coverage)
        for node, share in zip(nodes, shares, strict=True):
            if share < rules.overall_dimension_coverage:
                lacks.append(Shortfall("coverage_dimension", float(share), rules.overall_dimension_coverage, node))
        if enquiries < rules.min_enquiries:
            lacks.append(Shortfall("enquiries", float(enquiries), rules.min_enquiries))
        if posts < rules.min_posts:
            lacks.append(Shortfall("posts", float(posts), rules.min_posts))
        lacks.append(Shortfall("alpha", float("nan"), rules.min_krippendorff_alpha))  # no evidence records it yet
        if months > rules.max_median_age_months:
            lacks.append(Shortfall("age", float(months), rules.max_median_age_months))
        found[str(agency)] = tuple(lacks)
    overall = pd.Series({a: not lacks for a, lacks in found.items()}, dtype=bool).reindex(scores.score.index)
    return Eligibility((coverage >= rules.league_coverage) & scored, overall, found)


def _first_hand(observations: Observations, methodology: Methodology) -> pd.DataFrame:
    """Test enquiries and coded posts behind each agency's observations: only what was counted first-hand (A, B)."""
    samples = {i.id for i in methodology.indicators().values() if i.kind in ("sample_share", "enquiry_times")}
    answering = {leaf.id for d in methodology.dimensions if "q1" in d.answers for leaf in d.leaves()}
    table = observations.table
    own = table[table["strength"].isin(["A", "B"]) & table["indicator"].isin(samples)]
    asked = own["indicator"].isin(answering)
    sizes = [own[part].groupby("agency")["denominator"].max() for part in (asked, ~asked)]
    return pd.concat(sizes, axis=1, keys=["enquiries", "posts"]).fillna(0.0)
