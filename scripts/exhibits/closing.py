"""Does a city close what it is told on Twitter faster than what it is told by phone? (Boston, 2015)"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scoring.instruments.times import answered_by, median_time, restricted_mean

LEVEL, SPAN = 0.95, 30 * 24.0  # days after which a case counts as 30 days
REPLICATES, SEED = 2000, 20150317
Column = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Channel:
    """One channel's cases: share closed within three days, median and 30-day mean of the time to close (hours)."""

    name: str
    cases: int
    closed: int
    in_window: tuple[float, float, float]
    median: tuple[float, float, float]
    mean: float

    @property
    def median_days(self) -> tuple[float, float, float]:
        value, low, high = (hours / 24 for hours in self.median)
        return value, low, high


def times_to_close(requests: pd.DataFrame) -> pd.DataFrame:
    """Channel, type, hours until closed or until the export ended, and whether closed.

    `requests` has the importer's columns. What is still open was watched until the newest closing in the file.
    """
    opened, closed = (pd.to_datetime(requests[name], utc=True) for name in ("opened", "closed"))
    hours = (closed.fillna(closed.max()) - opened).dt.total_seconds() / 3600
    table = requests[["channel", "type"]].assign(hours=hours, closed=closed.notna())
    return table[hours >= 0]


def by_channel(table: pd.DataFrame, channels: list[str], window: float) -> list[Channel]:
    """Each channel's figures with 95 % intervals."""
    found = []
    for name in channels:
        rows = table[table["channel"] == name]
        hours, closed = rows["hours"].to_numpy(float), rows["closed"].to_numpy(bool)
        found.append(
            Channel(
                name,
                len(rows),
                int(closed.sum()),
                answered_by(hours, closed, window, LEVEL),
                median_time(hours, closed, LEVEL),
                restricted_mean(hours, SPAN, closed)[0],
            )
        )
    return found


def difference(table: pd.DataFrame, one: str, other: str, alike: bool) -> tuple[float, float, float, int]:
    """How many hours sooner `one` closes than `other` on average, cases that take longer counting as 30 days, with a
    bootstrap interval (Efron 1979, percentiles), and the cases of `one` behind it.

    With `alike`, the other channel's cases are weighted to the same mix of types (direct standardisation), so that
    traffic signals are compared with traffic signals; types that the other channel never had are left out of both.
    """
    mine, theirs = (table[table["channel"] == name] for name in (one, other))
    if alike:
        mine, theirs = (side[side["type"].isin(set(types["type"]))] for side, types in ((mine, theirs), (theirs, mine)))
    types = {name: at for at, name in enumerate(sorted(set(mine["type"])))} if alike else {}
    ours, others = (_Cases.of(side, types) for side in (mine, theirs))
    random = np.random.default_rng(SEED)
    draws = [(ours, others)] + [(ours.resampled(random), others.resampled(random)) for _ in range(REPLICATES)]
    gaps = [b.mean(a.mix(len(types))) - a.mean(None) for a, b in draws]
    low, high = np.nanquantile(gaps[1:], [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return gaps[0], float(low), float(high), len(mine)


@dataclass(frozen=True)
class _Cases:
    """Cases in the order of their hours."""

    hours: NDArray[Any]
    closed: NDArray[Any]
    type: NDArray[Any]

    @classmethod
    def of(cls, rows: pd.DataFrame, types: dict[str, int]) -> _Cases:
        rows = rows.sort_values("hours", kind="stable")
        numbers = rows["type"].map(types).fillna(0).to_numpy(np.intp)
        return cls(rows["hours"].to_numpy(float), rows["closed"].to_numpy(bool), numbers)

    def resampled(self, random: np.random.Generator) -> _Cases:
        drawn = np.sort(random.integers(0, len(self.hours), len(self.hours)))
        hours, closed, type = (column[drawn] for column in (self.hours, self.closed, self.type))
        return _Cases(hours, closed, type)

    def mix(self, count: int) -> Column | None:
        """The share of each type; None where types do not matter."""
        return np.bincount(self.type, minlength=count) / len(self.type) if count else None

    def mean(self, mix: Column | None) -> float:
        """Kaplan and Meier's restricted mean over 30 days, cases weighted to a mix of types."""
        weight = np.ones(len(self.hours))
        if mix is not None:
            have = np.bincount(self.type, minlength=len(mix))
            weight = (mix / np.maximum(have, 1))[self.type]
        watched = np.cumsum(weight[::-1])[::-1]
        with np.errstate(invalid="ignore", divide="ignore"):
            steps = 1 - np.where(self.closed & (weight > 0), weight / watched, 0.0)
        open_ = np.concatenate([[1.0], np.cumprod(steps)])
        edges = np.concatenate([[0.0], np.minimum(self.hours, SPAN), [SPAN]])
        return float((open_ * np.diff(edges)).sum())
