"""Make tests/vectors/score.json: small random indices, and what scoring/method makes of them.

The browser's arithmetic (theme/assets/js/score.js) must give the same numbers; tests/test_vectors.py holds both to
the file. Run it after the method has changed:  .venv/bin/python scripts/make_vectors.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pandas as pd

from scoring.method.aggregate import Array, tree_means
from scoring.method.errors import carried_errors
from scoring.method.rank import rank_league
from scoring.method.score import Raw, Scores, frames
from scoring.method.spec import Aggregation, Leaf, Node, Spec, plain_tree

TARGET = Path(__file__).resolve().parent.parent / "tests" / "vectors" / "score.json"
AGGREGATIONS: tuple[Aggregation, ...] = get_args(Aggregation)
CASES, SEED = 40, 20261123


def _tree(random: np.random.Generator) -> Node:
    def leaf(id: str) -> Leaf:
        return Leaf(id, float(random.choice([0.05, 0.1, 0.25, 1 / 3, 0.7])), 1.0, 100.0)

    branches = []
    for b in range(int(random.integers(1, 5))):
        children = tuple(leaf(f"i{b}{c}") for c in range(int(random.integers(1, 5))))
        how = AGGREGATIONS[int(random.integers(3))]
        branches.append(Node(f"d{b}", children, float(random.uniform(0.01, 1)), how))
    return Node("index", tuple(branches), 1.0, AGGREGATIONS[int(random.integers(3))])


def _case(random: np.random.Generator) -> dict[str, Any]:
    root, units = _tree(random), 9
    spec = Spec(root, 1.0, 100.0)
    ids = [leaf.id for leaf in root.leaves()]
    scores = {id: np.where(random.random(units) < 0.3, np.nan, random.uniform(1, 100, units)) for id in ids}
    for id in ids:
        scores[id][1] = scores[id][0]  # two that tie
        scores[id][2] = np.nan  # and one that nobody observed
    applies = {id: (random.random(units) > 0.1).astype(float) for id in ids}
    counts = {id: np.where(random.random(units) < 0.2, random.uniform(0.1, 1, units), 1.0) for id in ids}
    for id in ids:
        applies[id][1], counts[id][1] = applies[id][0], counts[id][0]
    errors = {id: np.where(np.isnan(scores[id]), np.nan, random.uniform(0, 9, units)) for id in ids}
    holds = {id: applies[id] * counts[id] for id in ids}
    means = tree_means(root, lambda leaf: scores[leaf.id], holds)
    return {
        "tree": plain_tree(root),
        "scores": _lists(scores), "applies": _lists(applies), "holds": _lists(holds), "errors": _lists(errors),
        "means": _lists(means),
        "carried": _lists(carried_errors(root, means, errors, holds)),
        "coverage": _coverage(spec, scores, applies, counts),
        "positions": _positions(spec, means),
    }  # fmt: skip


def _coverage(spec: Spec, scores: dict[str, Array], applies: dict[str, Array], counts: dict[str, Array]) -> list[float]:
    """The engine's own coverage: the scores serve as raw values, since the goalposts are the ends of the scale."""
    value, applied, counted = (pd.DataFrame(one) for one in (scores, applies, counts))
    made = frames(spec, Raw(value, value, value, applied, counted, value, 0 * value))
    return [float(x) for x in made["coverage"]["index"]]


def _positions(spec: Spec, means: dict[str, Array]) -> list[int]:
    frame = pd.DataFrame({"index": means["index"]})
    raw = Raw(*[frame] * 7)  # positions look at nothing but the scores
    ranked = rank_league(Scores(spec, frame, frame, frame, frame, frame, frame, raw), "index")["rank"]
    return [int(ranked.get(at, 0)) for at in frame.index]


def _lists(columns: dict[str, Array]) -> dict[str, list[float | None]]:
    return {id: [None if np.isnan(x) else float(x) for x in column] for id, column in columns.items()}


def vectors() -> str:
    """The file's text; the same every time."""
    random = np.random.default_rng(SEED)
    cases = ",\n".join(json.dumps(_case(random), allow_nan=False) for _ in range(CASES))
    return f"[\n{cases}\n]\n"


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(vectors(), encoding="utf-8")
