"""Every other way of scoring a league beside its own, each tried on made-up units before it is believed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scoring.method.aggregate import Array, tree_means
from scoring.method.normalise import normalise
from scoring.method.ordering import benefit_of_doubt, copeland, mazziotta_pareto
from scoring.method.rank import DIGITS
from scoring.method.spec import Aggregation, Leaf, Node, Normalisation, Spec
from scoring.method.streams import keys, uniforms

ORDERINGS: dict[str, Callable[[Array, Array], Array]] = {
    "copeland": copeland,
    "benefit_of_doubt": benefit_of_doubt,
    "mazziotta_pareto": mazziotta_pareto,
}
NORMALISATIONS: tuple[Normalisation, ...] = ("goalposts", "minmax", "zscore", "rank")
PROBES = 8  # made-up units on which every change of method is tried


class NoEffect(ValueError):
    """A change of method that changes nothing: the change was not applied, or was none."""


def positions(scores: Array) -> Array:
    """Rank of each unit, 1 for the highest; ties share the best; NaN where there is no score."""
    size = np.nanmax(np.abs(scores), initial=0.0) or 1.0
    return np.asarray(pd.Series(np.round(scores / size, DIGITS)).rank(method="min", ascending=False), dtype=float)


def node_scores(spec: Spec, raw: Mapping[str, Array], holds: Mapping[str, Array]) -> dict[str, Array]:
    """Scores at every node from raw values: the published calculation, without its bounds."""
    return tree_means(spec.root, lambda leaf: normalise(raw[leaf.id], leaf, spec), holds)


def moved(what: str, before: Array, after: Array) -> Array:
    """`after`, once it is sure that the change did something; raises NoEffect otherwise."""
    if np.allclose(before, after, rtol=1e-12, atol=0, equal_nan=True):
        raise NoEffect(f"{what}: changes no score; either it was not applied, or it is the default")
    return after


def alternatives(spec: Spec, raw: Mapping[str, Array], holds: Mapping[str, Array]) -> Iterator[tuple[str, str, Array]]:
    """Every other way of scoring the members of a league (arrays of raw values, NaN: not observed): kind, what, scores.

    Indicators observed in no member can't be left out and don't appear. Each is tried on a probe first: raises NoEffect
    where it changes nothing there.
    """
    default, root = node_scores(spec, raw, holds), spec.root
    probe, all_held = probe_values(spec), {leaf.id: np.ones(PROBES) for leaf in spec.root.leaves()}
    for kind, what, other in _specs(spec, raw):
        before, after = (node_scores(one, probe, all_held)[root.id] for one in (spec, other))
        moved(what, before, after)
        yield kind, what, node_scores(other, raw, holds)[root.id]
    x = np.column_stack([np.where(_held(child, holds), default[child.id], np.nan) for child in root.children])
    if len(root.children) > 1:
        weights = np.array([float(child.weight) for child in root.children])
        for name, order in ORDERINGS.items():
            yield "ordering", name, order(x, weights)


def probe_values(spec: Spec) -> dict[str, Array]:
    """Raw values of made-up units that differ in everything. Real members may be alike by chance, so that a change of
    method moves nobody; these it must move."""
    found = {}
    for leaf in spec.root.leaves():
        at = 0.1 + 0.8 * uniforms(keys(range(PROBES), leaf.id), np.arange(1))[:, 0]
        worst, best = (0.0, 1.0) if leaf.worst is None or leaf.best is None else (float(leaf.worst), float(leaf.best))
        if leaf.scale == "log" and leaf.worst is not None:
            found[leaf.id] = worst * (best / worst) ** at
        else:
            found[leaf.id] = worst + (best - worst) * at
    return found


def _held(part: Leaf | Node, holds: Mapping[str, Array]) -> NDArray[np.bool_]:
    leaves = [part] if isinstance(part, Leaf) else list(part.leaves())
    return np.asarray(np.any([holds[leaf.id] > 0 for leaf in leaves], axis=0))


def _specs(spec: Spec, raw: Mapping[str, Array]) -> Iterator[tuple[str, str, Spec]]:
    """Specifications that differ from the default in one choice."""
    root = spec.root
    for how in get_args(Aggregation):
        if how != root.aggregation and len(root.children) > 1:
            yield "aggregation", how, replace(spec, root=replace(root, aggregation=how))
    for norm in NORMALISATIONS:
        if norm != spec.normalisation:
            yield "normalisation", norm, normalised(spec, norm, raw)
    if not is_equal(root):
        yield "weights", "equal", replace(spec, root=equal(root))
    unseen = {leaf.id for leaf in root.leaves() if np.isnan(raw[leaf.id]).all()}
    for part in list(root.parts())[1:]:
        left = without(root, part.id)
        ids = {part.id} if isinstance(part, Leaf) else {leaf.id for leaf in part.leaves()}
        if left is not None and not ids <= unseen:
            yield "without", part.id, replace(spec, root=left)


def normalised(spec: Spec, how: Normalisation, raw: Mapping[str, Array]) -> Spec:
    """The same index with all indicators normalised another way. So that geometric means can take them, z-scores of
    these raw values are brought to the middle of the scale, closer together where one would lie below 0 there."""
    middle, deviation = (spec.lowest + spec.highest) / 2, (spec.highest - spec.lowest) / 10
    if how == "zscore":
        plain = replace(spec, normalisation=how, mean=0.0, deviation=1.0)
        shown = [normalise(raw[leaf.id], leaf, plain) for leaf in spec.root.leaves() if plain.how(leaf) == how]
        far = -min((float(np.nanmin(z, initial=0.0)) for z in shown), default=0.0)
        deviation = deviation if far * deviation <= middle else (middle - spec.lowest) / far
    return replace(spec, normalisation=how, mean=middle, deviation=deviation)


def equal(node: Node) -> Node:
    """The tree with all siblings weighing the same."""
    children = tuple(
        equal(replace(c, weight=1.0)) if isinstance(c, Node) else replace(c, weight=1.0) for c in node.children
    )
    return replace(node, children=children)


def is_equal(node: Node) -> bool:
    """Whether all siblings weigh the same already."""
    return len({child.weight for child in node.children}) == 1 and all(
        is_equal(child) for child in node.children if isinstance(child, Node)
    )


def without(node: Node, id: str) -> Node | None:
    """The tree without one part; None where nothing is left."""
    children = []
    for child in node.children:
        kept = None if child.id == id else without(child, id) if isinstance(child, Node) else child
        if kept is not None:
            children.append(kept)
    return replace(node, children=tuple(children)) if children else None
