"""What a league's order owes to its method: every alternative, shares of the variance, and who is moved most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from scoring.method.alternatives import alternatives, node_scores, positions
from scoring.method.effects import choice_grid, exact_effects, joint_effects
from scoring.method.simulate import Uncertain
from scoring.method.spec import Node, Spec
from scoring.model import Uncertainty


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
