"""Where the variance of an order comes from: shares of discrete choices, enumerated, and of what is drawn, by Sobol."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scoring.instruments.spread import Spread
from scoring.method.aggregate import Array
from scoring.method.alternatives import (
    NORMALISATIONS,
    PROBES,
    NoEffect,
    equal,
    is_equal,
    moved,
    node_scores,
    normalised,
    positions,
    probe_values,
)
from scoring.method.intervals import rank_draws
from scoring.method.simulate import Plan, Uncertain, simulate
from scoring.method.spec import Aggregation, Spec
from scoring.model import Uncertainty

SOBOL_BASE = 256  # base points of Saltelli's design: as many runs for each source, and two more


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
        other = replace(normalised(spec, norm, raw), root=replace(root, aggregation=how))
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
