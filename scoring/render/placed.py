"""Where agencies stand, as plain values that templates read: scores with their ranges, positions, tiers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class NodeScore:
    """An agency's score at a node of the index; None where there is none.

    `low` and `high` are what it could be if nothing unobserved is known; `likely` holds most of the simulated draws
    (None at indicators, which are not simulated alone).
    """

    score: float | None
    low: float
    high: float
    coverage: float
    likely: tuple[float, float] | None = None

    @property
    def shown(self) -> tuple[float, float]:
        """The range to show beside the score: the likely one where there is one."""
        return self.likely or (self.low, self.high)


@dataclass(frozen=True)
class Place:
    """A position among `of`: the interval that holds most simulated draws (`low` to `high`), the best and worst that
    the evidence allows at all, and the share of draws among the first ten."""

    rank: int
    best: int
    worst: int
    tied: bool
    of: int
    low: int
    high: int
    top: float


@dataclass(frozen=True)
class Tier:
    """Who can be told apart: the tier, of how many, from how many others it cannot be told apart, the simultaneous
    confidence set of its position, and the share of draws above its peer group's median (None: no peers)."""

    tier: int
    of: int
    alike: int
    best: int
    worst: int
    above_peers: float | None


def number(value: Any) -> float | None:
    """A frame's cell as a plain number; None where it holds none."""
    return None if value is None or (isinstance(value, float) and math.isnan(value)) else float(value)


def as_shown(score: float) -> float:
    """A score as every page shows it, for what a script writes."""
    return float(f"{score:.1f}")


def places_of(frame: pd.DataFrame) -> dict[str, Place]:
    sizes = frame["of"] if "of" in frame else [len(frame)] * len(frame)
    names = ("rank", "best", "worst", "tied", "rank_low", "rank_high", "top")
    columns = zip(frame.index, sizes, *(frame[name] for name in names), strict=True)
    return {
        str(a): Place(int(r), int(b), int(w), bool(t), int(n), int(low), int(high), float(top))
        for a, n, r, b, w, t, low, high, top in columns
    }


def tiers_of(frame: pd.DataFrame) -> dict[str, Tier]:
    names = ("tier", "alike", "set_best", "set_worst", "above_peers")
    columns = zip(frame.index, *(frame[name] for name in names), strict=True)
    last = int(frame["tier"].max()) if len(frame) else 0
    return {
        str(a): Tier(int(t), last, int(n), int(b), int(w), number(float(above))) for a, t, n, b, w, above in columns
    }
