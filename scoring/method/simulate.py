"""What the scores could have been: evidence, weights, goalposts and means vary together, draw by draw.

Every draw is the same tree, normalised and averaged by the same functions as the published scores, on a perturbed
specification (Saisana, Saltelli and Tarantola 2005). Memory is bounded: agencies go in blocks, dimensions one at a
time. Random numbers belong to the agency and indicator, so neither order, company nor place change a byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.instruments.spread import Spread
from scoring.method.aggregate import Array, Mean, tree_means
from scoring.method.normalise import normalise
from scoring.method.spec import Aggregation, Leaf, Node, Spec
from scoring.method.streams import Numbers, key, keys, random_bytes, uniforms
from scoring.model import Uncertainty
from scoring.pieces import Run, elsewhere, threads

BLOCK = 512  # agencies at a time: their draws of one dimension stay in the processor's cache
LEVELS = 128  # equally likely quantiles that stand for a distribution
Draws = NDArray[np.float32]


@dataclass(frozen=True)
class Uncertain:
    """An index with the error of its evidence: the distribution of every indicator's raw values, by agency, and how
    much of its weight may count for each (0: it does not apply)."""

    spec: Spec
    agencies: Sequence[str]
    spreads: Mapping[str, Spread]
    holds: Mapping[str, Array]


@dataclass(frozen=True)
class Plan:
    """Which numbered draw of each source of uncertainty every run takes, and its mean; all arrays runs long."""

    evidence: NDArray[np.integer[Any]]
    weights: NDArray[np.integer[Any]]
    goalposts: NDArray[np.integer[Any]]
    means: Sequence[Aggregation | None]  # None: every node its own

    @classmethod
    def joint(cls, by: Uncertainty) -> Plan:
        """All vary together; runs are split evenly among the means."""
        draws = np.arange(by.draws)
        choices = by.aggregations or (None,)
        turn = draws * len(choices) // by.draws
        return cls(draws, draws, draws, [choices[i] for i in turn])


@dataclass(frozen=True)
class _Turn:
    """Runs that share their means: the tree with a weight and goalposts for each run."""

    root: Node
    how: Aggregation | None
    runs: slice


@dataclass(frozen=True)
class _Piece:
    """All that the draws of some agencies in one child of the root are made of, so that they can be made anywhere.

    `parts`: the child, its means and its runs, by turn. `spreads` and `holds` are these agencies' alone, `names` their
    streams, `which` the draw of the evidence that every run takes.
    """

    spec: Spec
    parts: Sequence[tuple[Leaf | Node, Aggregation | None, slice]]
    spreads: Mapping[str, Spread]
    holds: Mapping[str, Array]
    names: NDArray[np.uint64]
    seed: int
    which: Numbers


def simulate(
    index: Uncertain, by: Uncertainty, plan: Plan | None = None, run: Run | None = None
) -> Iterator[tuple[str, Draws]]:
    """Scores of all agencies in every run (agencies × runs), for each child of the root and last the root itself.

    One node's draws are made at a time: who keeps them all needs memory for all. `run` says where: unless given, where
    pieces are being sent, or in two threads.
    """
    plan, run = plan or Plan.joint(by), run or elsewhere() or threads()
    turns = _turns(index.spec.root, by, plan)
    blocks = [slice(start, start + BLOCK) for start in range(0, len(index.agencies), BLOCK)]
    means = [[Mean(turn.how or index.spec.root.aggregation) for turn in turns] for _ in blocks]
    source = (keys(index.agencies, by.seed), by.seed, plan.evidence)
    for at, child in enumerate(index.spec.root.children):
        pieces = (_piece(index, at, turns, rows, source) for rows in blocks)
        found = np.full((len(index.agencies), len(plan.evidence)), np.nan, dtype=np.float32)
        for rows, roots, drawn in zip(blocks, means, run(_drawn, pieces), strict=True):
            found[rows] = drawn
            _add(roots, drawn, turns, at, index.holds, rows)
        yield child.id, found
        del found  # before the next is made
    whole = np.full((len(index.agencies), len(plan.evidence)), np.nan, dtype=np.float32)
    for rows, made in zip(blocks, means, strict=True):
        for turn, mean in zip(turns, made, strict=True):
            whole[rows, turn.runs] = mean.value()
    yield index.spec.root.id, whole


Source = tuple[NDArray[np.uint64], int, Numbers]  # the agencies' streams, the seed, and which draw every run takes


def _piece(index: Uncertain, at: int, turns: Sequence[_Turn], rows: slice, source: Source) -> _Piece:
    names, seed, which = source
    leaves = _leaves(index.spec.root.children[at])
    spreads = {leaf.id: index.spreads[leaf.id].rows(rows) for leaf in leaves}
    holds = {leaf.id: _column(index.holds[leaf.id], rows) for leaf in leaves}
    parts = [(turn.root.children[at], turn.how, turn.runs) for turn in turns]
    return _Piece(index.spec, parts, spreads, holds, names[rows], seed, which)


def _column(holds: Array, rows: slice) -> Draws:
    return holds[rows, None].astype(np.float32)


def _drawn(piece: _Piece) -> Draws:
    """The draws of a piece, agencies × runs."""
    found = np.full((len(piece.names), len(piece.which)), np.nan, dtype=np.float32)
    leaves = _leaves(piece.parts[0][0]) if piece.parts else ()
    raw = {leaf.id: _raw(piece.spreads[leaf.id], leaf, piece.names, piece.seed, piece.which) for leaf in leaves}
    for part, how, runs in piece.parts:
        found[:, runs] = _scores(piece.spec, part, raw, piece.holds, how, runs)
    return found


def _add(
    roots: Sequence[Mean], drawn: Draws, turns: Sequence[_Turn], at: int, holds: Mapping[str, Array], rows: slice
) -> None:
    """Add the draws of one child to the means of the root, for some agencies."""
    for turn, root in zip(turns, roots, strict=True):
        part = turn.root.children[at]
        weight = part.weight * _column(holds[part.id], rows) if isinstance(part, Leaf) else part.weight
        root.add(drawn[:, turn.runs], weight)


def _scores(
    spec: Spec, part: Leaf | Node, raw: Mapping[str, Draws], holds: Mapping[str, Array],
    how: Aggregation | None, runs: slice,
) -> Array:  # fmt: skip
    def scored(leaf: Leaf) -> Array:
        return normalise(raw[leaf.id][:, runs], leaf, spec)

    return tree_means(part, scored, holds, lambda node: how or node.aggregation)[part.id]


def _leaves(part: Leaf | Node) -> tuple[Leaf, ...]:
    return (part,) if isinstance(part, Leaf) else tuple(part.leaves())


def _turns(root: Node, by: Uncertainty, plan: Plan) -> list[_Turn]:
    """The runs in stretches that share their means."""
    turns, start = [], 0
    for how, stretch in groupby(plan.means):
        runs = slice(start, start + len(list(stretch)))
        turns.append(_Turn(vary(root, by, plan.weights[runs], plan.goalposts[runs]), how, runs))
        start = runs.stop
    return turns


def vary(node: Node, by: Uncertainty, weights: Numbers, goalposts: Numbers) -> Node:
    """The tree with weights and goalposts of the numbered draws: a weight evenly within ± its share, a goalpost within
    ± a share of their distance (of their logarithms, on a log scale)."""
    children = tuple(
        vary(child, by, weights, goalposts) if isinstance(child, Node) else _vary_leaf(child, by, weights, goalposts)
        for child in node.children
    )
    return replace(node, weight=_weight(node, by, weights), children=children)


def _weight(part: Leaf | Node, by: Uncertainty, which: Numbers) -> Draws:
    return np.asarray(part.weight * (1 + _within(part.id, "weight", by.seed, by.weights, which)), dtype=np.float32)


def _vary_leaf(leaf: Leaf, by: Uncertainty, weights: Numbers, goalposts: Numbers) -> Leaf:
    weight = _weight(leaf, by, weights)
    if leaf.worst is None or leaf.best is None:
        return replace(leaf, weight=weight)
    log = leaf.scale == "log"
    worst, best = (float(np.log(x) if log else x) for x in (leaf.worst, leaf.best))
    moved = [
        end + (best - worst) * _within(leaf.id, name, by.seed, by.goalposts, goalposts)
        for name, end in (("worst", worst), ("best", best))
    ]
    worst_drawn, best_drawn = (np.exp(x) if log else x for x in moved)
    return replace(leaf, weight=weight, worst=worst_drawn, best=best_drawn)


def _within(id: str, what: str, seed: int, share: float, which: Numbers) -> Draws:
    """Even numbers from -share to share that belong to a part of the tree."""
    return np.asarray(share * (2 * uniforms(keys([id], seed, what), which)[0] - 1), dtype=np.float32)


def evidence_draws(index: Uncertain, leaf: Leaf, seed: int, runs: Numbers) -> Draws:
    """Raw values of one indicator for all agencies, agencies × runs."""
    names = keys(index.agencies, seed)
    return _raw(index.spreads[leaf.id], leaf, names, seed, runs)


def _raw(spread: Spread, leaf: Leaf, names: NDArray[np.uint64], seed: int, which: Numbers) -> Draws:
    """Raw values of one indicator for some agencies, agencies × runs: even picks of equally likely quantiles."""
    if np.isnan(spread.low).all():
        return np.full((len(names), len(which)), np.nan, dtype=np.float32)
    low, high = spread.quantiles((np.arange(LEVELS) + 0.5) / LEVELS)
    starts = names ^ np.uint64(key(seed, "evidence", leaf.id))
    picks = random_bytes(starts, which) % LEVELS + LEVELS * np.arange(len(names))[:, None]
    drawn = low.astype(np.float32).ravel().take(picks)
    if not spread.ranged:
        return drawn
    between = random_bytes(names ^ np.uint64(key(seed, "range", leaf.id)), which)
    share = (between.astype(np.float32) + np.float32(0.5)) / np.float32(256)
    return np.asarray(drawn + share * (high.astype(np.float32).ravel().take(picks) - drawn))
