"""The tree of an index: what is weighed with what, and how. Knows no data files.

A `Leaf` is an indicator, a `Node` combines its children; trees nest to any depth. Build one from a methodology
(`spec_of`), or from plain dictionaries (`scoring.method.plain.spec_from`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from scoring.model import Branch, Indicator, Methodology

Aggregation = Literal["arithmetic", "geometric", "harmonic"]
Normalisation = Literal["goalposts", "minmax", "zscore", "rank", "percentile"]
Scale = Literal["linear", "log"]
Quantity = float | NDArray[np.floating[Any]]  # one number, or one a draw where a simulation varies it


@dataclass(frozen=True)
class Leaf:
    """An indicator: how its raw values become scores, and its weight within its parent.

    Goalposts `worst` and `best` are raw values that score lowest and highest; their order is the direction. Without
    them `direction` says whether more is better (1, the default) or worse (-1). A `log` scale takes logarithms first.
    With `clip` off, values beyond the goalposts score beyond the scale.
    """

    id: str
    weight: Quantity = 1.0
    worst: Quantity | None = None
    best: Quantity | None = None
    scale: Scale = "linear"
    normalisation: Normalisation | None = None  # None: the spec's
    direction: int | None = None
    clip: bool = True

    @property
    def turn(self) -> int:
        """1 where more is better, -1 where less is."""
        if self.worst is not None and self.best is not None:
            return 1 if np.all(self.best > self.worst) else -1
        return self.direction or 1


@dataclass(frozen=True)
class Node:
    """A weighted mean of its children; weights need not sum to 1."""

    id: str
    children: tuple[Leaf | Node, ...]
    weight: Quantity = 1.0
    aggregation: Aggregation = "arithmetic"

    def parts(self) -> Iterator[Leaf | Node]:
        """This node and everything below it, parents first."""
        yield self
        for child in self.children:
            yield from child.parts() if isinstance(child, Node) else (child,)

    def leaves(self) -> Iterator[Leaf]:
        """Every indicator below, in order."""
        return (part for part in self.parts() if isinstance(part, Leaf))


@dataclass(frozen=True)
class Spec:
    """A whole index: its tree, the ends of its scale, and how indicators are normalised unless they say otherwise.

    `mean` and `deviation` are those that z-scores are brought to. Raises ValueError, naming the part and the mend,
    where the tree cannot be used.
    """

    root: Node
    lowest: float = 1.0
    highest: float = 100.0
    normalisation: Normalisation = "goalposts"
    mean: float = 0.0
    deviation: float = 1.0

    def __post_init__(self) -> None:
        root = self.root.id
        for key in ("lowest", "highest", "mean", "deviation"):
            _number(root, key, getattr(self, key))
        if self.lowest >= self.highest:
            raise ValueError(f"{root}: lowest must be below highest, found {self.lowest} and {self.highest}")
        if self.deviation <= 0:
            raise ValueError(f"{root}: deviation must be above 0, found {self.deviation}")
        _choice(root, "normalisation", self.normalisation, get_args(Normalisation))
        parts = list(self.root.parts())
        twice = [str(id) for id, count in Counter(part.id for part in parts).items() if count > 1]
        if twice:
            raise ValueError(f"ids must be unique in the tree; found twice: {', '.join(twice)}")
        for part in parts:
            _check(part)
            if isinstance(part, Leaf) and self.how(part) == "goalposts" and part.worst is None:
                raise ValueError(
                    f"{part.id}: needs goalposts worst and best, or another normalisation such as 'minmax'"
                )

    def how(self, leaf: Leaf) -> Normalisation:
        """The normalisation of an indicator: its own, else the spec's."""
        return leaf.normalisation or self.normalisation


def _check(part: Leaf | Node) -> None:
    if _number(part.id, "weight", part.weight) <= 0:
        raise ValueError(f"{part.id}: weight must be above 0, found {part.weight}")
    if isinstance(part, Node):
        _choice(part.id, "aggregation", part.aggregation, get_args(Aggregation))
        if not part.children:
            raise ValueError(f"{part.id}: needs at least one child; leave `children` out for an indicator")
        return
    _choice(part.id, "normalisation", part.normalisation, (None, *get_args(Normalisation)))
    _choice(part.id, "scale", part.scale, get_args(Scale))
    _choice(part.id, "direction", part.direction, (None, 1, -1))
    _check_goalposts(part)


def _check_goalposts(leaf: Leaf) -> None:
    if leaf.worst is None and leaf.best is None:
        return
    if leaf.worst is None or leaf.best is None:
        raise ValueError(f"{leaf.id}: needs goalposts worst and best, found only one of them")
    worst, best = _number(leaf.id, "worst", leaf.worst), _number(leaf.id, "best", leaf.best)
    if worst == best:
        raise ValueError(f"{leaf.id}: goalposts must differ, both are {best}")
    if leaf.scale == "log" and min(worst, best) <= 0:
        raise ValueError(f"{leaf.id}: goalposts of a log scale must be above 0")
    if leaf.direction not in (None, leaf.turn):
        raise ValueError(f"{leaf.id}: direction contradicts the goalposts, whose order already says it; leave it out")


def _number(id: str, key: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
        raise ValueError(f"{id}: {key} must be a number, found {value!r}")
    return float(value)


def _choice(id: str, key: str, value: object, allowed: Sequence[object]) -> None:
    if value not in allowed:
        names = ", ".join(str(one) for one in allowed if one is not None)
        raise ValueError(f"{id}: {key} must be one of {names}, found {value!r}")


def _leaf(indicator: Indicator) -> Leaf:
    posts = indicator.goalposts
    return Leaf(indicator.id, indicator.weight, posts.worst, posts.best, posts.scale)


def _node(branch: Branch) -> Node:
    children: tuple[Leaf | Node, ...] = (*map(_leaf, branch.indicators), *map(_node, branch.branches))
    return Node(branch.id, children, branch.weight, branch.aggregation)


def spec_of(methodology: Methodology) -> Spec:
    """The tree of a methodology, whose indicators are all normalised by goalposts."""
    root = Node(methodology.id, tuple(map(_node, methodology.dimensions)), 1.0, methodology.aggregation)
    return Spec(root, methodology.lowest, methodology.highest)


def plain_tree(part: Leaf | Node) -> dict[str, Any]:
    """A part of the index as plain data, with its published weights and means."""
    told: dict[str, Any] = {"id": part.id, "weight": float(part.weight)}
    if isinstance(part, Node):
        told |= {"aggregation": part.aggregation, "children": [plain_tree(child) for child in part.children]}
    return told
