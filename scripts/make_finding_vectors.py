"""Make tests/vectors/observe.json: agencies of the fictional country, as they are and with their evidence changed at
random, and what scoring/instruments and scoring/method make of them.

The browser's arithmetic (theme/assets/js/observe.js) must give the same numbers. Run it after the method or the
fictional data have changed:  .venv/bin/python scripts/make_finding_vectors.py
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from scoring.instruments.observe import observe
from scoring.method.score import score
from scoring.model import Agency, Dataset, Evidence
from scoring.render.finding_form import finding_document
from scoring.render.view import View
from scoring.results import compute, newest_reading
from scoring.source.dataset import read_dataset

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "tests" / "vectors" / "observe.json"
AGENCIES, CHANGED, SEED = 4, 20, 20261124
KEPT = ("codes", "indicators", "shared", "social", "tree", "lowest", "highest", "cap")
KINDS, DAYS = ("own_page", "press", "parliament"), (None, "2024", "2024-05", "2024-05-11", "2026-10")


def vectors() -> str:
    dataset = read_dataset(ROOT / "examples" / "republic-of-sample").dataset
    assert dataset is not None
    as_of = newest_reading(dataset)
    random = np.random.default_rng(SEED)
    whole = {f"{id}-{n}": agency for n, (id, agency) in enumerate(_agencies(dataset, random))}
    variants = replace(dataset, agencies=whole)
    observations = observe(variants, as_of)
    scores = score(observations, dataset.methodology, list(whole)).score
    rows = {id: found.set_index("indicator") for id, found in observations.table.groupby("agency")}
    cases = []
    for id, agency in whole.items():
        table, known = rows[id], scores.loc[id].to_numpy(float)
        asked = table[[used == (f"{id}.enquiries",) for used in table["used"]]]["value"]
        cases.append({
            "items": [_item(item) for item in agency.evidence if item.context is None],
            "enquired": {str(name): float(value) for name, value in asked.items()},
            "values": {str(name): _known(float(value)) for name, value in table["value"].items()},
            "scores": dict(zip(scores.columns, map(_known, known), strict=True)),
        })  # fmt: skip
    book = finding_document(View(compute(dataset, as_of)))
    told = {"book": {name: _without_words(book[name]) for name in KEPT}, "cases": cases}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"


def _agencies(dataset: Dataset, random: np.random.Generator) -> Iterator[tuple[str, Agency]]:
    """Some agencies as they are, then with their evidence changed at random."""
    known = [(id, a) for id, a in dataset.agencies.items() if len(a.evidence) > 8]
    yield from known[:AGENCIES]
    for n in range(CHANGED):
        id, agency = known[n % len(known)]
        items = [i for i in agency.evidence if i.context is None]
        pool = [i for _, other in known[:AGENCIES] for i in other.evidence if i.context is None]
        strange = [
            pool[int(at)].model_copy(update={"id": f"strange-{n}-{at}"}) for at in random.integers(len(pool), size=8)
        ]
        changed = [_changed(item, items[0].id, random) for item in [*items, *strange]]
        yield id, replace(agency, evidence=tuple(changed))


def _changed(item: Evidence, other: str, random: np.random.Generator) -> Evidence:
    day = DAYS[int(random.integers(len(DAYS)))]
    source = item.source.model_copy(update={"kind": KINDS[int(random.integers(3))], "published": day})
    update: dict[str, Any] = {"source": source, "strength": "BCD"[int(random.integers(3))]}
    chance = random.random()
    if chance < 0.1:
        update["state"] = "documented_absence"
    elif chance < 0.13:
        update["state"] = "not_applicable"
    elif chance < 0.2 and item.id != other:
        update["disputes"] = other
    elif isinstance(item.value, bool):
        update["value"] = bool(random.random() < 0.6)
    elif isinstance(item.value, int | float):
        update |= {"value": round(float(item.value) * float(random.uniform(0.2, 1.5)), 3), "numerator": None}
    return item.model_copy(update=update)


def _item(item: Evidence) -> dict[str, Any]:
    told = {
        "id": item.id, "code": item.code, "value": item.value, "state": item.state, "numerator": item.numerator,
        "denominator": item.denominator, "channel": item.channel, "kind": item.source.kind,
        "published": item.source.published, "end": item.period.end if item.period else None,
        "disputes": item.disputes, "strength": item.strength,
    }  # fmt: skip
    return {key: value for key, value in told.items() if value is not None and value != "observed"}


def _without_words(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _without_words(one) for key, one in part.items() if key not in ("definition", "label", "name")}
    return [_without_words(one) for one in part] if isinstance(part, list) else part


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value


if __name__ == "__main__":
    TARGET.write_text(vectors(), encoding="utf-8")
