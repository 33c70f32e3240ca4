"""From draws to what is published of them: intervals of scores and ranks, and probabilities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scoring.method.simulate import Draws

CHUNK = 32  # rows or draws at a time, to bound memory
BLOCK = 512  # units whose draws are turned together
Ranks = NDArray[np.unsignedinteger[Any]]


def chunks(count: int) -> Iterator[slice]:
    return (slice(start, start + CHUNK) for start in range(0, count, CHUNK))


def row_quantiles(x: NDArray[Any], levels: Sequence[float]) -> NDArray[np.float64]:
    """Quantiles of each row, rows × levels, linear between order statistics (Hyndman and Fan 1996, type 7)."""
    found = np.empty((len(x), len(levels)))
    at = np.asarray(levels) * (x.shape[1] - 1)
    below = np.floor(at).astype(int)
    above = np.minimum(below + 1, x.shape[1] - 1)
    for rows in chunks(len(x)):
        ordered = np.sort(x[rows], axis=1)
        found[rows] = ordered[:, below] + (at - below) * (ordered[:, above].astype(float) - ordered[:, below])
    return found


def row_deviations(x: NDArray[Any]) -> NDArray[np.float64]:
    """Standard deviation of each row."""
    return np.concatenate([x[rows].std(axis=1, dtype=float) for rows in chunks(len(x))] or [np.empty(0)])


def rank_draws(draws: Draws, threads: int = 2) -> Ranks:
    """Positions in every draw, units × draws: 1 for the highest, ties share the best."""
    alone = np.zeros(len(draws), dtype=np.intp)
    return peer_draws(draws, alone, threads)[0]


def peer_draws(draws: Draws, groups: NDArray[np.intp], threads: int = 2) -> tuple[Ranks, NDArray[np.float64]]:
    """Positions within the unit's group in every draw (units × draws), and the share of draws in which it is above the
    group's median. `groups` are numbers from 0; scores must not be negative.

    Group, score and owner are packed into one integer each, because sorting those is many times faster than sorting
    indices. Floating-point numbers from 0 up sort like the integers of their bits.
    """
    units, bits = len(draws), np.uint64(max(1, (len(draws) - 1).bit_length()))
    sizes = np.bincount(groups)
    start = np.cumsum(sizes) - sizes
    middle = np.minimum(start + sizes // 2, max(units - 1, 0))  # a number that no unit has is in the way of none
    ranks = np.empty(draws.shape, dtype=np.uint16 if units < 2**16 else np.uint32)
    place = (np.arange(1, units + 1) - start[np.sort(groups)]).astype(ranks.dtype)
    owners = (groups.astype(np.uint64) << (np.uint64(32) + bits)) | np.arange(units, dtype=np.uint64)

    def some(chosen: slice) -> NDArray[np.int64]:
        value = (~_by_draw(draws, chosen).view(np.uint32)).astype(np.uint64) << bits
        value |= owners
        value.sort(axis=1)
        shown = place.take(_heads(value >> bits))
        found = np.empty_like(shown)
        owner = (value & ((np.uint64(1) << bits) - np.uint64(1))).view(np.int64)
        for row, of, rank in zip(found, owner, shown, strict=True):
            row[of] = rank
        ranks[:, chosen] = found.T
        return np.asarray(np.count_nonzero(found < shown[:, middle][:, groups], axis=0))

    with ThreadPoolExecutor(threads) as pool:
        above = sum(pool.map(some, chunks(draws.shape[1])), np.zeros(units))
    return ranks, np.asarray(above) / draws.shape[1]


def _by_draw(draws: Draws, chosen: slice) -> Draws:
    """Some draws, draws × units; turned in blocks that the processor's cache holds."""
    turned = np.empty((len(range(draws.shape[1])[chosen]), len(draws)), dtype=np.float32)
    for start in range(0, len(draws), BLOCK):
        turned[:, start : start + BLOCK] = draws[start : start + BLOCK, chosen].T
    return turned


def _heads(ordered: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """Of each cell, the first cell of its row with the same value; the rows are in order."""
    heads = np.zeros(ordered.shape, dtype=np.uint32)
    first = ordered[:, 1:] != ordered[:, :-1]
    np.multiply(first, np.arange(1, ordered.shape[1], dtype=np.uint32), out=heads[:, 1:])
    return np.asarray(np.maximum.accumulate(heads, axis=1, out=heads))


def score_intervals(draws: Draws, score: NDArray[np.float64], share: float) -> pd.DataFrame:
    """`median`, `low` and `high` of scores: the middle `share` of the draws, which always holds the published score."""
    ends = ((1 - share) / 2, (1 + share) / 2)
    low, median, high = row_quantiles(draws, (ends[0], 0.5, ends[1])).T
    return pd.DataFrame({"median": median, "low": np.fmin(low, score), "high": np.fmax(high, score)})


def rank_intervals(ranks: Ranks, rank: NDArray[np.int64], share: float, top: int = 10) -> pd.DataFrame:
    """`rank_median`, `rank_low`, `rank_high` (whole positions, holding the published one) and `top`: the share of draws
    among the first ten."""
    low, median, high = row_quantiles(ranks, ((1 - share) / 2, 0.5, (1 + share) / 2)).T
    return pd.DataFrame(
        {
            "rank_median": median,
            "rank_low": np.minimum(np.floor(low), rank).astype(int),
            "rank_high": np.maximum(np.ceil(high), rank).astype(int),
            "top": (ranks <= top).mean(axis=1),
        }
    )
