"""Random numbers that belong to a name, so that changing one agency leaves all others as they are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import TypeVar

import numpy as np

from scoring.method import streams

SEED = 7
T = TypeVar("T")
_GOLDEN, _FIRST, _SECOND, _MASK = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 2**64 - 1


class Chance:
    """The stream of random numbers of these names: those of `scoring.method.streams`, made one by one, because most
    names are asked for a handful, which arrays would make slow; only what is counted is made at once."""

    def __init__(self, *names: object) -> None:
        self._at = streams.key("republic-of-sample", SEED, *names)

    def uniform(self) -> float:
        """From 0 to below 1."""
        self._at = z = (self._at + _GOLDEN) & _MASK
        z = ((z ^ (z >> 30)) * _FIRST) & _MASK
        z = ((z ^ (z >> 27)) * _SECOND) & _MASK
        return ((z ^ (z >> 31)) >> 11) * 2.0**-53

    def happens(self, probability: float) -> bool:
        return self.uniform() < probability

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.uniform()

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int((high - low + 1) * self.uniform())

    def normal(self, mean: float = 0.0, deviation: float = 1.0) -> float:
        return mean + deviation * NormalDist().inv_cdf(min(max(self.uniform(), 1e-9), 1 - 1e-9))

    def count(self, of: int, probability: float) -> int:
        """How many of so many happen, each for itself."""
        starts = np.array([self._at], dtype=np.uint64)
        self._at = (self._at + of * _GOLDEN) & _MASK
        return int((streams.uniforms(starts, np.arange(of)) < probability).sum())

    def pick(self, options: Sequence[T]) -> T:
        return options[self.whole(0, len(options) - 1)]

    def some(self, options: Sequence[T], many: int) -> list[T]:
        """So many different ones, in their order."""
        order = sorted(range(len(options)), key=lambda _: self.uniform())
        return [options[i] for i in sorted(order[:many])]


def logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))
