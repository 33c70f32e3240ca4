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
_AT_ONCE = 64


class Chance:
    """The stream of random numbers of these names."""

    def __init__(self, *names: object) -> None:
        self._start = streams.keys(["republic-of-sample"], SEED, *names)
        self._numbers: list[float] = []
        self._given = 0

    def uniform(self) -> float:
        """From 0 to below 1."""
        if self._given == len(self._numbers):
            which = np.arange(self._given, self._given + _AT_ONCE)
            self._numbers += streams.uniforms(self._start, which)[0].tolist()
        self._given += 1
        return self._numbers[self._given - 1]

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
        return sum(self.happens(probability) for _ in range(of))

    def pick(self, options: Sequence[T]) -> T:
        return options[self.whole(0, len(options) - 1)]

    def some(self, options: Sequence[T], many: int) -> list[T]:
        """So many different ones, in their order."""
        order = sorted(range(len(options)), key=lambda _: self.uniform())
        return [options[i] for i in sorted(order[:many])]


def logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))
