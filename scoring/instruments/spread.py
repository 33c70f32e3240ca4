"""How sure an observation is: the error that its evidence carries, from its kind, size, strength and age.

Every reading is taken as a share of a list that was read: of enquiries, posts, or the elements of a document. Strength
and age shrink the list that it counts for (n · 2^(−age / half-life) / factor²); a list that was read whole has no
sampling error, so only what it shrank by is uncertain (finite-population correction, Cochran 1977). The share then has
Jeffreys' beta distribution (Jeffreys 1946; Brown, Cai and DasGupta 2001), a rate the gamma one. So old or second-hand
evidence widens an interval; the published score stays where it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, gammaincinv, ndtr, ndtri

from scoring.model import Indicator, Rules

Column = NDArray[np.floating[Any]]
DOCUMENTS = frozenset({"graded", "quantity", "duration_promise"})
NATURAL = {"share": (0.0, 1.0), "minus1_to_1": (-1.0, 1.0)}  # ends of a scale by its unit
KNOTS = np.linspace(-2.9, 2.9, 16)  # normal scores of the quantiles that are kept; those between are a spline
ANGLES = np.linspace(0, np.pi / 2, 33)  # arcsine of the square root of shares, where their spread is even
SIZES = np.geomspace(0.05, 1e5, 64)


@dataclass(frozen=True)
class Spread:
    """The distribution of one indicator's raw values, by agency; NaN where nothing was observed.

    A value lies evenly between two ends, `low` and `high` (equal unless a document was read in part), each of which
    has an error: a beta distribution of `size` on the scale from `floor` to `ceiling` (logarithmic where `log`), or,
    for a rate whose events were `counted`, a gamma one. An infinite size has no error.
    """

    low: Column
    high: Column
    size: Column
    floor: Column
    ceiling: Column
    counted: NDArray[np.bool_]
    log: bool = False

    @property
    def ranged(self) -> bool:
        """Whether any agency's value is a range."""
        return bool((self.high > self.low).any())

    def quantiles(self, levels: ArrayLike) -> tuple[Column, Column]:
        """Raw values of both ends at the given levels (0 to 1), agencies × levels."""
        at = np.asarray(levels, dtype=float)
        low = self._ends(self.low, at)
        return low, low if not self.ranged else self._ends(self.high, at)

    def rows(self, chosen: slice | NDArray[np.integer[Any]]) -> Spread:
        """The same for some agencies."""
        names = ("low", "high", "size", "floor", "ceiling", "counted")
        return Spread(**{name: getattr(self, name)[chosen] for name in names}, log=self.log)

    def _ends(self, end: Column, levels: Column) -> Column:
        floor, ceiling = (np.log(x) if self.log else x for x in (self.floor, self.ceiling))
        with np.errstate(invalid="ignore", divide="ignore"):
            share = ((np.log(np.maximum(end, self.floor)) if self.log else end) - floor) / (ceiling - floor)
        x = (floor + (ceiling - floor) * beta_quantiles(share, self.size, levels).T).T
        x = np.exp(x) if self.log else x
        if self.counted.any():
            x[self.counted] = rate_quantiles(end[self.counted], self.size[self.counted], levels)
        return x


def beta_quantiles(share: Column, size: Column, levels: Column) -> Column:
    """Jeffreys' Beta(n p + ½, n (1 − p) + ½) at the levels, shares × levels; the share itself where n is infinite."""
    p = np.clip(share, 0.0, 1.0)
    angles = _splined(_between_cells(p, np.where(np.isfinite(size), size, SIZES[-1])), levels)
    quantiles = np.sin(np.clip(angles, 0, np.pi / 2)) ** 2
    return np.where(np.isfinite(size)[:, None] | np.isnan(p)[:, None], quantiles, p[:, None])


def rate_quantiles(rate: Column, size: Column, levels: Column) -> Column:
    """Jeffreys' Gamma(k + ½) for a rate of k events over an exposure of `size`, rates × levels; the rate itself where
    all of an infinite exposure was counted."""
    n = np.where(np.isfinite(size), size, 1.0)
    known = gammaincinv((rate * n)[:, None] + 0.5, ndtr(KNOTS)) / n[:, None]
    return np.where(np.isfinite(size)[:, None], np.maximum(_splined(known, levels), 0.0), rate[:, None])


def _splined(known: Column, levels: Column) -> Column:
    """Quantiles at the levels from those at the knots. Summed by hand: a matrix product would start threads of its own
    for so little."""
    weights = _spline(tuple(levels)).astype(np.float32)
    found = np.zeros((len(known), len(levels)), dtype=np.float32)
    for column, weight in zip(known.astype(np.float32).T, weights, strict=True):
        found += column[:, None] * weight
    return found


@cache
def _spline(levels: tuple[float, ...]) -> Column:
    """Weights that carry quantiles at the knots to others, knots × levels: a natural cubic spline on normal scores."""
    from scipy.interpolate import CubicSpline

    return np.asarray(CubicSpline(KNOTS, np.eye(len(KNOTS)), bc_type="natural")(ndtri(levels)).T)


@cache
def _cells() -> Column:
    """Quantiles of the beta distribution at the knots, as angles, for every share and size of the grid. A distribution
    function is slow to invert, and this grid is close enough to go between its cells (within 0.001)."""
    p, n = np.sin(ANGLES)[:, None, None] ** 2, SIZES[:, None]
    return np.asarray(np.arcsin(np.sqrt(betaincinv(n * p + 0.5, n * (1 - p) + 0.5, ndtr(KNOTS)))))


def _between_cells(p: Column, n: Column) -> Column:
    """Angles at the knots for shares and sizes, shares × knots: bilinear in the angle and the logarithm of the size."""
    across = np.nan_to_num(np.arcsin(np.sqrt(p))) / ANGLES[1]
    down = np.interp(np.log(np.maximum(n, SIZES[0])), np.log(SIZES), np.arange(len(SIZES)))
    i, j = (np.minimum(x.astype(int), top - 2) for x, top in ((across, len(ANGLES)), (down, len(SIZES))))
    f, g = (across - i)[:, None], (down - j)[:, None]
    cells = _cells()
    found = (1 - f) * ((1 - g) * cells[i, j] + g * cells[i, j + 1])
    found += f * ((1 - g) * cells[i + 1, j] + g * cells[i + 1, j + 1])
    return np.where(np.isnan(p)[:, None], np.nan, found)


def effective_size(n: ArrayLike, frame: ArrayLike, factor: ArrayLike, halves: ArrayLike) -> Column:
    """What a list of `n` read out of `frame` (infinite: unknown) is worth, after `halves` half-lives and with its
    error multiplied by `factor` (Kish 1965, effective sample size; Cochran 1977, finite-population correction)."""
    worth = np.asarray(n, float) * 0.5 ** np.asarray(halves, float) / np.asarray(factor, float) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(worth / (1 - worth / np.asarray(frame, float)))


def wilson(share: ArrayLike, size: ArrayLike, level: float) -> tuple[Column, Column]:
    """Wilson's interval of a share (Wilson 1927), for display."""
    p, n = np.asarray(share, float), np.asarray(size, float)
    z = float(ndtri(0.5 + level / 2))
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return centre - half, centre + half


def spread_of(table: pd.DataFrame, indicator: Indicator, rules: Rules) -> Spread:
    """The spread of one indicator's observations; `table` has a row for each agency and the observations' columns."""
    posts, kind = indicator.goalposts, indicator.kind
    low, high = table["low"].to_numpy(float), table["high"].to_numpy(float)
    counted, frame, worth = (table[name].to_numpy(float) for name in ("denominator", "frame", "size"))
    counted = np.where(np.isnan(worth), counted, worth)
    listed = np.isfinite(counted) & (kind not in DOCUMENTS)
    whole = float(max(posts.worst, posts.best)) if kind == "graded" else float(rules.uncertainty.stated_elements)
    half_life = rules.documents_half_life_months if kind in DOCUMENTS else rules.half_life_months
    factors = {strength.grade: strength.error_factor for strength in rules.strengths}
    size = effective_size(
        np.where(listed, counted, whole),
        np.where(listed, np.where(np.isfinite(frame), frame, np.inf), whole),
        table["strength"].map(factors).fillna(1.0).to_numpy(float),
        table["age_months"].to_numpy(float) / half_life,
    )
    floor, ceiling = _scale(indicator, low, high)
    return Spread(low, high, size, floor, ceiling, listed & (kind == "rate"), log=posts.scale == "log")


def _scale(indicator: Indicator, low: Column, high: Column) -> tuple[Column, Column]:
    """The ends of the scale a raw value is a position on: those of shares, else goalposts widened to hold the value."""
    posts = indicator.goalposts
    bottom, top = sorted((posts.worst, posts.best))
    if indicator.unit in NATURAL:
        bottom, top = NATURAL[indicator.unit]
    lowest = np.where(low <= 0, bottom, low) if posts.scale == "log" else low
    return np.fmin(lowest, bottom), np.fmax(high, top)
