"""Raw values to scores, a column of all agencies at a time. NaN stays NaN."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.method.spec import Leaf, Spec

Column = NDArray[np.floating[Any]]  # all agencies, or agencies × draws where goalposts are given


def by_goalposts(x: Column, leaf: Leaf, lowest: float, highest: float) -> Column:
    """Linear between fixed goalposts, clipped at them unless the leaf says not to (UNDP 2010).

    On a log scale logarithms come first; a value of 0 or less is then at the lower goalpost, or refused unclipped.
    """
    assert leaf.worst is not None and leaf.best is not None  # Spec refuses a leaf without goalposts
    worst, best = leaf.worst, leaf.best
    if leaf.scale == "log":
        x = _log(np.maximum(x, np.minimum(worst, best)) if leaf.clip else x, leaf)
        worst, best = np.log(worst), np.log(best)
    share = (x - worst) / (best - worst)
    return np.asarray(lowest + (highest - lowest) * (np.clip(share, 0.0, 1.0) if leaf.clip else share))


def by_minmax(x: Column, lowest: float, highest: float) -> Column:
    """Linear from the lowest to the highest value that occurs; where all are equal, the middle of the scale."""
    low, high = _range(x)
    share = (x - low) / (high - low) if high > low else np.where(np.isnan(x), np.nan, 0.5)
    return np.asarray(lowest + (highest - lowest) * share)


def by_zscore(x: Column, mean: float, deviation: float) -> Column:
    """Distance from the mean in sample standard deviations (n - 1); the mean where all are equal."""
    low, high = _range(x)
    if not high > low:  # the deviation of equal values need not be exactly 0 in floating point
        return np.where(np.isnan(x), np.nan, mean)
    return np.asarray(mean + deviation * (x - np.nanmean(x)) / np.nanstd(x, ddof=1))


def by_rank(x: Column) -> Column:
    """1 for the lowest value; ties share the lower rank, as in COINr (Becker et al. 2022)."""
    below = np.searchsorted(np.sort(x[~np.isnan(x)]), x)
    return np.where(np.isnan(x), np.nan, 1.0 + below)


def by_percentile(x: Column) -> Column:
    """Share of the others that are lower, 0 to 1; 0.5 for one alone."""
    count = int((~np.isnan(x)).sum())
    return (by_rank(x) - 1) / (count - 1) if count > 1 else np.where(np.isnan(x), np.nan, 0.5)


def normalise(x: Column, leaf: Leaf, spec: Spec) -> Column:
    """One indicator's raw values as scores, more being better."""
    how = spec.how(leaf)
    if how == "goalposts":
        return by_goalposts(x, leaf, spec.lowest, spec.highest)
    turned = (_log(x, leaf) if leaf.scale == "log" else x) * leaf.turn
    if how == "minmax":
        return by_minmax(turned, spec.lowest, spec.highest)
    if how == "zscore":
        return by_zscore(turned, spec.mean, spec.deviation)
    return by_rank(turned) if how == "rank" else by_percentile(turned)


def ends(scores: Column, leaf: Leaf, spec: Spec) -> tuple[float, float]:
    """Lowest and highest score an unobserved value could have.

    The scale's ends, wider where unclipped values lie beyond; for z-scores, which have no ends, the column's own.
    """
    low, high = _range(scores)
    how = spec.how(leaf)
    if how == "zscore":
        return low, high
    limits = {"rank": (1.0, float(max(len(scores), 1))), "percentile": (0.0, 1.0)}
    lowest, highest = limits.get(how, (spec.lowest, spec.highest))
    return float(np.fmin(low, lowest)), float(np.fmax(high, highest))


def _log(x: Column, leaf: Leaf) -> Column:
    if (x <= 0).any():
        raise ValueError(f"{leaf.id}: a log scale needs values above 0, found {np.nanmin(x):g}")
    return np.asarray(np.log(x))


def _range(x: Column) -> tuple[float, float]:
    seen = x[~np.isnan(x)]
    return (float(seen.min()), float(seen.max())) if len(seen) else (np.nan, np.nan)
