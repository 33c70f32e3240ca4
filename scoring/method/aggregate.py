"""Weighted means over children, NaN shared out among the others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scoring.method.spec import Aggregation

Matrix = NDArray[np.float64]


def weighted_mean(x: Matrix, weights: Matrix, how: Aggregation) -> Matrix:
    """Weighted arithmetic, geometric or harmonic mean of each row (agencies × children).

    Children that are NaN or weigh nothing leave, their weight shared out among the rest in proportion; a row with
    none left is NaN. Geometric and harmonic means take values of at least 0 and are 0 where one is 0; callers refuse
    negative ones.
    """
    present = ~np.isnan(x) & (weights > 0)
    w = np.where(present, weights, 0.0)
    total = w.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        if how == "arithmetic":
            return np.asarray((np.where(present, x, 0.0) * w).sum(axis=1) / total)
        if how == "geometric":
            logs = np.where(present, np.log(np.where(present, x, 1.0)), 0.0)
            return np.asarray(np.exp((logs * w).sum(axis=1) / total))
        parts = np.where(present, w / np.where(present, x, 1.0), 0.0)
        return np.asarray(total / parts.sum(axis=1))
