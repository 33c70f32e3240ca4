"""How long the joint simulation takes, beside numpy merely drawing as many normals and sorting the scores.

    .venv/bin/python benchmarks/uncertainty.py

Each row is a whole process, started here one after the other: 10,000 agencies × 35 indicators × 1,000 joint draws with
the evidence (counts, documents read in part, ages and strengths made up with a seed), simultaneous rank sets of 300
units, 600 replications of the ASEM index (where ../shared has it), and `hiwar score` on the data shipped.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AGENCIES, DRAWS, SEED = 10_000, 1_000, 1


def peer() -> None:
    """The yardstick: 350 million normals, and one argsort of every draw's scores."""
    import numpy as np

    random = np.random.default_rng(SEED)
    for _ in range(35):
        random.standard_normal(AGENCIES * DRAWS)
    scores = random.standard_normal((DRAWS, AGENCIES))
    scores.argsort(axis=1)


def joint() -> None:
    """The simulation of every league and the overall rank, summed up as it is for the site."""
    import numpy as np
    import pandas as pd
    from measure import copies

    from scoring.instruments.spread import spread_of
    from scoring.method.score import Raw, Scores, frames
    from scoring.method.simulate import Uncertain
    from scoring.method.spec import spec_of
    from scoring.method.standing import standings
    from scoring.source.dataset import read_dataset

    with tempfile.TemporaryDirectory() as folder:
        copies(Path(folder), 0)
        dataset = read_dataset(Path(folder)).dataset
    assert dataset is not None
    methodology = dataset.methodology
    random, agencies = np.random.default_rng(SEED), pd.Index([f"agency-{i:05d}" for i in range(AGENCIES)])
    values, spreads = {}, {}
    for id, leaf in methodology.indicators().items():
        table = _made_up(random, leaf, agencies)
        spreads[id] = spread_of(table, leaf, methodology.rules)
        values[id] = (table["low"] + table["high"]) / 2
    value = pd.DataFrame(values)
    ones = pd.DataFrame(1.0, index=agencies, columns=value.columns)
    raw = Raw(value, value, value, ones, ones, value, 0 * ones)
    found = frames(spec_of(methodology), raw)
    scores = Scores(spec=spec_of(methodology), state=ones, without=found["score"], raw=raw, **found)
    index = Uncertain(scores.spec, list(agencies), spreads, {id: np.ones(AGENCIES) for id in value})
    members = dict.fromkeys([methodology.id, *(d.id for d in methodology.dimensions)], agencies)
    groups = pd.Series([f"group-{i % 200}" for i in range(AGENCIES)], index=agencies)
    for _ in standings(index, methodology.rules.uncertainty, scores, members, groups):
        pass


def _made_up(random, leaf, agencies):  # type: ignore[no-untyped-def]
    """Observations of one indicator: counts for shares, ranges for documents, values between goalposts otherwise."""
    import numpy as np
    import pandas as pd

    count, posts = len(agencies), leaf.goalposts
    sized = random.integers(30, 200, count).astype(float)
    low, high = sorted((posts.worst, posts.best))
    drawn = low + (high - low) * random.beta(2, 2, count)
    if leaf.kind == "graded":
        drawn = np.floor(drawn)
    upper = np.minimum(drawn + random.integers(0, 3, count), high) if leaf.kind == "graded" else drawn
    return pd.DataFrame(
        {
            "low": drawn, "high": upper, "denominator": sized, "frame": np.nan, "size": np.nan,
            "strength": random.choice(list("ABCD"), count, p=[0.1, 0.5, 0.3, 0.1]),
            "age_months": random.integers(0, 48, count).astype(float),
        },
        index=agencies,
    )  # fmt: skip


def ranksets() -> None:
    """Simultaneous confidence sets for the ranks of 300 units, step-down, 1,000 bootstrap draws."""
    import numpy as np

    from scoring.method.ranksets import normal_errors, rank_sets

    estimate, errors = np.random.default_rng(SEED).normal(0, 3, 300), normal_errors(np.ones(300), DRAWS, SEED)
    rank_sets(estimate, errors, covariance=np.ones(300))


def asem() -> None:
    """600 replications of the ASEM index: weights, normalisation and mean drawn, ranks of 51 countries."""
    from asem_replications import replicate

    replicate(ROOT.parent / "shared" / "reference" / "asem", 600)


def main() -> None:
    from measure import timed

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=["peer", "joint", "ranksets", "asem"])
    only = parser.parse_args().only
    if only:
        return {"peer": peer, "joint": joint, "ranksets": ranksets, "asem": asem}[only]()
    me = [sys.executable, Path(__file__).resolve(), "--only"]
    rows = {name: timed([*me, name]) for name in ("peer", "joint", "ranksets")}
    if (ROOT.parent / "shared" / "reference" / "asem").is_dir():
        rows["asem"] = timed([*me, "asem"])
    rows["score"] = timed([sys.executable, "-m", "scoring", "score"])
    for name, (seconds, memory) in rows.items():
        print(f"{name:10s} {seconds:6.2f} s {memory:7.0f} MiB")
    print(f"joint simulation / numpy merely drawing and sorting: {rows['joint'][0] / rows['peer'][0]:.2f}")


if __name__ == "__main__":
    main()
