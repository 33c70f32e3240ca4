"""From draws to what is published of them: intervals of scores and ranks, and probabilities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scoring.method.simulate import Draws

CHUNK = 256
Ranks = NDArray[np.unsignedinteger[Any]]


def _chunks(count: int) -> Iterator[slice]:
    return (slice(start, start + CHUNK) for start in range(0, count, CHUNK))


def row_quantiles(x: NDArray[Any], levels: Sequence[float]) -> NDArray[np.float64]:
    """Quantiles of each row, rows × levels, linear between order statistics (Hyndman and Fan 1996, type 7)."""
    found = np.empty((len(x), len(levels)))
    at = np.asarray(levels) * (x.shape[1] - 1)
    below = np.floor(at).astype(int)
    above = np.minimum(below + 1, x.shape[1] - 1)
    for rows in _chunks(len(x)):
        ordered = np.sort(x[rows], axis=1)
        found[rows] = ordered[:, below] + (at - below) * (ordered[:, above].astype(float) - ordered[:, below])
    return found


def rank_draws(draws: Draws) -> Ranks:
    """Positions in every draw, units × draws: 1 for the highest, ties share the best.

    A draw's scores and their owners are packed into one integer each, because sorting those is many times faster than
    sorting indices. Positive floating-point numbers sort like the integers of their bits.
    """
    units, count = draws.shape
    ranks = np.empty((units, count), dtype=np.uint16 if units < 2**16 else np.uint32)
    owners = np.arange(units, dtype=np.uint64)
    places = np.arange(1, units + 1, dtype=ranks.dtype)
    for chosen in _chunks(count):
        bits = np.ascontiguousarray(draws[:, chosen].T).view(np.uint32)
        packed = np.sort(((~bits).astype(np.uint64) << np.uint64(32)) | owners, axis=1)
        value, owner = packed >> np.uint64(32), (packed & np.uint64(0xFFFFFFFF)).astype(np.intp)
        first = np.where(np.diff(value, axis=1, prepend=value[:, :1] + np.uint64(1)) != 0, places, 0)
        shared = np.maximum.accumulate(first, axis=1).astype(ranks.dtype)
        ordered = np.empty_like(shared)
        np.put_along_axis(ordered, owner, shared, axis=1)
        ranks[:, chosen] = ordered.T
    return ranks


def score_intervals(draws: Draws, score: NDArray[np.float64], share: float) -> pd.DataFrame:
    """`median`, `low` and `high` of scores: the middle `share` of the draws, which always holds the published score."""
    ends = ((1 - share) / 2, (1 + share) / 2)
    low, median, high = row_quantiles(draws, (ends[0], 0.5, ends[1])).T
    return pd.DataFrame({"median": median, "low": np.fmin(low, score), "high": np.fmax(high, score)})


def rank_intervals(draws: Draws, rank: NDArray[np.int64], share: float, top: int = 10) -> pd.DataFrame:
    """`rank_median`, `rank_low`, `rank_high` (whole positions, holding the published one) and `top`: the share of draws
    among the first ten."""
    ranks = rank_draws(draws)
    low, median, high = row_quantiles(ranks, ((1 - share) / 2, 0.5, (1 + share) / 2)).T
    return pd.DataFrame(
        {
            "rank_median": median,
            "rank_low": np.minimum(np.floor(low), rank).astype(int),
            "rank_high": np.maximum(np.ceil(high), rank).astype(int),
            "top": (ranks <= top).mean(axis=1),
        }
    )


def above_median(draws: Draws, groups: Sequence[object]) -> NDArray[np.float64]:
    """Share of draws in which each unit is above the median of its group; NaN where it is alone."""
    found = np.full(len(draws), np.nan)
    for rows in pd.Series(np.arange(len(draws))).groupby(np.asarray(groups, dtype=object)).groups.values():
        if len(rows) > 1:
            members = draws[np.asarray(rows)]
            found[np.asarray(rows)] = (members > np.median(members, axis=0)).mean(axis=1)
    return found
