"""Indices for properties to be tried on: any tree, any gaps, any error of the evidence. And how many of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from scoring.instruments.spread import Spread
from scoring.method import intervals, simulate
from scoring.method.score import Raw, Scores, frames
from scoring.method.simulate import Uncertain
from scoring.method.spec import Leaf, Node, Spec
from scoring.model import Uncertainty

Column = NDArray[np.float64]
NAN = float("nan")
MEANS = ("arithmetic", "geometric", "harmonic")

_COMMON = {
    "deadline": None,
    "derandomize": True,
    "database": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
}
settings.register_profile("quick", max_examples=50, **_COMMON)  # type: ignore[arg-type]
settings.register_profile("long", max_examples=1000, **_COMMON)  # type: ignore[arg-type]
CASES = settings.get_profile("long" if os.environ.get("HYPOTHESIS_PROFILE") == "long" else "quick")

WEIGHTS = st.floats(0.05, 1) | st.sampled_from([0.25, 1.0])
SHARES = st.floats(-0.2, 1.2) | st.sampled_from([0.0, 0.25, 0.5, 1.0, 1.0])  # of the way between goalposts
GAPPY = SHARES | st.just(NAN)


@st.composite
def specs(draw: st.DrawFn, lowest: tuple[float, ...] = (1.0,)) -> Spec:
    """A tree of up to three levels, each node with a mean of its own; its indicators run either way, some on a log
    scale. `lowest` are the lower ends of the scale to choose from; the upper is 100, or 1 where the lower is 0."""
    count = iter(range(1000))

    def part(depth: int) -> Leaf | Node:
        if depth and not (depth < 3 and draw(st.booleans())):
            log, turned = draw(st.booleans()), draw(st.booleans())
            posts = (1.0, 50.0) if log else (-1.0, 3.0)
            worst, best = posts[::-1] if turned else posts
            return Leaf(f"leaf{next(count)}", draw(WEIGHTS), worst, best, "log" if log else "linear")
        children = tuple(part(depth + 1) for _ in range(draw(st.integers(1, 3))))
        return Node(f"node{next(count)}", children, draw(WEIGHTS), draw(st.sampled_from(MEANS)))  # type: ignore[arg-type]

    root = part(0)
    assert isinstance(root, Node)
    bottom = draw(st.sampled_from(lowest))
    return Spec(root, bottom, 100.0 if bottom else 1.0)


def ids(spec: Spec) -> list[str]:
    return [leaf.id for leaf in spec.root.leaves()]


def raw_values(spec: Spec, shares: Column) -> pd.DataFrame:
    """Raw values from the shares of the way between goalposts that they are at, units × indicators."""
    columns = {}
    for at, leaf in enumerate(spec.root.leaves()):
        assert leaf.worst is not None and leaf.best is not None
        worst, best = (float(np.log(x) if leaf.scale == "log" else x) for x in (leaf.worst, leaf.best))
        value = worst + (best - worst) * shares[:, at]
        columns[leaf.id] = np.exp(value) if leaf.scale == "log" else value
    return pd.DataFrame(columns, index=[f"unit{at}" for at in range(len(shares))])


@st.composite
def tables(draw: st.DrawFn, spec: Spec, most: int = 6, cells: st.SearchStrategy[float] = GAPPY) -> pd.DataFrame:
    """Raw values of up to `most` units, with gaps."""
    shape = (draw(st.integers(1, most)), len(ids(spec)))
    return raw_values(spec, draw(arrays(float, shape, elements=cells)))


@dataclass(frozen=True)
class Case:
    """An index with everything that is known of it, in a form that units can be picked from."""

    spec: Spec
    raw: Raw
    spreads: dict[str, Spread]
    by: Uncertainty

    def picked(self, rows: list[int]) -> Case:
        r = self.raw
        parts = (r.value, r.low, r.high, r.applies, r.counts, r.without, r.reported)
        spreads = {id: spread.rows(np.array(rows, dtype=int)) for id, spread in self.spreads.items()}
        return Case(self.spec, Raw(*(part.iloc[rows] for part in parts)), spreads, self.by)

    @property
    def units(self) -> list[str]:
        return list(self.raw.value.index)

    @property
    def uncertain(self) -> Uncertain:
        holds = {id: (self.raw.applies[id] * self.raw.counts[id]).to_numpy(float) for id in self.spreads}
        return Uncertain(self.spec, self.units, self.spreads, holds)

    @property
    def scores(self) -> Scores:
        found = frames(self.spec, self.raw)
        return Scores(spec=self.spec, state=self.raw.value, without=found["score"], raw=self.raw, **found)


@st.composite
def cases(draw: st.DrawFn, least: int = 1, most: int = 6) -> Case:
    """An uncertain index: readings that are ranges, weight that may not count, indicators that don't apply."""
    spec = draw(specs())
    names = ids(spec)
    shape = (draw(st.integers(least, most)), len(names))
    middle = draw(arrays(float, shape, elements=GAPPY))
    half = draw(arrays(float, shape, elements=st.sampled_from([0.0, 0.0, 0.1]))) if draw(st.booleans()) else 0.0
    sizes = draw(arrays(float, shape, elements=st.floats(0.1, 500) | st.just(np.inf)))
    counts = draw(arrays(float, shape, elements=st.sampled_from([1.0, 1.0, 1.0, 0.25])))
    applies = draw(arrays(float, shape, elements=st.sampled_from([1.0, 1.0, 1.0, 1.0, 0.0])))
    middle = np.where(applies > 0, middle, np.nan)
    ends = [raw_values(spec, middle + sign * half).to_numpy() for sign in (-1, 1)]
    low, high = np.minimum(*ends), np.maximum(*ends)
    value = raw_values(spec, middle)
    like = {"index": value.index, "columns": names}
    shown = [pd.DataFrame(x, **like) for x in (low, high, applies, counts)]  # type: ignore[call-overload]
    spreads = {}
    for at, leaf in enumerate(spec.root.leaves()):
        assert leaf.worst is not None and leaf.best is not None
        bottom, top = sorted((leaf.worst, leaf.best))
        gamma = np.isfinite(sizes[:, at]) & (low[:, at] >= 0) & (leaf.scale == "linear") & (at % 2 == 0)
        floor, ceiling = np.fmin(low[:, at], bottom), np.fmax(high[:, at], top)
        spreads[leaf.id] = Spread(low[:, at], high[:, at], sizes[:, at], floor, ceiling, gamma, leaf.scale == "log")
    means = draw(st.lists(st.sampled_from(MEANS), min_size=1, max_size=3, unique=True))
    by = Uncertainty(
        seed=draw(st.integers(0, 2**32)), draws=100, weights=draw(st.sampled_from([0.0, 0.25])),
        goalposts=draw(st.sampled_from([0.0, 0.1])), aggregations=tuple(means), interval=0.9, confidence=0.95,
        stated_elements=5,
    )  # fmt: skip
    return Case(spec, Raw(value, *shown, value, 0 * value.notna()), spreads, by)


@contextmanager
def small_blocks() -> Iterator[None]:
    """Few agencies and draws at a time, so that even these small indices are worked on in several blocks."""
    with patch.object(simulate, "BLOCK", 2), patch.object(intervals, "CHUNK", 7):
        yield
