"""Times to an answer, some of which never came while anybody watched."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

Column = NDArray[np.floating[Any]]


def kaplan_meier(
    hours: ArrayLike, answered: ArrayLike, cases: ArrayLike | None = None
) -> tuple[Column, Column, Column, Column]:
    """The share of enquiries still unanswered after each time at which any was answered (Kaplan and Meier 1958).

    `hours` until the answer, or until watching ended where `answered` is false. Gives the times, the share unanswered
    from each on, how many were answered then, and how many were still watched just before. `cases` says how many each
    entry stands for (one, unless given).
    """
    t, came = np.asarray(hours, dtype=float), np.asarray(answered, dtype=bool)
    weight = np.ones(len(t)) if cases is None else np.asarray(cases, dtype=float)
    times, which = np.unique(t[came], return_inverse=True)
    count = np.bincount(which, weight[came], minlength=len(times)).astype(float)
    order = np.argsort(t, kind="stable")
    before = np.concatenate([[0.0], np.cumsum(weight[order])])
    watched = weight.sum() - before[np.searchsorted(t[order], times, side="left")]
    return times, np.cumprod(1 - count / watched), count, watched


def restricted_mean(hours: ArrayLike, window: float, answered: ArrayLike | None = None) -> tuple[float, float]:
    """Mean time to an answer, one that takes longer than the window counting as the window (Royston and Parmar 2013),
    and the list size it is worth as a share of the window: as many yes-or-no answers as would have its sampling error.

    Without `answered`, whoever was not answered was watched to the end of the window. The error is Greenwood's
    (Klein and Moeschberger 2003, 4.5), enlarged for small samples.
    """
    t = np.asarray(hours, dtype=float)
    came = (np.isfinite(t) if answered is None else np.asarray(answered, dtype=bool)) & (t < window)
    times, unanswered, count, watched = kaplan_meier(np.minimum(t, window), came)
    steps = np.concatenate([[1.0], unanswered])
    areas = steps * np.diff(np.concatenate([[0.0], times, [window]]))
    mean = float(areas.sum())
    after = np.cumsum(areas[::-1])[::-1][1:]  # the area right of each time of an answer
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.nan_to_num(after**2 * count / (watched * (watched - count)), posinf=0.0)
    n, share = len(t), mean / window
    variance = float(terms.sum()) / window**2 * (n / max(n - 1, 1)) ** 2
    size = share * (1 - share) / variance - 1 if variance > 0 else float(n)
    return mean, max(size, 1.0)


def answered_by(hours: ArrayLike, answered: ArrayLike, at: float, level: float) -> tuple[float, float, float]:
    """The share answered by a time, with its interval at a level (0 to 1): Greenwood's error on the scale of log −log,
    so that the interval stays between 0 and 1 (Kalbfleisch and Prentice 2002, 1.4)."""
    times, unanswered, count, watched = kaplan_meier(hours, answered)
    last = int(np.searchsorted(times, at, side="right")) - 1
    if last < 0:
        return 0.0, 0.0, 0.0
    share = float(unanswered[last])
    low, high = _greenwood(unanswered, count, watched, level)
    return 1 - share, 1 - float(high[last]), 1 - float(low[last])


def median_time(
    hours: ArrayLike, answered: ArrayLike, level: float, cases: ArrayLike | None = None
) -> tuple[float, float, float]:
    """The time by which half were answered, with its interval: where the curve's own interval crosses one half
    (Brookmeyer and Crowley 1982). Infinite where fewer were."""
    times, unanswered, count, watched = kaplan_meier(hours, answered, cases)
    low, high = _greenwood(unanswered, count, watched, level)

    def crossing(curve: Column) -> float:
        below = np.flatnonzero(curve <= 0.5)
        return float(times[below[0]]) if len(below) else float("inf")

    return crossing(unanswered), crossing(low), crossing(high)


def _greenwood(unanswered: Column, count: Column, watched: Column, level: float) -> tuple[Column, Column]:
    """Both ends of the interval of a curve of shares still unanswered."""
    z = float(ndtri(0.5 + level / 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(np.cumsum(count / (watched * (watched - count)))) / np.log(unanswered)
        ends = [np.exp(-np.exp(np.log(-np.log(unanswered)) + s * z * spread)) for s in (-1, 1)]
    low, high = np.minimum(*ends), np.maximum(*ends)
    return np.where(unanswered <= 0, 0.0, low), np.where(unanswered <= 0, 0.0, high)
