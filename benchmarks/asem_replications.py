"""Replications of the ASEM index of connectivity and sustainability, under four choices of method drawn at random.

    .venv/bin/python benchmarks/asem_replications.py --count 600

The set-up is that of the vignette "Sensitivity analysis" of COINr (Becker et al. 2022): how many points may be
winsorised (1 to 5), min-max on 1 to 100 or z-scores of mean 10 and deviation 2, weights of pillars and sub-indices
within ±25 % (one of 100 sets), and arithmetic or geometric means at all levels. Each replication is the package's own
calculation; only what two replications share is not repeated: a treated and normalised table is made once, and
replications that differ in weights alone are columns of one array.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.method.aggregate import Array, tree_means
from scoring.method.normalise import normalise
from scoring.method.plain import spec_from
from scoring.method.spec import Aggregation, Leaf, Node, Spec
from scoring.method.streams import key, keys, uniforms
from scoring.method.treat import fill, treat

ASEM = Path(__file__).resolve().parents[2] / "shared" / "reference" / "asem"
MOST = (1, 2, 3, 4, 5)
NORMALISATIONS: tuple[dict[str, Any], ...] = (
    {"normalisation": "minmax", "lowest": 1.0, "highest": 100.0},
    {"normalisation": "zscore", "mean": 10.0, "deviation": 2.0},
)
SETS, SHARE, SEED = 100, 0.25, 1
MEANS: tuple[Aggregation, ...] = ("arithmetic", "geometric")
Numbers = NDArray[np.integer[Any]]


@dataclass(frozen=True)
class Index:
    """The ASEM index before any treatment: its countries, their values by indicator, and its tree."""

    units: Sequence[str]
    values: Mapping[str, Array]
    root: Node


def read_index(folder: Path) -> Index:
    """The published raw values in proportion to the published sizes, gaps filled by the mean of Europe or Asia."""
    meta = {row["iCode"]: row for row in _rows(folder / "ASEM_iMeta.csv")}
    raw, sizes = (_columns(folder / name) for name in ("stage_Raw.csv", "ASEM_iData.csv"))
    groups, values = np.array(sizes["EurAsia_group"]), {}
    for id, row in meta.items():
        if row["Type"] == "Indicator":
            size = _numbers(sizes[row["Denominator"]]) if row["Denominator"] else 1.0
            values[id] = fill(_numbers(raw[id]) / size, groups)
    root = spec_from(_part("Index", meta) | {"normalisation": "minmax"}).root
    return Index(raw["uCode"], values, root)


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _columns(file: Path) -> dict[str, list[str]]:
    """Cells by column, countries in the order of their codes."""
    rows = sorted(_rows(file), key=lambda row: row["uCode"])
    return {name: [row[name] for row in rows] for name in rows[0]}


def _numbers(cells: Sequence[str]) -> Array:
    return np.array([float(cell) if cell not in ("", "NA") else np.nan for cell in cells])


def _part(id: str, meta: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    row = meta[id]
    children = [_part(child, meta) for child, other in meta.items() if other["Parent"] == id]
    weight = {"weight": float(row["Weight"])} if row["Parent"] not in ("", "NA") else {}
    return {"id": id} | weight | ({"children": children} if children else {"direction": int(float(row["Direction"]))})


def weigh(node: Node, which: Numbers, seed: int = SEED) -> Node:
    """The tree with pillars and sub-indices weighing as in the numbered sets: evenly within ±25 %, indicators as
    published. One number a replication."""
    children = tuple(weigh(child, which, seed) if isinstance(child, Node) else child for child in node.children)
    noise = uniforms(keys([node.id], seed, "weight"), which)[0]
    return replace(node, weight=node.weight * (1 + SHARE * (2 * noise - 1)), children=children)


def treated(index: Index, most: int) -> dict[str, Array]:
    """Values of all indicators, at most so many points winsorised."""
    return {id: treat(values, most) for id, values in index.values.items()}


def indicator_scores(values: Mapping[str, Array], root: Node, settings: Mapping[str, Any]) -> dict[str, Array]:
    """Scores of all indicators, countries × 1, normalised one way."""
    spec = Spec(root, **settings)
    return {leaf.id: normalise(values[leaf.id], leaf, spec)[:, None] for leaf in root.leaves()}


def index_scores(scores: Mapping[str, Array], root: Node, how: Aggregation) -> Array:
    """Scores of the index, countries × replications where weights are drawn."""

    def of(leaf: Leaf) -> Array:
        return scores[leaf.id]

    return tree_means(root, of, dict.fromkeys(scores, np.ones(1)), lambda _: how)[root.id]


def ranked(scores: Array) -> Numbers:
    """Position of every country in every replication: 1 for the highest, ties share the best."""
    return 1 + (scores[None] > scores[:, None]).sum(axis=1)


def ranks(index: Index, draws: Numbers, seed: int = SEED) -> Numbers:
    """Positions in the replications asked for, countries × replications. `draws` has a row for each: which of MOST,
    NORMALISATIONS, the sets of weights and MEANS."""
    found = np.zeros((len(index.units), len(draws)), dtype=int)
    for most in np.unique(draws[:, 0]):
        values = treated(index, MOST[most])
        for norm, settings in enumerate(NORMALISATIONS):
            scores = indicator_scores(values, index.root, settings)
            for mean, how in enumerate(MEANS):
                runs = np.flatnonzero((draws[:, [0, 1, 3]] == (most, norm, mean)).all(axis=1))
                if len(runs):
                    found[:, runs] = ranked(index_scores(scores, weigh(index.root, draws[runs, 2], seed), how))
    return found


def random_draws(count: int, seed: int = SEED) -> Numbers:
    """Choices for `count` replications, all combinations being equally likely."""
    sizes = np.array([len(MOST), len(NORMALISATIONS), SETS, len(MEANS)])
    starts = np.array([key(factor, seed, "choice") for factor in range(4)], dtype=np.uint64)
    return (uniforms(starts, np.arange(count)).T * sizes).astype(int)


def replicate(folder: Path, count: int) -> None:
    """Read the index in `folder` and rank its countries in `count` replications, drawn at random."""
    ranks(read_index(folder), random_draws(count))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=600)
    count = parser.parse_args().count
    start = time.perf_counter()
    replicate(ASEM, count)
    print(f"{count} replications: {time.perf_counter() - start:.3f} s, beside starting and imports")


if __name__ == "__main__":
    main()
