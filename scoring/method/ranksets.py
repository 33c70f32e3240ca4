"""Which positions the data allow: confidence sets for ranks, comparison intervals, and tiers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

Column = NDArray[np.floating[Any]]
Matrix = NDArray[np.floating[Any]]
Mask = NDArray[np.bool_]
PAIRS = 4096  # looked at together, to bound memory


@dataclass(frozen=True)
class RankSets:
    """The lowest and highest position (1 is best) that the confidence sets hold, by unit."""

    best: NDArray[np.int64]
    worst: NDArray[np.int64]


def normal_errors(covariance: ArrayLike, draws: int, seed: int) -> Matrix:
    """Draws of the estimation error, draws × units; `covariance` is a matrix, or standard errors if independent."""
    sigma = np.asarray(covariance, dtype=float)
    standard = np.random.default_rng(seed).standard_normal((draws, len(sigma)))
    if sigma.ndim == 1:
        return np.asarray(standard * sigma)
    values, vectors = np.linalg.eigh(sigma)
    return np.asarray(standard * np.sqrt(np.maximum(values, 0)) @ vectors.T)


def difference_deviations(errors: Matrix) -> Matrix:
    """Standard deviation of the difference of any two units' errors, units × units."""
    return _deviations(np.atleast_2d(np.cov(errors, rowvar=False)))


def _deviations(covariance: Matrix) -> Matrix:
    variance = np.diag(covariance)
    return np.sqrt(np.maximum(variance[:, None] + variance - 2 * covariance, 0))


def rank_sets(
    estimate: ArrayLike,
    errors: Matrix,
    confidence: float = 0.95,
    *,
    covariance: ArrayLike | None = None,
    simultaneous: bool = True,
    stepdown: bool = True,
) -> RankSets:
    """Confidence sets for ranks (Mogstad, Romano, Shaikh and Wilhelm 2024), simultaneous or one for each unit.

    `errors` are draws of the estimation error (draws × units): of a parametric bootstrap (`normal_errors`) or of a
    simulation. Unit j's set leaves out the places of those surely better and surely worse: pairs whose studentised
    difference exceeds what its largest value over all pairs asked about stays under with the given confidence; with
    `stepdown`, pairs already told apart leave and the rest are asked again.
    """
    x = np.asarray(estimate, dtype=float)
    centred = np.asarray(errors - np.mean(errors, axis=0), dtype=np.float32)
    if covariance is None:
        deviation = difference_deviations(errors)
    else:
        given = np.asarray(covariance, dtype=float)
        deviation = _deviations(np.diag(given**2) if given.ndim == 1 else given)
    everyone = ~np.eye(len(x), dtype=bool)
    if simultaneous:
        better = _told_apart(x, centred, deviation, everyone, confidence, stepdown)
        return RankSets(1 + better.sum(axis=0), len(x) - better.sum(axis=1))
    ends = np.empty((2, len(x)), dtype=int)
    for unit in range(len(x)):
        asked = np.zeros_like(everyone)
        asked[unit], asked[:, unit] = everyone[unit], everyone[:, unit]
        better = _told_apart(x, centred, deviation, asked, confidence, stepdown)
        ends[:, unit] = 1 + better[:, unit].sum(), len(x) - better[unit].sum()
    return RankSets(*ends)


def _told_apart(x: Column, errors: Matrix, deviation: Matrix, asked: Mask, confidence: float, stepdown: bool) -> Mask:
    """Pairs (i, j) among those asked about in which i is surely better than j."""
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = np.nan_to_num((x[:, None] - x) / deviation, nan=0.0)
    better, left = np.zeros_like(asked), asked
    while left.any():
        critical = np.quantile(_largest(errors, deviation, left), confidence)
        found = left & (statistic > critical)
        better, left = better | found, left & ~found
        if not stepdown or not found.any():
            break
    return better


def _largest(errors: Matrix, deviation: Matrix, pairs: Mask) -> Column:
    """The largest studentised difference of errors over the pairs, in every draw."""
    by_unit = np.ascontiguousarray(errors.T)
    first, second = np.nonzero(pairs & (deviation > 0))
    largest = np.zeros(len(errors), dtype=errors.dtype)
    for start in range(0, len(first), PAIRS):
        i, j = first[start : start + PAIRS], second[start : start + PAIRS]
        scaled = (by_unit[i] - by_unit[j]) / deviation[i, j, None].astype(errors.dtype)
        np.maximum(largest, scaled.max(axis=0), out=largest)
    return largest


def sets_from_intervals(estimate: ArrayLike, draws: Matrix, confidence: float = 0.95) -> RankSets:
    """Simultaneous rank sets for many units: joint intervals of all estimates, places left out where they don't overlap
    (Klein, Wright and Wieczorek 2020). Wider than `rank_sets`, but without looking at every pair. `draws` are units ×
    draws here, because there are many units."""
    x = np.asarray(estimate, dtype=float)
    deviation, largest = np.empty(len(x)), np.zeros(draws.shape[1], dtype=draws.dtype)
    for start in range(0, len(x), 256):
        rows = slice(start, start + 256)
        error = draws[rows] - draws[rows].mean(axis=1, keepdims=True)
        deviation[rows] = error.std(axis=1)
        scale = np.where(deviation[rows] > 0, deviation[rows], np.inf).astype(draws.dtype)
        np.maximum(largest, (np.abs(error) / scale[:, None]).max(axis=0), out=largest)
    half = float(np.quantile(largest, confidence)) * deviation
    surely_better = len(x) - np.searchsorted(np.sort(x - half), x + half, side="right")
    surely_worse = np.searchsorted(np.sort(x + half), x - half, side="left")
    return RankSets(1 + surely_better, len(x) - surely_worse)


def comparison_intervals(estimate: ArrayLike, deviations: ArrayLike, confidence: float = 0.95) -> tuple[Column, Column]:
    """Intervals drawn so that two units differ at the level, on average over pairs, when theirs do not overlap
    (Goldstein and Healy 1995; Goldstein and Spiegelhalter 1996). Of very many units, evenly spaced ones stand for the
    average."""
    x, s = np.asarray(estimate, dtype=float), np.asarray(deviations, dtype=float)
    few = np.sort(s)[:: 1 + len(s) // 1000]
    first, second = np.triu_indices(len(few), k=1)
    total = few[first] + few[second]
    ratio = np.hypot(few[first], few[second])[total > 0] / total[total > 0]
    half = float(ndtri(0.5 + confidence / 2)) * (float(ratio.mean()) if len(ratio) else 1.0) * s
    return x - half, x + half


def tiers(rank: ArrayLike, sets: RankSets) -> NDArray[np.int64]:
    """The tier of each unit, 1 the best. A tier holds its head and those that follow, until one is surely below as many
    as stand from the top down to the head; there the next begins. It never parts those that share a position.

    So the head of a tier can be told apart from the head of the one above, while neighbours across a border may not be
    (decisions/0011).
    """
    positions, of, counts = np.unique(np.asarray(rank), return_inverse=True, return_counts=True)
    highest = np.full(len(positions), np.iinfo(np.int64).max)
    np.minimum.at(highest, of, np.asarray(sets.best))
    down_to = np.cumsum(counts)  # how many stand from the top down to a position
    found, tier, held = np.empty(len(positions), dtype=np.int64), 0, 0
    for at, best in enumerate(highest):
        if not tier or best > held:
            tier, held = tier + 1, down_to[at]
        found[at] = tier
    return found[of]
