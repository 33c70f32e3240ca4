"""Observations to scores at every node of the index, with what they could be. One pass over the tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from scoring.instruments import Observations
from scoring.method.aggregate import Matrix, weighted_mean
from scoring.method.normalise import Column, ends, normalise
from scoring.method.spec import Leaf, Node, Spec, spec_of
from scoring.model import Methodology, State

SEEN = (State.OBSERVED, State.DOCUMENTED_ABSENCE, State.DISPUTED)


@dataclass(frozen=True)
class Scores:
    """Scores of agencies (rows) at every node and indicator of the tree (columns), unrounded.

    `score` is NaN where nothing was observed. `low` and `high` are what it could be: ranged values at their ends,
    the unobserved at the scale's; the score always lies between. `coverage` is the share of weight observed beneath,
    0 to 1, what is not applicable left out. `state` says, per indicator, why there is a score or none. `without` are
    the scores with disputed items left out.
    """

    spec: Spec
    score: pd.DataFrame
    low: pd.DataFrame
    high: pd.DataFrame
    coverage: pd.DataFrame
    state: pd.DataFrame
    without: pd.DataFrame


@dataclass(frozen=True)
class _Part:
    """A node or indicator for all agencies at once."""

    score: Column
    low: Column
    high: Column
    coverage: Column
    applies: Column  # 1 where it applies to the agency, 0 where not
    counts: Column  # share of its weight that may count (self-reported evidence is capped)


@dataclass(frozen=True)
class Raw:
    """What is known before any score, agencies × indicators: raw values and their ranges (NaN: not observed), 1 or 0
    for whether it applies, and the share of its weight that may count."""

    value: pd.DataFrame
    low: pd.DataFrame
    high: pd.DataFrame
    applies: pd.DataFrame
    counts: pd.DataFrame


def _leaf(leaf: Leaf, raw: Raw, spec: Spec) -> _Part:
    x = raw.value[leaf.id].to_numpy(float)
    score = normalise(x, leaf, spec)
    bottom, top = ends(score, leaf, spec)
    low, high = score, score
    if spec.how(leaf) == "goalposts":
        sides = [normalise(side[leaf.id].to_numpy(float), leaf, spec) for side in (raw.low, raw.high)]
        low, high = np.minimum(*sides), np.maximum(*sides)
    seen, counts = ~np.isnan(score), raw.counts[leaf.id].to_numpy(float)
    return _Part(
        score=score,
        low=np.where(seen, counts * low + (1 - counts) * bottom, bottom),
        high=np.where(seen, counts * high + (1 - counts) * top, top),
        coverage=np.where(seen, counts, 0.0),
        applies=raw.applies[leaf.id].to_numpy(float),
        counts=counts,
    )


def _node(node: Node, parts: Sequence[_Part]) -> _Part:
    def columns(name: str) -> Matrix:
        return np.column_stack([getattr(part, name) for part in parts])

    _refuse_negative(node, columns("low"))
    applies = columns("applies")
    weights = applies * np.array([child.weight for child in node.children])
    total = weights.sum(axis=1)
    score = weighted_mean(columns("score"), weights * columns("counts"), node.aggregation)
    low, high = (weighted_mean(columns(side), weights, node.aggregation) for side in ("low", "high"))
    with np.errstate(invalid="ignore", divide="ignore"):
        coverage = np.where(total > 0, (weights * columns("coverage")).sum(axis=1) / total, 0.0)
    return _Part(
        score=score,
        low=np.fmin(low, score),  # z-scores know no ends, so a score shared out may lie beyond
        high=np.fmax(high, score),
        coverage=coverage,
        applies=applies.max(axis=1),
        counts=np.ones(len(total)),
    )


def _refuse_negative(node: Node, low: Matrix) -> None:
    if node.aggregation != "arithmetic" and (low < 0).any():
        raise ValueError(
            f"{node.id}: a {node.aggregation} mean needs scores of at least 0, found {np.nanmin(low):g}; "
            "use an arithmetic one, or another normalisation or scale below it"
        )


def _parts(part: Leaf | Node, raw: Raw, spec: Spec) -> dict[str, _Part]:
    """Every node at and below `part`, by id."""
    if isinstance(part, Leaf):
        return {part.id: _leaf(part, raw, spec)}
    below: dict[str, _Part] = {}
    for child in part.children:
        below |= _parts(child, raw, spec)
    return {part.id: _node(part, [below[child.id] for child in part.children])} | below


def frames(spec: Spec, raw: Raw) -> dict[str, pd.DataFrame]:
    """`score`, `low`, `high` and `coverage` at every node and indicator."""
    parts = _parts(spec.root, raw, spec)
    index = raw.value.index
    names = ("score", "low", "high", "coverage")
    return {n: pd.DataFrame({id: getattr(p, n) for id, p in parts.items()}, index=index) for n in names}


def _counts(spec: Spec, applies: pd.DataFrame, reported: pd.DataFrame, cap: float) -> pd.DataFrame:
    """How much of each indicator's weight may count, so that self-reported evidence carries at most `cap` of the
    applicable weight of its dimension (each child of the root)."""
    counts = pd.DataFrame(1.0, index=applies.index, columns=applies.columns)
    for dimension in spec.root.children:
        if isinstance(dimension, Node):
            weights = pd.Series(_within(dimension))
            ids = list(weights.index)
            whole = (applies[ids] * weights).sum(axis=1)
            carried = (reported[ids] * applies[ids] * weights).sum(axis=1)
            share = (cap * whole / carried.where(carried > 0)).clip(upper=1.0).fillna(1.0)
            counts[ids] = reported[ids].mul(share, axis=0).where(reported[ids] > 0, 1.0)
    return counts


def _within(node: Node, factor: float = 1.0) -> dict[str, float]:
    """Weight of each indicator within a node, the whole being `factor`."""
    total = sum(child.weight for child in node.children)
    weights: dict[str, float] = {}
    for child in node.children:
        share = factor * child.weight / total
        weights |= _within(child, share) if isinstance(child, Node) else {child.id: share}
    return weights


def score(observations: Observations, methodology: Methodology, agencies: Sequence[str]) -> Scores:
    """Score agencies from their observations; agencies without any are rows with no score and coverage 0."""
    spec = spec_of(methodology)
    ids = [leaf.id for leaf in spec.root.leaves()]
    table = observations.table

    def wide(column: str) -> pd.DataFrame:
        return table.pivot(index="agency", columns="indicator", values=column).reindex(
            index=list(agencies), columns=ids
        )

    state = wide("state").astype(object).fillna(str(State.NOT_OBSERVED)).astype(str)
    applies = (state != State.NOT_APPLICABLE).astype(float)
    reported = (wide("self_reported").eq(True) & state.isin(SEEN)).astype(float)
    counts = _counts(spec, applies, reported, methodology.rules.self_reported_cap)
    value, low, high = (wide(name).astype(float) for name in ("value", "low", "high"))
    disputed = state == State.DISPUTED
    without = value.where(~disputed, wide("without").astype(float))
    left = Raw(without, low.where(~disputed, without), high.where(~disputed, without), applies, counts)
    return Scores(
        spec=spec,
        state=state,
        without=frames(spec, left)["score"],
        **frames(spec, Raw(value, low, high, applies, counts)),
    )
