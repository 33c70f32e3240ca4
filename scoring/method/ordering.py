"""Ways of ordering units other than a weighted mean: how much does an order owe to the mean itself?

Throughout, `x` is units × children, more being better, NaN where not observed; `weights` are of the children, of any
sum. A child that is NaN or weighs nothing leaves, never counting as 0. Results are per unit, higher is better, NaN
where nothing is observed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import block_diag

from scoring.method.aggregate import Array

CELLS = 2_000_000  # pairs of units held at once
TOGETHER = 200  # units whose linear programmes are solved in one
MOST = 1e12  # times a unit's own value, beyond which another's is no longer told apart
NOISE = 1e-12  # shares of weight that differ by less are equal: the rest is noise of floating point


def copeland(x: Array, weights: Array) -> Array:
    """Pairs of units won less pairs lost, from 1 − units to units − 1 (Munda and Nardo, 2009; as `copeland` of COINr,
    Becker et al., 2022).

    A unit wins a pair where more than half the weight of the children observed in both speaks for it, an equal child
    giving half its weight to each. A pair without such a child is neither won nor lost, so units seen in little stay
    near 0.
    """
    held, share = _held(x, weights), _shares(weights)
    count = len(held)
    found = np.full(count, np.nan)
    step = max(1, CELLS // max(1, count))
    for start in range(0, count, step):
        found[start : start + step] = np.sign(_leads(held[start : start + step], held, share)).sum(axis=1)
    return np.where(np.isnan(held).all(axis=1), np.nan, found)


def _leads(some: Array, held: Array, share: Array) -> Array:
    """Weight for each of `some` less weight against it, some × units: above 0 just where the outranking matrix,
    which divides by the weight observed in both, is above one half."""
    lead = np.zeros((len(some), len(held)))
    for own, other, weight in zip(some.T, held.T, share, strict=True):
        lead += weight * (own[:, None] > other)
        lead -= weight * (own[:, None] < other)
    return np.where(np.abs(lead) > NOISE, lead, 0.0)


def benefit_of_doubt(x: Array, weights: Array, freedom: float = 0.5) -> Array:
    """Each unit by the weights that favour it most, 1 being the best that any unit does under them, down to 0
    (Cherchye, Moesen, Rogge and Van Puyenbroeck, 2007).

    A child's part of the unit's own sum stays between 1 − `freedom` and 1 + `freedom` times its weight among the
    children observed in that unit: at 0 the parts are fixed, at 1 a child may be left out. So below 1 a unit that has
    0 in some child is 0, and it may be that nobody reaches 1, each being judged by its own mix. What a child is
    measured in does not matter, but 0 must mean nothing of it; raises ValueError for values below 0.

    A unit is compared with every other in the children that it has. Where the other is not observed in one of them,
    both are taken to be equal there, so it speaks for neither. That is lenient: a gap in the others never lowers a
    unit, and in a child that nobody else has it meets no rival. One small linear programme a unit.
    """
    held, share = _held(x, weights), _shares(weights)
    if not 0 <= freedom <= 1:
        raise ValueError(f"freedom must be from 0 to 1, found {freedom}")
    _no_negative(held)
    rivals = _undominated(held)
    asked = [_programme(own, rivals, share, freedom) for own in held]
    solved = iter(_least_greatest([one for one in asked if isinstance(one, _Programme)]))
    return np.array([min(1.0, 1 / next(solved)) if isinstance(one, _Programme) else one for one in asked], dtype=float)


@dataclass(frozen=True)
class _Programme:
    """One unit's question: with parts p of its own sum, from `low` to `high`, another's sum is Σ p · (other ÷ own) of
    it; for which p is the greatest such sum least? `ratio` is others × children."""

    ratio: Array
    low: Array
    high: Array


def _programme(own: Array, rivals: Array, share: Array, freedom: float) -> _Programme | float:
    """What one unit's benefit of the doubt is found by, or itself where there is nothing to find."""
    seen = ~np.isnan(own)
    if not seen.any():
        return float("nan")
    part = share[seen] / share[seen].sum()
    low, high = (1 - freedom) * part, np.where(own[seen] > 0, (1 + freedom) * part, 0.0)
    if (low > high).any() or high.sum() < 1 - NOISE:
        return 0.0  # a child at 0 cannot be the part of the sum that it must be
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ratio = np.where(own[seen] > 0, rivals[:, seen] / own[seen], 0.0)
    ratio = np.where(np.isnan(ratio), 1.0, np.minimum(ratio, MOST))
    ratio = ratio[(ratio > 1).any(axis=1)]
    return _Programme(ratio, low, high) if len(ratio) else 1.0


def _undominated(held: Array) -> Array:
    """The units that no other, observed in the same children, equals or beats in all of them: whoever is beaten so has
    the greatest sum under no weights, so that of thousands of units a few dozen are left to compare with."""
    left = []
    for pattern in np.unique(np.isnan(held), axis=0):
        alike = held[(np.isnan(held) == pattern).all(axis=1)]
        values = np.unique(alike[:, ~pattern], axis=0)
        values = values[np.argsort(-values.sum(axis=1), kind="stable")]
        while len(values):
            best, values = values[0], values[1:]
            values = values[(values > best).any(axis=1)]
            left.append(np.full(len(pattern), np.nan))
            left[-1][~pattern] = best
    return np.array(left).reshape(-1, held.shape[1])


def _least_greatest(asked: Sequence[_Programme]) -> Iterator[float]:
    """The least that the greatest of Σ p · ratio can be, for p of sum 1; at least 1, which is the unit itself. Many
    units at once: what a programme costs by itself is mostly getting it under way."""
    for start in range(0, len(asked), TOGETHER):
        some = asked[start : start + TOGETHER]
        solved = linprog(
            np.concatenate([np.append(np.zeros(len(one.low)), 1.0) for one in some]),
            A_ub=block_diag([np.column_stack([one.ratio, -np.ones(len(one.ratio))]) for one in some], format="csc"),
            b_ub=np.zeros(sum(len(one.ratio) for one in some)),
            A_eq=block_diag([np.append(np.ones(len(one.low)), 0.0)[None, :] for one in some], format="csc"),
            b_eq=np.ones(len(some)),
            bounds=np.concatenate(
                [np.column_stack([np.append(one.low, 1.0), np.append(one.high, np.inf)]) for one in some]
            ),
            method="highs",
        )
        if not solved.success:
            raise RuntimeError(f"benefit of the doubt: {solved.message}")
        yield from solved.x[np.cumsum([len(one.low) + 1 for one in some]) - 1].tolist()


def mazziotta_pareto(x: Array, weights: Array | None = None) -> Array:
    """The mean less a penalty for being uneven: mean − sd · cv, the adjusted index with a negative penalty (Mazziotta
    and Pareto, 2016).

    `x` is on a common scale already; sd is across the unit's observed children, over their number or weights, and
    cv = sd ÷ mean. Raises ValueError for values below 0. A child far above the others (beyond one and a half times the
    mean) can lower a unit by rising further.
    """
    weights = np.ones(x.shape[1]) if weights is None else weights
    held = _held(x, weights)
    _no_negative(held)
    weight = np.where(np.isnan(held), 0.0, _shares(weights))
    with np.errstate(invalid="ignore"):
        weight = weight / weight.sum(axis=1, keepdims=True)
        filled = np.nan_to_num(held)
        mean = (weight * filled).sum(axis=1)
        variance = (weight * (filled - mean[:, None]) ** 2).sum(axis=1)
        return np.asarray(mean - np.where(variance > 0, variance / mean, 0.0))


def _held(x: Array, weights: Array) -> Array:
    """The children that count, units × children: NaN where not observed or weighing nothing."""
    if x.ndim != 2 or weights.shape != x.shape[1:]:
        raise ValueError(
            f"needs one weight for each child, found {weights.shape} weights for units × children {x.shape}"
        )
    return np.where(weights > 0, x, np.nan)


def _shares(weights: Array) -> NDArray[np.floating[Any]]:
    """Weights of sum 1."""
    if not (np.isfinite(weights) & (weights >= 0)).all() or not weights.any():
        raise ValueError(f"weights must be at least 0 and not all 0, found {weights}")
    return np.asarray(weights / weights.sum())


def _no_negative(held: Array) -> None:
    if (held < 0).any():
        raise ValueError(f"needs values of at least 0, found {np.nanmin(held):g}")
