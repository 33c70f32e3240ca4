"""Observations to scores at every node of the index, with what they could be. One pass over the tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from scoring.instruments.observe import Observations
from scoring.method.aggregate import Array, tree_means
from scoring.method.normalise import ends, normalise
from scoring.method.spec import Leaf, Node, Spec, spec_of
from scoring.model import Methodology, State

SEEN = (State.OBSERVED, State.DOCUMENTED_ABSENCE, State.DISPUTED)


@dataclass(frozen=True)
class Raw:
    """What is known before any score, agencies × indicators: raw values and their ranges (NaN: not observed), 1 or 0
    for whether it applies, the share of its weight that may count, values with disputed items left out, and 1 or 0 for
    whether nobody but the agency reports it."""

    value: pd.DataFrame
    low: pd.DataFrame
    high: pd.DataFrame
    applies: pd.DataFrame
    counts: pd.DataFrame
    without: pd.DataFrame
    reported: pd.DataFrame


@dataclass(frozen=True)
class Scores:
    """Scores of agencies (rows) at every node and indicator of the tree (columns), unrounded.

    `score` is NaN where nothing was observed. `low` and `high` are what it could be: ranged values at their ends,
    the unobserved at the scale's; the score always lies between. `coverage` is the share of weight observed beneath,
    0 to 1, what is not applicable left out. `state` says, per indicator, why there is a score or none. `without` are
    the scores with disputed items left out. `raw` is what all this was made from.
    """

    spec: Spec
    score: pd.DataFrame
    low: pd.DataFrame
    high: pd.DataFrame
    coverage: pd.DataFrame
    state: pd.DataFrame
    without: pd.DataFrame
    raw: Raw


def frames(spec: Spec, raw: Raw) -> dict[str, pd.DataFrame]:
    """`score`, `low`, `high` and `coverage` at every node and indicator."""
    leaves = list(spec.root.leaves())
    applies = {leaf.id: raw.applies[leaf.id].to_numpy(float) for leaf in leaves}
    counts = {leaf.id: raw.counts[leaf.id].to_numpy(float) for leaf in leaves}
    scored = {leaf.id: normalise(raw.value[leaf.id].to_numpy(float), leaf, spec) for leaf in leaves}
    sides = {leaf.id: _sides(leaf, scored[leaf.id], raw, spec) for leaf in leaves}
    seen = {id: np.where(np.isnan(x), 0.0, counts[id]) for id, x in scored.items()}
    root = spec.root
    score = tree_means(root, lambda leaf: scored[leaf.id], {id: applies[id] * counts[id] for id in applies})
    low = tree_means(root, lambda leaf: sides[leaf.id][0], applies)
    high = tree_means(root, lambda leaf: sides[leaf.id][1], applies)
    coverage = tree_means(root, lambda leaf: seen[leaf.id], applies, lambda _: "arithmetic")
    found = {
        "score": score,
        # z-scores know no ends, so a score shared out may lie beyond
        "low": {id: np.fmin(low[id], score[id]) for id in score},
        "high": {id: np.fmax(high[id], score[id]) for id in score},
        "coverage": {id: np.nan_to_num(x) for id, x in coverage.items()},
    }
    return {name: pd.DataFrame(columns, index=raw.value.index) for name, columns in found.items()}


def _sides(leaf: Leaf, score: Array, raw: Raw, spec: Spec) -> tuple[Array, Array]:
    """The lowest and the highest an indicator's score could be; weight that may not count is not observed."""
    bottom, top = ends(score, leaf, spec)
    low, high = score, score
    if spec.how(leaf) == "goalposts":
        both = [normalise(side[leaf.id].to_numpy(float), leaf, spec) for side in (raw.low, raw.high)]
        low, high = np.minimum(*both), np.maximum(*both)
    seen, counts = ~np.isnan(score), raw.counts[leaf.id].to_numpy(float)
    return (
        np.where(seen, counts * low + (1 - counts) * bottom, bottom),
        np.where(seen, counts * high + (1 - counts) * top, top),
    )


def _counts(spec: Spec, applies: pd.DataFrame, reported: pd.DataFrame, cap: float) -> pd.DataFrame:
    """How much of each indicator's weight may count, so that self-reported evidence carries at most `cap` of the
    applicable weight of its dimension (each child of the root)."""
    counts = np.ones(applies.shape)
    for dimension in spec.root.children:
        if isinstance(dimension, Node):
            weights = _within(dimension)
            columns = applies.columns.get_indexer(pd.Index(list(weights)))
            weighed = applies.to_numpy(float)[:, columns] * np.array(list(weights.values()))
            own = reported.to_numpy(float)[:, columns]
            carried = (own * weighed).sum(axis=1)
            share = np.divide(cap * weighed.sum(axis=1), carried, out=np.ones(len(carried)), where=carried > 0)
            counts[:, columns] = np.where(own > 0, own * np.minimum(share, 1.0)[:, None], 1.0)
    return pd.DataFrame(counts, index=applies.index, columns=applies.columns)


def _within(node: Node, factor: float = 1.0) -> dict[str, float]:
    """Weight of each indicator within a node, the whole being `factor`."""
    total = sum(float(child.weight) for child in node.children)
    weights: dict[str, float] = {}
    for child in node.children:
        share = factor * float(child.weight) / total
        weights |= _within(child, share) if isinstance(child, Node) else {child.id: share}
    return weights


def raw_of(observations: Observations, methodology: Methodology, agencies: Sequence[str]) -> tuple[Raw, pd.DataFrame]:
    """The observations laid out agencies × indicators, and the state of each cell."""
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
    value, low, high, without = (wide(name).astype(float) for name in ("value", "low", "high", "without"))
    left = value.where(state != State.DISPUTED, without)
    return Raw(value, low, high, applies, counts, left, reported), state


def best_known(
    spec: Spec, value: pd.DataFrame, applies: pd.DataFrame, reported: pd.DataFrame, cap: float
) -> dict[str, Array]:
    """Nothing but the scores at every node, from what `Raw` holds under these names; `cap` is the most that what only
    agencies report may weigh."""
    return _means(spec, value, applies, _counts(spec, applies, reported, cap))


def score(observations: Observations, methodology: Methodology, agencies: Sequence[str]) -> Scores:
    """Score agencies from their observations; agencies without any are rows with no score and coverage 0."""
    spec = spec_of(methodology)
    raw, state = raw_of(observations, methodology, agencies)
    return Scores(spec=spec, state=state, without=_without(spec, raw), raw=raw, **frames(spec, raw))


def _without(spec: Spec, raw: Raw) -> pd.DataFrame:
    """Scores with disputed items left out."""
    return pd.DataFrame(_means(spec, raw.without, raw.applies, raw.counts), index=raw.value.index)


def _means(spec: Spec, value: pd.DataFrame, applies: pd.DataFrame, counts: pd.DataFrame) -> dict[str, Array]:
    """Scores at every node, from raw values and from how much of each indicator's weight may count."""
    holds = {str(id): (applies[id] * counts[id]).to_numpy(float) for id in value.columns}
    return tree_means(spec.root, lambda leaf: normalise(value[leaf.id].to_numpy(float), leaf, spec), holds)
