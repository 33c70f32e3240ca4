"""Positions from unrounded scores, what the bounds allow them to be, and who may be ranked at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scoring.instruments.observe import Observations
from scoring.method.score import SEEN, Scores
from scoring.model import Methodology, Profile, State

Column = NDArray[Any]
DIGITS = 12  # scores that agree in so many are equal: the rest is noise of floating point


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


def rank_league(
    scores: Scores,
    node: str,
    members: pd.Index[Any] | None = None,
    decimals: int | None = None,
    groups: NDArray[np.intp] | None = None,
) -> pd.DataFrame:
    """Positions of `members` (all, unless named) at a node: rank (1 is the highest score, ties share it), best,
    worst, tied. Members without a score have no position and are left out. With `groups`, a number for each member,
    positions are within the group.

    `best` is the position if this agency were at its highest and all others at their lowest, `worst` the reverse.
    Scores are not rounded, unless `decimals` is given for a published index that ranks its values as printed.
    """
    members = scores.score.index if members is None else members
    scored = scores.score.loc[members, node].notna().to_numpy()
    members, groups = members[scored], None if groups is None else groups[scored]
    table = np.column_stack([f.loc[members, node].to_numpy(float) for f in (scores.score, scores.low, scores.high)])
    size = float(np.abs(table).max(initial=0.0)) or 1.0
    table = np.round(table / size, DIGITS) if decimals is None else np.round(table, decimals)
    found = np.empty((4, len(members)), dtype=np.int64)
    for rows in [slice(None)] if groups is None else _rows_of(groups):
        found[:, rows] = _places(*table[rows].T)
    data = dict(zip(("rank", "best", "worst"), found, strict=False)) | {"tied": found[3].astype(bool)}
    return pd.DataFrame(data, index=members)


def _rows_of(groups: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    order = np.argsort(groups, kind="stable")
    return np.split(order, np.cumsum(np.bincount(groups))[:-1]) if len(groups) else []


def _places(score: Column, low: Column, high: Column) -> tuple[Column, Column, Column, Column]:
    """Rank, best and worst possible rank, and whether the rank is shared."""
    count = len(score)
    rank = 1 + count - np.searchsorted(np.sort(score), score, side="right")
    best = 1 + count - np.searchsorted(np.sort(low), high, side="right")
    worst = count - np.searchsorted(np.sort(high), low, side="left")
    tied = count - np.searchsorted(np.sort(score), score, side="left") > rank
    return rank, np.minimum(best, rank), np.maximum(worst, rank), tied


def unrankable(profile: Profile) -> str | None:
    """Why a body is never ranked, whatever its evidence."""
    if profile.kind == "group":
        return "group"
    return "historical" if profile.historical else None


def eligibility(scores: Scores, observations: Observations, methodology: Methodology) -> Eligibility:
    """Apply the methodology's thresholds to coverage, instruments and age of evidence.

    A dimension in which nothing applies to an agency is no shortfall, unless the dimension is mandatory.
    """
    found: dict[str, list[Shortfall]] = defaultdict(list)
    for have, short, need, code, dimension in _tests(scores, observations, methodology):
        for agency, value in have[short].items():
            found[str(agency)].append(Shortfall(code, float(value), need, dimension))
    nodes = [d.id for d in methodology.dimensions]
    agencies = scores.score.index
    return Eligibility(
        league=(scores.coverage[nodes] >= methodology.rules.league_coverage) & scores.score[nodes].notna(),
        overall=pd.Series(~agencies.isin(list(found)), index=agencies),
        shortfalls={str(agency): tuple(found[str(agency)]) for agency in agencies},
    )


Test = tuple[pd.Series, pd.Series, float, str, str | None]  # what each has, who falls short, need, code, dimension


def _tests(scores: Scores, observations: Observations, methodology: Methodology) -> Iterator[Test]:
    rules, coverage = methodology.rules, scores.coverage
    total = coverage[methodology.id]
    yield total, total < rules.overall_coverage, rules.overall_coverage, "coverage_total", None
    for dimension in methodology.dimensions:
        states = scores.state[[leaf.id for leaf in dimension.leaves()]]
        asked = (states != State.NOT_APPLICABLE).any(axis=1) | (dimension.id in rules.mandatory_dimensions)
        need, have = rules.overall_dimension_coverage, coverage[dimension.id]
        yield have, (have < need) & asked, need, "coverage_dimension", dimension.id
    counts = _first_hand(observations, methodology).reindex(coverage.index, fill_value=0.0)
    for code, least in (("enquiries", rules.min_enquiries), ("posts", rules.min_posts)):
        yield counts[code], counts[code] < least, float(least), code, None
    alpha = _agreement(observations, methodology).reindex(coverage.index)
    yield alpha, ~(alpha >= rules.min_krippendorff_alpha), rules.min_krippendorff_alpha, "alpha", None
    seen = observations.table[observations.table["state"].isin(SEEN)]
    age = seen.groupby("agency")["age_months"].median().reindex(coverage.index).astype(float)
    yield age, age > rules.max_median_age_months, rules.max_median_age_months, "age", None


def _agreement(observations: Observations, methodology: Methodology) -> pd.Series:
    """The lowest agreement of coders behind each agency's coded samples; NaN where one was coded by a single person, or
    none has a known agreement. (Where all answers are the same, alpha is undefined and says nothing against them.)"""
    coded = {i.id for i in methodology.indicators().values() if i.kind == "sample_share"} - _answering(methodology)
    table = observations.table
    own = table[table["strength"].isin(["A", "B"]) & table["indicator"].isin(list(coded)) & (table["coders"] > 0)]
    by_agency = own.groupby("agency")
    return by_agency["alpha"].min().where(by_agency["coders"].min() >= 2)


def _answering(methodology: Methodology) -> set[str]:
    """Indicators whose samples are of enquiries: those that enquiries are measured for. Other samples are of posts."""
    measures = methodology.enquiries
    return {m for m in (measures.answered, measures.first_answer, measures.substantive, measures.even_handed) if m}


def _first_hand(observations: Observations, methodology: Methodology) -> pd.DataFrame:
    """Test enquiries and coded posts behind each agency's observations: only what was counted first-hand (A, B).

    Samples are of enquiries where enquiries are measured, and of posts elsewhere.
    """
    kinds = {i.id: i.kind for i in methodology.indicators().values() if i.kind in ("sample_share", "enquiry_times")}
    table = observations.table
    own = table[table["strength"].isin(["A", "B"]) & table["indicator"].isin(list(kinds))]
    asked = own["indicator"].isin(list(_answering(methodology)))
    sizes = [own[part].groupby("agency")["denominator"].max() for part in (asked, ~asked)]
    return pd.concat(sizes, axis=1, keys=["enquiries", "posts"]).astype(float).fillna(0.0)
