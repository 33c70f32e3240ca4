"""Whether an index hangs together: what its parts have in common, and what each of them does to the whole.

Scores are frames of agencies (rows) × indicators and nodes (columns), NaN where nothing was observed, as
`scoring.method.score.Scores.score` has them. Nothing here changes a score; it says what a maintainer should look at.
The practice is that of the Joint Research Centre and COINr (Becker et al., 2022), which follows the Handbook on
composite indicators (OECD and JRC, 2008).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scoring.method.spec import Leaf, Node, Spec

LEAST = 10  # agencies observed in common, below which nothing is said; our judgement
NEGATIVE, WEAK, REDUNDANT = -0.4, 0.3, 0.92  # correlations; COINr's defaults, from JRC audits (Becker et al., 2022)
RELIABLE = 0.7  # least Cronbach's alpha (Nunnally, Psychometric theory, 2nd ed., 1978)
FACTOR = 2.0  # between a part's share of importance and its weight; our judgement, the literature gives no threshold
GRID = 101  # most points at which a curve is fitted; between them it is straight
ROUNDING = 1e-12  # relative; what varies by no more does not vary

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Flag:
    """Something a maintainer can act on: `value` is what was found at `node`, `limit` what it went beyond.

    - `unobserved`: an indicator seen at fewer agencies than needed, or a node where fewer have all its children seen
      (so there is no alpha). `value` counts them; nothing can be said.
    - `negative`, `redundant`: two indicators of one dimension, `node` and `other`, correlate too little or too much.
    - `weak`: an indicator hardly correlates with its parent, `other`.
    - `stray`: an indicator correlates more with another dimension, `other`, than with its parent (`limit`). Only the
      dimension that it correlates with most is named, and only if it would not be weak there too.
    - `alpha`: the children of a node below the root do not measure one thing together.
    - `weight`: `value` is a part's share of importance within its parent, `other`, divided by its weight there.
    """

    code: str
    node: str
    other: str | None
    value: float
    limit: float


def correlations(values: pd.DataFrame, least: int = LEAST) -> pd.DataFrame:
    """Pearson correlations of every two columns, columns × columns, each on the rows that both have.

    NaN where these are fewer than `least`, or where one of the two does not vary on them.
    """
    return across(values, values, least)


def across(lower: pd.DataFrame, upper: pd.DataFrame, least: int = LEAST) -> pd.DataFrame:
    """Pearson correlations of the columns of `lower` (rows of the answer) with those of `upper` (its columns), whose
    rows are the same agencies: indicators with dimensions, for instance. NaN as in `correlations`.

    An indicator is itself a part of the nodes above it, which raises its correlation with them.
    """
    against = upper.reindex(lower.index).to_numpy(float)
    found = [_pearson(x, against, least) for x in lower.to_numpy(float).T]
    shape = (lower.shape[1], upper.shape[1])
    return pd.DataFrame(np.array(found).reshape(shape), index=lower.columns, columns=upper.columns)


def _pearson(x: Array, against: Array, least: int) -> Array:
    """Correlations of one column with each column of `against` (agencies × columns)."""
    both = ~np.isnan(x)[:, None] & ~np.isnan(against)
    count = both.sum(axis=0)
    x_off, x_varies = _deviations(np.where(both, x[:, None], 0.0), both, count)
    y_off, y_varies = _deviations(np.where(both, against, 0.0), both, count)
    with np.errstate(invalid="ignore", divide="ignore"):
        r = (x_off * y_off).sum(axis=0) / np.sqrt((x_off**2).sum(axis=0) * (y_off**2).sum(axis=0))
    return np.where((count >= least) & x_varies & y_varies, np.clip(r, -1.0, 1.0), np.nan)


def _deviations(x: Array, present: NDArray[np.bool_], count: NDArray[np.int_]) -> tuple[Array, NDArray[np.bool_]]:
    """Distances from each column's mean, 0 where absent, and whether the column varies by more than rounding."""
    off = np.where(present, x - x.sum(axis=0) / np.maximum(count, 1), 0.0)
    return off, np.abs(off).max(axis=0, initial=0.0) > ROUNDING * np.abs(x).max(axis=0, initial=0.0)


def cronbach_alpha(values: pd.DataFrame) -> float:
    """How far the columns measure one thing together: 1 is wholly, 0 not at all, and below 0 they oppose one another.

    Alpha of L. J. Cronbach (1951), k ÷ (k − 1) × (1 − sum of variances ÷ variance of the sum), from the sample
    covariance of the rows that are complete. NaN with fewer than two columns or three such rows, or where the sum
    does not vary.
    """
    whole = values.dropna().to_numpy(float)
    rows, columns = whole.shape
    if rows < 3 or columns < 2:
        return float("nan")
    covariance = np.cov(whole, rowvar=False)
    single, total = float(np.trace(covariance)), float(covariance.sum())
    return columns / (columns - 1) * (1 - single / total) if total > ROUNDING * single else float("nan")


def effective_weights(spec: Spec) -> dict[str, float]:
    """What each node and indicator weighs in the whole: the product of the weights from the root (1) down to it, each
    divided by the sum of its siblings' (Becker et al., 2022, COINr `get_eff_weights`).

    Weights, not importance (`importance`): an indicator that varies little matters less than it weighs.
    """
    found = {spec.root.id: 1.0}
    for node in _nodes(spec):
        total = sum(float(child.weight) for child in node.children)
        found |= {child.id: found[node.id] * float(child.weight) / total for child in node.children}
    return found


def importance(parts: pd.DataFrame, whole: pd.Series[float], least: int = LEAST) -> pd.Series[float]:
    """The main effect of each part on the whole: by how much of its variance the whole would vary less, on average,
    if the part were known; 0 to 1, by column of `parts`.

    Var(E[whole | part]) ÷ Var(whole), the correlation ratio of Paruolo, Saisana and Saltelli (2013), on the rows that
    both have; E by a local linear kernel regression (Fan, 1992). Parts that correlate share what they explain, so
    importances need not sum to 1. In small samples chance follows the curve too: with ten agencies a part that does
    nothing may well show 0.2. NaN where rows are fewer than `least`, or part or whole does not vary.
    """
    y = np.asarray(whole.reindex(parts.index), dtype=np.float64)
    known = importance_linear(parts, whole, least).notna()
    columns = zip(parts.to_numpy(np.float64).T, known, strict=True)
    return pd.Series([_ratio(x, y) if is_known else np.nan for x, is_known in columns], index=parts.columns)


def importance_linear(parts: pd.DataFrame, whole: pd.Series[float], least: int = LEAST) -> pd.Series[float]:
    """The same as `importance` with E[whole | part] a straight line, which makes it the squared correlation."""
    return across(parts, whole.to_frame("whole"), least)["whole"] ** 2


def _ratio(x: Array, y: Array) -> float:
    """The correlation ratio of y on x, both of which vary."""
    both = ~np.isnan(x) & ~np.isnan(y)
    x, y = x[both], y[both]
    x = (x - x.mean()) / x.std()
    explained = _local_linear(x, y - y.mean())
    return float(min(explained.var() / y.var(), 1.0))


def _local_linear(x: Array, y: Array) -> Array:
    """E[y | x] at each x (standardised): a line fitted around it with Gaussian weights, of which it gives the height.

    The bandwidth is 1.06 × n^(-1/5), the rule of thumb for the density of a normal x (Silverman, 1986).
    """
    at = _points(x)
    off = x - at[:, None]
    near = np.exp(-0.5 * (off / (1.06 * len(x) ** -0.2)) ** 2)
    s0, s1, s2 = near.sum(axis=1), (near * off).sum(axis=1), (near * off**2).sum(axis=1)
    t0, t1 = near @ y, (near * off) @ y
    spread = s0 * s2 - s1**2
    lone = spread <= ROUNDING * s0**2  # nothing near but itself: no slope
    heights = np.where(lone, t0 / s0, (s2 * t0 - s1 * t1) / np.where(lone, 1.0, spread))
    return np.asarray(np.interp(x, at, heights))


def _points(x: Array) -> Array:
    """Every value of x, or up to GRID of them that are close together where x is common and leave no wide gaps."""
    values = np.unique(x)
    if len(values) <= GRID:
        return values
    common = np.quantile(x, np.linspace(0, 1, GRID // 2), method="nearest")
    even = values[np.searchsorted(values, np.linspace(values[0], values[-1], GRID - GRID // 2))]
    return np.union1d(common, even)


def flags(spec: Spec, scores: pd.DataFrame, least: int = LEAST) -> tuple[Flag, ...]:
    """All that a maintainer should look at, in the order of the tree within each code (`Flag` says what codes mean).

    `scores` are agencies × every indicator and node of the tree. A dimension is a child of the root. What rests on
    fewer than `least` agencies is not flagged, except as `unobserved`.
    """
    return (
        *_unobserved(spec, scores, least),
        *_pairs(spec, scores, least),
        *_placed(spec, scores, least),
        *_alphas(spec, scores, least),
        *_weights(spec, scores, least),
    )


def _nodes(spec: Spec) -> Iterator[Node]:
    """The root and every node below it, parents first."""
    return (part for part in spec.root.parts() if isinstance(part, Node))


def _ids(node: Node) -> list[str]:
    return [child.id for child in node.children]


def _below(part: Leaf | Node) -> list[str]:
    """The indicators of a dimension, which may be one itself."""
    return [leaf.id for leaf in part.leaves()] if isinstance(part, Node) else [part.id]


def _groups(spec: Spec) -> list[Node]:
    """The nodes whose children should measure one thing together."""
    return [node for node in _nodes(spec) if node is not spec.root and len(node.children) > 1]


def _unobserved(spec: Spec, scores: pd.DataFrame, least: int) -> Iterator[Flag]:
    columns = {leaf.id: [leaf.id] for leaf in spec.root.leaves()} | {node.id: _ids(node) for node in _groups(spec)}
    for id, needed in columns.items():
        seen = int(scores[needed].notna().all(axis=1).sum())
        if seen < least:
            yield Flag("unobserved", id, None, float(seen), float(least))


def _pairs(spec: Spec, scores: pd.DataFrame, least: int) -> Iterator[Flag]:
    for dimension in spec.root.children:
        ids = _below(dimension)
        found = correlations(scores[ids], least).to_numpy(float)
        for i, j in combinations(range(len(ids)), 2):
            r = float(found[i, j])
            if r < NEGATIVE:
                yield Flag("negative", ids[i], ids[j], r, NEGATIVE)
            elif r > REDUNDANT:
                yield Flag("redundant", ids[i], ids[j], r, REDUNDANT)


def _placed(spec: Spec, scores: pd.DataFrame, least: int) -> Iterator[Flag]:
    """Whether each indicator belongs where it is."""
    parent = {child: node.id for node in _nodes(spec) for child in _ids(node)}
    for dimension in spec.root.children:
        others = [id for id in _ids(spec.root) if id != dimension.id]
        for id in _below(dimension):
            own, *rest = across(scores[[id]], scores[[parent[id], *others]], least).to_numpy(float)[0].tolist()
            if own < WEAK:
                yield Flag("weak", id, parent[id], own, WEAK)
            stray = [(r, other) for r, other in zip(rest, others, strict=True) if r >= WEAK and r > own + ROUNDING]
            if stray:
                most, other = max(stray)
                yield Flag("stray", id, other, most, own)


def _alphas(spec: Spec, scores: pd.DataFrame, least: int) -> Iterator[Flag]:
    for node in _groups(spec):
        complete = scores[_ids(node)].dropna()
        alpha = cronbach_alpha(complete)
        if len(complete) >= least and alpha < RELIABLE:
            yield Flag("alpha", node.id, None, alpha, RELIABLE)


def _weights(spec: Spec, scores: pd.DataFrame, least: int) -> Iterator[Flag]:
    """Parts whose importance is not known leave, and share their weight out among the others."""
    for node in _nodes(spec):
        found = importance(scores[_ids(node)], scores[node.id], least).to_numpy(float)
        weight = np.array([float(child.weight) for child in node.children])
        known = ~np.isnan(found)
        if not found[known].sum() > 0:
            continue
        ratios = (found / found[known].sum()) / (weight / weight[known].sum())
        for child, ratio in zip(node.children, ratios.tolist(), strict=True):
            if ratio > FACTOR or ratio < 1 / FACTOR:
                yield Flag("weight", child.id, node.id, ratio, FACTOR if ratio > FACTOR else 1 / FACTOR)
