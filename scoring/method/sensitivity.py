"""How much the ranking owes to choices of method: every alternative beside the default, and shares of the variance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scoring.instruments.spread import Spread
from scoring.method.aggregate import Array, tree_means
from scoring.method.intervals import rank_draws
from scoring.method.normalise import normalise
from scoring.method.ordering import benefit_of_doubt, copeland, mazziotta_pareto
from scoring.method.rank import DIGITS
from scoring.method.simulate import Plan, Uncertain, simulate
from scoring.method.spec import Aggregation, Leaf, Node, Normalisation, Spec
from scoring.method.streams import keys, uniforms
from scoring.model import Uncertainty

ORDERINGS: dict[str, Callable[[Array, Array], Array]] = {
    "copeland": copeland,
    "benefit_of_doubt": benefit_of_doubt,
    "mazziotta_pareto": mazziotta_pareto,
}
NORMALISATIONS: tuple[Normalisation, ...] = ("goalposts", "minmax", "zscore", "rank")
PROBES = 8  # made-up units on which every change of method is tried
SOBOL_BASE = 256  # base points of Saltelli's design: as many runs for each source, and two more


class NoEffect(ValueError):
    """A change of method that changes nothing: the change was not applied, or was none."""


@dataclass(frozen=True)
class Alternative:
    """Another way of scoring a league: `kind` (aggregation, ordering, normalisation, weights, without), what it puts in
    the place of the default, and each member's position (NaN where it has no score then)."""

    kind: str
    what: str
    rank: pd.Series[float]


@dataclass(frozen=True)
class Sensitivity:
    """What a league's order owes to its method.

    `default` is each member's position and `alternatives` every other way beside it. `exact` are first-order and total
    shares of the variance of the mean shift in rank, over the whole grid of discrete choices; `joint` are Sobol's total
    shares of the simulated sources, with their 95 % half-width. `most` says, by member, which alternative moves it
    most, and by how many places (positive: down).
    """

    default: pd.Series[float]
    alternatives: Sequence[Alternative]
    exact: pd.DataFrame
    joint: pd.DataFrame
    most: pd.DataFrame


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
            yield "normalisation", norm, normalised(spec, norm)
    if not is_equal(root):
        yield "weights", "equal", replace(spec, root=equal(root))
    unseen = {leaf.id for leaf in root.leaves() if np.isnan(raw[leaf.id]).all()}
    for part in list(root.parts())[1:]:
        left = without(root, part.id)
        ids = {part.id} if isinstance(part, Leaf) else {leaf.id for leaf in part.leaves()}
        if left is not None and not ids <= unseen:
            yield "without", part.id, replace(spec, root=left)


def normalised(spec: Spec, how: Normalisation) -> Spec:
    """The same index with all indicators normalised another way; z-scores are brought to the middle of the scale, so
    that geometric means can take them."""
    middle = (spec.lowest + spec.highest) / 2
    return replace(spec, normalisation=how, mean=middle, deviation=(spec.highest - spec.lowest) / 10)


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


# --- shares of the variance -------------------------------------------------------------------------------


def exact_effects(values: NDArray[Any], factors: Sequence[str], strict: bool = True) -> pd.DataFrame:
    """First-order and total effect of every factor on a result computed for all combinations (one axis a factor).

    first = Var(E[Y | factor]) / Var(Y); total = E[Var(Y | all others)] / Var(Y) (Homma and Saltelli 1996). Enumerated,
    they have no sampling error. NaN where nothing varies. With `strict`, raises NoEffect for a factor that changes
    nothing.
    """
    whole = float(values.var()) or np.nan
    rows = {}
    for axis, name in enumerate(factors):
        others = tuple(i for i in range(values.ndim) if i != axis)
        within = values.var(axis=axis)
        if strict and values.shape[axis] > 1 and not within.any():
            raise NoEffect(f"{name}: changes no result in any combination")
        rows[name] = (values.mean(axis=others).var() / whole, within.mean() / whole)
    return pd.DataFrame.from_dict(rows, orient="index", columns=["first", "total"])


def choice_grid(spec: Spec, raw: Mapping[str, Array], holds: Mapping[str, Array]) -> tuple[NDArray[Any], list[str]]:
    """Mean absolute shift in rank of every combination of normalisation, means and weights; one axis each."""
    base = positions(node_scores(spec, raw, holds)[spec.root.id])
    weights = [spec.root] if is_equal(spec.root) else [spec.root, equal(spec.root)]
    axes: list[Sequence[Any]] = [NORMALISATIONS, get_args(Aggregation), weights]
    shifts = []
    for norm, how, root in product(*axes):
        other = replace(normalised(spec, norm), root=replace(root, aggregation=how))
        shifts.append(np.nanmean(np.abs(positions(node_scores(other, raw, holds)[root.id]) - base)))
    names = ["normalisation", "aggregation", "weights"]
    grid = np.array(shifts).reshape([len(axis) for axis in axes])
    kept = [i for i, size in enumerate(grid.shape) if size > 1]
    return grid.reshape([grid.shape[i] for i in kept]), [names[i] for i in kept]


def joint_effects(index: Uncertain, by: Uncertainty, base: Array) -> pd.DataFrame:
    """Sobol's total effect of each simulated source on the mean absolute shift in rank from `base`, with the half-width
    of its 95 % bootstrap interval (Saltelli et al. 2010, by SALib); NaN where no rank ever moves. Raises NoEffect for a
    source that moves nothing on the probe."""
    from SALib.analyze import sobol as analysis
    from SALib.sample import sobol as sampling

    names = _sources(index, by)
    _check_sources(index.spec, by, names)
    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    points = sampling.sample(problem, SOBOL_BASE, calc_second_order=False, seed=by.seed % 2**32)
    order = np.argsort(points[:, names.index("aggregation")], kind="stable") if "aggregation" in names else slice(None)
    # runs with the same means go together, which is quicker
    scores = np.empty((len(index.agencies), len(points)), dtype=np.float32)
    scores[:, order] = dict(simulate(index, by, _plan(dict(zip(names, points[order].T, strict=True)), by)))[
        index.spec.root.id
    ]
    shifts = np.abs(rank_draws(scores).astype(float) - base[:, None]).mean(axis=0)
    if not shifts.var():
        return pd.DataFrame({"total": np.nan, "half": np.nan}, index=names)
    found = analysis.analyze(problem, shifts, calc_second_order=False, seed=by.seed % 2**32)
    return pd.DataFrame({"total": found["ST"], "half": found["ST_conf"]}, index=names)


def _check_sources(spec: Spec, by: Uncertainty, names: Sequence[str]) -> None:
    """Vary one source at a time on the probe, whose scores it must move."""
    spreads = {}
    for id, x in probe_values(spec).items():
        ends = (np.full(PROBES, 0.5 * x.min()), np.full(PROBES, 2 * x.max()))
        spreads[id] = Spread(x, x, np.full(PROBES, 20.0), *ends, np.zeros(PROBES, dtype=bool))
    probe = Uncertain(spec, [f"probe-{i}" for i in range(PROBES)], spreads, dict.fromkeys(spreads, np.ones(PROBES)))
    for name in names:
        points = {other: np.array([0.0, 0.99 if other == name else 0.0]) for other in names}
        scores = dict(simulate(probe, by, _plan(points, by)))[spec.root.id]
        moved(name, scores[:, 0], scores[:, 1])


def _sources(index: Uncertain, by: Uncertainty) -> list[str]:
    """What varies at all."""
    unsure = any(spread.ranged or np.isfinite(spread.size).any() for spread in index.spreads.values())
    active = {
        "evidence": unsure,
        "weights": by.weights > 0 and len(index.spec.root.children) > 1,
        "goalposts": by.goalposts > 0,
        "aggregation": len(by.aggregations) > 1,
    }
    return [name for name, varies in active.items() if varies]


def _plan(points: Mapping[str, NDArray[Any]], by: Uncertainty) -> Plan:
    """Runs from points of the unit cube: each coordinate picks a draw of its source, the last one a mean."""
    fixed = np.zeros_like(next(iter(points.values())))
    evidence, weights, goalposts = (
        (points.get(name, fixed) * by.draws).astype(int) for name in ("evidence", "weights", "goalposts")
    )
    choices = by.aggregations or (None,)
    turn = (points.get("aggregation", fixed) * len(choices)).astype(int)
    return Plan(evidence, weights, goalposts, [choices[i] for i in turn])


def sensitivity(index: Uncertain, by: Uncertainty, node: str, raw: pd.DataFrame, members: pd.Index[str]) -> Sensitivity:
    """Everything about one league; `raw` are the raw values of all agencies, agencies × indicators."""
    spec = league_spec(index.spec, node)
    rows = raw.index.get_indexer(members)
    values = {leaf.id: raw[leaf.id].to_numpy(float)[rows] for leaf in spec.root.leaves()}
    holds = {leaf.id: np.asarray(index.holds[leaf.id][rows], dtype=float) for leaf in spec.root.leaves()}
    spreads = {leaf.id: index.spreads[leaf.id].rows(rows) for leaf in spec.root.leaves()}
    base = positions(node_scores(spec, values, holds)[node])
    found = [
        Alternative(kind, what, pd.Series(positions(scores), index=members))
        for kind, what, scores in alternatives(spec, values, holds)
    ]
    default = pd.Series(base, index=members)
    grid, names = choice_grid(spec, values, holds)
    return Sensitivity(
        default,
        found,
        exact_effects(grid, names, strict=False),  # every choice has been tried on the probe
        joint_effects(Uncertain(spec, list(members), spreads, holds), by, base),
        _most(default, found),
    )


def league_spec(spec: Spec, node: str) -> Spec:
    """The index cut down to one node."""
    part = next(part for part in spec.root.parts() if part.id == node)
    assert isinstance(part, Node)
    return replace(spec, root=replace(part, weight=1.0))


def _most(default: pd.Series[float], found: Sequence[Alternative]) -> pd.DataFrame:
    """By member: the alternative that moves it most, and by how many places (positive: down)."""
    shifts = np.column_stack([one.rank.to_numpy() - default.to_numpy() for one in found])
    at = np.nan_to_num(np.abs(shifts), nan=-1.0).argmax(axis=1)
    return pd.DataFrame(
        {
            "kind": [found[i].kind for i in at],
            "what": [found[i].what for i in at],
            "by": shifts[np.arange(len(at)), at],
        },
        index=default.index,
    )
