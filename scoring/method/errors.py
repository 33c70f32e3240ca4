"""The error of scores by the delta method: quick enough to follow a slider, where the simulation is not.

What a reader's browser computes for weights of their own, defined here and tested against the simulation. Only the
evidence's error is in it: the weights are the reader's choice.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from scoring.method.aggregate import Array, Choice, own
from scoring.method.normalise import normalise
from scoring.method.simulate import Uncertain
from scoring.method.spec import Leaf, Node

LEVELS = (np.arange(32) + 0.5) / 32  # equally likely quantiles of each end
BETWEEN = (np.arange(8) + 0.5) / 8  # and places between the ends of a range


def score_errors(index: Uncertain) -> dict[str, Array]:
    """By indicator: the standard deviation of each agency's score, in points, from its evidence alone; NaN where
    nothing was observed."""
    found = {}
    for leaf in index.spec.root.leaves():
        low, high = index.spreads[leaf.id].quantiles(LEVELS)
        drawn = np.concatenate([low + share * (high - low) for share in BETWEEN], axis=1)
        found[leaf.id] = normalise(drawn, leaf, index.spec).std(axis=1)
    return found


def carried_errors(
    part: Leaf | Node, means: Mapping[str, Array], errors: Mapping[str, Array], holds: Mapping[str, Array],
    how: Choice = own,
) -> dict[str, Array]:  # fmt: skip
    """The standard error of `means` (as of `tree_means`) of `part` and everything beneath it, from those of its
    indicators, taken as independent.

    To first order the variance of a weighted mean is the sum of its children's, each by the square of its slope: its
    share of the weight, times mean ÷ child at a geometric mean and (mean ÷ child)² at a harmonic one (delta method;
    Oehlert 1992). NaN where there is no mean.
    """
    if isinstance(part, Leaf):
        return {part.id: errors[part.id]}
    found: dict[str, Array] = {}
    mean, power = means[part.id], {"arithmetic": 0, "geometric": 1, "harmonic": 2}[how(part)]
    weight, variance = np.zeros_like(mean), np.zeros_like(mean)
    for child in part.children:
        found |= carried_errors(child, means, errors, holds, how)
        own_weight = child.weight * holds[child.id] if isinstance(child, Leaf) else np.full_like(mean, child.weight)
        counts = ~np.isnan(means[child.id]) & (own_weight > 0)
        weight += np.where(counts, own_weight, 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            slope = own_weight * (mean / means[child.id]) ** power
        variance += np.where(counts, (slope * found[child.id]) ** 2, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return {part.id: np.where(weight > 0, np.sqrt(variance) / weight, np.nan)} | found
