"""Why a score is what it is: what each indicator adds to it, and which changes would raise it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from scoring.method.aggregate import Array, tree_means
from scoring.method.normalise import normalise
from scoring.method.spec import Aggregation, Leaf, Node, Spec

CANCELS = 1e-6  # of their size: logarithms on both sides of 0 that leave less say nothing about shares
STEP = 0.1  # of the way between goalposts: the smallest change worth asking for where there are no levels
MOST_STEPS = 40  # a path to the next tier that needs more is none


def contributions(spec: Spec, leaf_scores: Mapping[str, Array], holds: Mapping[str, Array]) -> dict[str, Array]:
    """Points that each indicator adds to the score of the tree's root; they sum to it. 0 where nothing was observed.

    A child's share of its parent is its share of the weighted sum at an arithmetic step, of the weighted sum of
    logarithms at a geometric one, and of the weighted sum of inverses at a harmonic one; equal to its weight where that
    sum is 0 or hardly differs from it. Shares multiply on the way down.
    """
    means = tree_means(spec.root, lambda leaf: leaf_scores[leaf.id], holds)
    shares: dict[str, Array] = {}
    _share_out(spec.root, np.ones_like(means[spec.root.id]), means, holds, shares)
    return {id: np.nan_to_num(means[spec.root.id] * share) for id, share in shares.items()}


def _share_out(
    part: Leaf | Node, share: Array, means: Mapping[str, Array], holds: Mapping[str, Array], shares: dict[str, Array]
) -> None:
    if isinstance(part, Leaf):
        shares[part.id] = share
        return
    x = np.column_stack([means[child.id] for child in part.children])
    held = [holds[c.id] if isinstance(c, Leaf) else np.ones(len(x)) for c in part.children]
    weights = np.column_stack([float(c.weight) * h for c, h in zip(part.children, held, strict=True)])
    weights = np.where(np.isnan(x), 0.0, weights)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(weights > 0, weights * _term(x, part.aggregation), 0.0)
        whole = terms.sum(axis=1, keepdims=True)
        clear = np.isfinite(whole) & (np.abs(whole) > CANCELS * np.abs(terms).sum(axis=1, keepdims=True))
        part_of = np.where(clear, terms / whole, weights / weights.sum(axis=1)[:, None])
    for at, child in enumerate(part.children):
        _share_out(child, share * part_of[:, at], means, holds, shares)


def _term(x: Array, how: Aggregation) -> Array:
    if how == "arithmetic":
        return x
    return np.asarray(np.log(x) if how == "geometric" else 1 / x)


def stepped(x: Array, leaf: Leaf, levels: bool) -> Array:
    """Raw values one step nearer to the best, where they stay: a whole level of a document, else a tenth of the way
    between the goalposts (between their logarithms, on a log scale)."""
    if leaf.worst is None or leaf.best is None:
        raise ValueError(f"{leaf.id}: steps need goalposts")
    worst, best = float(leaf.worst), float(leaf.best)
    if levels:
        return np.asarray(np.minimum(x + 1, best) if best > worst else np.maximum(x - 1, best))
    inside = np.clip(x, min(worst, best), max(worst, best))
    if leaf.scale == "log":
        worst, best, inside = np.log(worst), np.log(best), np.log(inside)
    moved = worst + np.minimum((inside - worst) / (best - worst) + STEP, 1.0) * (best - worst)
    return np.asarray(np.exp(moved) if leaf.scale == "log" else moved)


@dataclass(frozen=True)
class Changes:
    """What would raise the scores at a node: `steps` are the indicators' own scores after one step, `single` the node's
    score after one step of each indicator alone (both agencies × indicators), `path` by agency how many steps of each
    indicator reach `target`, fewest first found by taking the largest gain each time (empty where it can't be reached),
    `after` the score then."""

    steps: pd.DataFrame
    single: pd.DataFrame
    path: Mapping[str, Mapping[str, int]]
    after: pd.Series[float]


def changes(
    spec: Spec, raw: pd.DataFrame, holds: Mapping[str, Array], levels: frozenset[str], target: pd.Series[float]
) -> Changes:
    """Single steps and paths for every agency of `raw` (agencies × indicators); `levels` are the indicators whose steps
    are whole levels, `target` the score each wants to reach (NaN: none)."""
    leaves = list(spec.root.leaves())
    now = {leaf.id: raw[leaf.id].to_numpy(float).copy() for leaf in leaves}
    one = {leaf.id: normalise(stepped(now[leaf.id], leaf, leaf.id in levels), leaf, spec) for leaf in leaves}
    steps = pd.DataFrame(one, index=raw.index)
    single = pd.DataFrame(_one_step_each(spec, now, holds, levels), index=raw.index)
    wanted = target.to_numpy(float)
    taken = {leaf.id: np.zeros(len(raw), dtype=int) for leaf in leaves}
    for _ in range(MOST_STEPS):
        score = _score(spec, now, holds)
        short = score < wanted
        if not short.any():
            break
        after = np.column_stack(list(_one_step_each(spec, now, holds, levels).values()))
        best = np.nan_to_num(after, nan=-np.inf).argmax(axis=1)
        gains = short & (after[np.arange(len(best)), best] > score + 1e-9)
        if not gains.any():
            break
        for at, leaf in enumerate(leaves):
            chosen = gains & (best == at)
            now[leaf.id] = np.where(chosen, stepped(now[leaf.id], leaf, leaf.id in levels), now[leaf.id])
            taken[leaf.id] += chosen
    reached = _score(spec, now, holds)
    path = {
        str(agency): {id: int(count[at]) for id, count in taken.items() if count[at]}
        if reached[at] >= wanted[at] else {}
        for at, agency in enumerate(raw.index)
    }  # fmt: skip
    return Changes(steps, single, path, pd.Series(reached, index=raw.index))


def _score(spec: Spec, raw: Mapping[str, Array], holds: Mapping[str, Array]) -> Array:
    return tree_means(spec.root, lambda leaf: normalise(raw[leaf.id], leaf, spec), holds)[spec.root.id]


def _one_step_each(
    spec: Spec, raw: Mapping[str, Array], holds: Mapping[str, Array], levels: frozenset[str]
) -> dict[str, Array]:
    """The root's score after one step of each indicator alone; NaN where it was not observed, so has no next step."""
    found = {}
    for leaf in spec.root.leaves():
        x = raw[leaf.id]
        after = _score(spec, {**raw, leaf.id: stepped(x, leaf, leaf.id in levels)}, holds)
        found[leaf.id] = np.where(np.isnan(x), np.nan, after)
    return found
