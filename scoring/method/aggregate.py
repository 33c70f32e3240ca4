"""Weighted means up the tree: NaN leaves, its weight shared out among the others.

Arrays are agencies, or agencies × draws; weights broadcast against them, so one code scores the data and simulates it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.method.spec import Aggregation, Leaf, Node

Array = NDArray[np.floating[Any]]
Choice = Callable[[Node], Aggregation]


class Mean:
    """A weighted arithmetic, geometric or harmonic mean, one child at a time.

    Children that are NaN or weigh nothing leave; a mean of none is NaN. Geometric and harmonic means take values of at
    least 0 and are 0 where one is 0; they refuse negative ones. Handbook on composite indicators (OECD and JRC, 2008).
    """

    def __init__(self, how: Aggregation) -> None:
        self.how = how
        self._sum: Array | float = 0.0
        self._weight: Array | float = 0.0

    def add(self, x: Array, weight: Array | float) -> Mean:
        """Add a child's values; raises ValueError for a negative one where logarithms or inverses are taken."""
        if self.how != "arithmetic" and (x < 0).any():
            raise ValueError(
                f"a {self.how} mean needs scores of at least 0, found {np.nanmin(x):g}; "
                "use an arithmetic one, or another normalisation or scale below it"
            )
        gone = np.isnan(x) | (np.asarray(weight) <= 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            term = weight * self._into(x)
        if gone.any():
            weight, term = np.where(gone, x.dtype.type(0), weight), np.where(gone, x.dtype.type(0), term)
        self._sum = self._sum + term
        self._weight = self._weight + weight
        return self

    def value(self) -> Array:
        """The mean of what was added."""
        with np.errstate(divide="ignore", invalid="ignore"):
            if self.how == "harmonic":
                return np.asarray(self._weight / self._sum)
            mean = np.asarray(self._sum / self._weight)
            return np.exp(mean) if self.how == "geometric" else mean

    def _into(self, x: Array) -> Array:
        if self.how == "arithmetic":
            return x
        return np.log(x) if self.how == "geometric" else np.asarray(1 / x)


def own(node: Node) -> Aggregation:
    """The mean that a node asks for."""
    return node.aggregation


def tree_means(
    part: Leaf | Node, scores: Callable[[Leaf], Array], holds: Mapping[str, Array], how: Choice = own
) -> dict[str, Array]:
    """The means of `part` and everything beneath it, by id.

    `scores` gives an indicator's scores (NaN: not observed), `holds` how much of its weight may count for each agency
    (0: it does not apply). `how` chooses each node's mean.
    """
    if isinstance(part, Leaf):
        return {part.id: scores(part)}
    found: dict[str, Array] = {}
    mean = Mean(how(part))
    for child in part.children:
        below = tree_means(child, scores, holds, how)
        try:
            mean.add(below[child.id], child.weight * holds[child.id] if isinstance(child, Leaf) else child.weight)
        except ValueError as error:
            raise ValueError(f"{part.id}: {error}") from None
        found |= below
    return {part.id: mean.value()} | found
