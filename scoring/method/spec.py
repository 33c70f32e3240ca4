"""The tree of an index: what is weighed with what, and how. Knows no data files.

A `Leaf` is an indicator, a `Node` combines its children; trees nest to any depth. Build one from a methodology
(`spec_of`) or from plain dictionaries (`spec_from`), so that any published index can be run through the engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import Any, Literal, get_args

from scoring.model import Branch, Indicator, Methodology

Aggregation = Literal["arithmetic", "geometric", "harmonic"]
Normalisation = Literal["goalposts", "minmax", "zscore", "rank", "percentile"]


@dataclass(frozen=True)
class Leaf:
    """An indicator: how its raw values become scores, and its weight within its parent."""

    id: str
    weight: float = 1.0
    worst: float | None = None
    best: float | None = None
    scale: Literal["linear", "log"] = "linear"
    normalisation: Normalisation | None = None  # None: the spec's
    direction: int = 1  # for all but goalposts: 1 more is better, -1 less is better


@dataclass(frozen=True)
class Node:
    """A weighted mean of its children."""

    id: str
    children: tuple[Leaf | Node, ...]
    weight: float = 1.0
    aggregation: Aggregation = "arithmetic"

    def leaves(self) -> Iterator[Leaf]:
        """Every indicator below, in order."""
        for child in self.children:
            if isinstance(child, Leaf):
                yield child
            else:
                yield from child.leaves()

    def nodes(self) -> Iterator[Node]:
        """Every node below and this one, children before parents."""
        for child in self.children:
            if isinstance(child, Node):
                yield from child.nodes()
        yield self


@dataclass(frozen=True)
class Spec:
    """A whole index: its tree, the ends of its scale, and how indicators are normalised unless they say otherwise."""

    root: Node
    lowest: float = 1.0
    highest: float = 100.0
    normalisation: Normalisation = "goalposts"
    mean: float = 0.0  # of z-scores
    deviation: float = 1.0  # of z-scores

    def __post_init__(self) -> None:
        ids = [node.id for node in self.root.nodes()] + [leaf.id for leaf in self.root.leaves()]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"ids must be unique in the tree; found twice: {', '.join(twice)}")
        parts: list[Leaf | Node] = [*self.root.nodes(), *self.root.leaves()]
        for part in parts:
            if part.weight <= 0:
                raise ValueError(f"{part.id}: weight must be above 0, found {part.weight}")
        for leaf in self.root.leaves():
            if self.how(leaf) == "goalposts":
                _check_goalposts(leaf)

    def how(self, leaf: Leaf) -> Normalisation:
        return leaf.normalisation or self.normalisation


def _check_goalposts(leaf: Leaf) -> None:
    if leaf.worst is None or leaf.best is None:
        raise ValueError(f"{leaf.id}: needs goalposts worst and best, or another normalisation such as 'minmax'")
    if leaf.worst == leaf.best:
        raise ValueError(f"{leaf.id}: goalposts must differ, both are {leaf.best}")
    if leaf.scale == "log" and min(leaf.worst, leaf.best) <= 0:
        raise ValueError(f"{leaf.id}: goalposts of a log scale must be above 0")


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


ROOT_KEYS = {field.name for field in fields(Spec)} - {"root"}


def _known(id: str, given: Mapping[str, Any], known: set[str]) -> None:
    for key in given.keys() - known:
        near = get_close_matches(key, known, 1)
        raise ValueError(f"{id}: unknown key {key!r}" + (f", did you mean {near[0]!r}?" if near else ""))


def _choice(id: str, key: str, value: Any, allowed: tuple[Any, ...]) -> None:
    if value not in allowed:
        raise ValueError(f"{id}: {key} must be one of {', '.join(map(str, allowed))}, found {value!r}")


def _part(given: Mapping[str, Any], extra: frozenset[str] = frozenset()) -> Leaf | Node:
    if "id" not in given:
        raise ValueError(f"every part of the tree needs an id; found {dict(given)!r}"[:300])
    id = str(given["id"])
    kind = Node if "children" in given else Leaf
    _known(id, given, {f.name for f in fields(kind)} | extra)
    own = {k: v for k, v in given.items() if k not in extra}
    if kind is Node:
        _choice(id, "aggregation", own.get("aggregation", "arithmetic"), get_args(Aggregation))
        return Node(**own | {"children": tuple(map(_part, given["children"]))})
    _choice(id, "normalisation", own.get("normalisation"), (None, *get_args(Normalisation)))
    _choice(id, "scale", own.get("scale", "linear"), ("linear", "log"))
    _choice(id, "direction", own.get("direction", 1), (1, -1))
    return Leaf(**own)


def spec_from(given: Mapping[str, Any]) -> Spec:
    """A tree from plain dictionaries.

    The outermost has `id`, `children`, optional `aggregation`, and the keys of `Spec` (`lowest`, `highest`,
    `normalisation` …); every other one has `id`, `weight` and either `children` or the keys of `Leaf`. Weights
    need not sum to 1. Raises ValueError, naming the part and the mend, where the tree cannot be used.
    """
    root = _part(given, frozenset(ROOT_KEYS))
    if not isinstance(root, Node):
        raise ValueError(f"{root.id}: the outermost part needs children")
    settings = {k: v for k, v in given.items() if k in ROOT_KEYS}
    _choice(root.id, "normalisation", settings.get("normalisation", "goalposts"), get_args(Normalisation))
    return Spec(root, **settings)
