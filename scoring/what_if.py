"""How far one forged or mistaken evidence item could move an agency: the data as they would be, scored again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from scoring.instruments.observe import observed
from scoring.method.aggregate import Array
from scoring.method.score import SEEN, best_known
from scoring.model import Agency, Code, Dataset, Enquiry, Evidence, Methodology, Name, Source, State
from scoring.results import Results


@dataclass(frozen=True)
class Tampering:
    """The lowest and highest score at a node that one item could bring about, and what it would be: the id of an item
    that is mistaken, or the code of one that is forged."""

    low: float
    low_by: str
    high: float
    high_by: str


def tampering(results: Results, nodes: Mapping[str, Sequence[str]]) -> dict[tuple[str, str], Tampering]:
    """(agency, node) → what one item could do; `nodes` lists the agencies to try at each node.

    Every item is left out and turned to either end of what its code allows, and a new item of every code is added at
    either end, as new as the data. All these variants are scored together.
    """
    tried = sorted({agency for agencies in nodes.values() for agency in agencies})
    variants = list(_variants(results.dataset, results.as_of, tried))
    scores = _scored(results, variants)
    found: dict[tuple[str, str], Tampering] = {}
    for node, agencies in nodes.items():
        wanted, values = set(agencies), scores[node].tolist()
        of: dict[str, list[tuple[float, str]]] = defaultdict(list)
        for variant, value in zip(variants, values, strict=True):
            if value == value and variant.agency in wanted:
                of[variant.agency].append((value, variant.by))
        found |= {(agency, node): Tampering(*min(could), *max(could)) for agency, could in of.items()}
    return found


@dataclass(frozen=True)
class _Variant:
    """An agency as it would be, reduced to what bears on the indicators that are `near` the change, and who makes it:
    an item's id, or the code of a forged one. A forged item that stands alone makes the same of every agency."""

    agency: str
    by: str
    near: frozenset[str]
    changed: Agency


def _scored(results: Results, variants: Sequence[_Variant]) -> dict[str, Array]:
    """Every node's score of each variant: observed anew where its change reaches, and as it is elsewhere. Observing
    everything anew for every item would take most of the time of a build."""
    before, dataset = results.scores.raw, results.dataset
    rows = results.scores.score.index.get_indexer(pd.Index([variant.agency for variant in variants]))
    columns = {indicator: at for at, indicator in enumerate(before.value.columns)}
    value, applies, reported = (
        frame.to_numpy(float)[rows] for frame in (before.value, before.applies, before.reported)
    )
    reached = [(row, columns[id]) for row, variant in enumerate(variants) for id in variant.near]
    cells = tuple(np.array(reached, dtype=int).reshape(-1, 2).T)
    value[cells], applies[cells], reported[cells] = np.nan, 1.0, 0.0
    alike = defaultdict(list)
    for row, variant in enumerate(variants):
        alike[id(variant.changed)].append(row)
    one_of = ((alike_rows[0], variants[alike_rows[0]].changed) for alike_rows in alike.values())
    changed = {str(row): agency for row, agency in one_of if agency.evidence or agency.enquiries}
    for found in observed(replace(dataset, agencies=changed), results.as_of):
        variant, indicator, state = variants[int(found["agency"])], found["indicator"], found["state"]
        if indicator in variant.near:
            cell = alike[id(variant.changed)], columns[indicator]
            value[cell], applies[cell] = found["value"], state != State.NOT_APPLICABLE
            reported[cell] = found["self_reported"] and state in SEEN
    seen, held, told = (pd.DataFrame(part, columns=list(columns)) for part in (value, applies, reported))
    return best_known(results.scores.spec, seen, held, told, dataset.methodology.rules.self_reported_cap)


def _near(code: Code, methodology: Methodology) -> frozenset[str]:
    """The indicators that an item of this code can change: those it feeds, those that they may make inapplicable, and
    what decides whether those apply."""
    fed = {feed.indicator for feed in code.feeds}
    gates = {id: i.not_applicable_when.indicator for id, i in methodology.indicators().items() if i.not_applicable_when}
    gated = {id for id, gate in gates.items() if gate in fed}
    return frozenset(fed | gated | {gates[id] for id in fed & gates.keys()})


def _codes_of(indicators: frozenset[str], methodology: Methodology) -> frozenset[str]:
    return frozenset(c.id for c in methodology.codes if any(feed.indicator in indicators for feed in c.feeds))


def _variants(dataset: Dataset, as_of: date, agencies: Sequence[str]) -> Iterator[_Variant]:
    """Every change that one item could be or make, agency by agency."""
    methodology = dataset.methodology
    codes = {code.id: code for code in methodology.codes if code.feeds}
    near = {id: _near(code, methodology) for id, code in codes.items()}
    kept = {id: _codes_of(indicators, methodology) for id, indicators in near.items()}
    asked = frozenset(methodology.enquiries.model_dump().values())
    ends = {id: _ends(code, methodology) for id, code in codes.items()}
    forged = {id: [_forged(code, end, as_of) for end in ends[id]] for id, code in codes.items()}
    alone: dict[tuple[str, int], Agency] = {}
    for id in agencies:
        agency = dataset.agencies[id]
        items = [item for item in agency.evidence if item.context is None and item.observed <= as_of]
        around = {code: [item for item in items if item.code in kept[code]] for code in codes}
        enquiries = {code: agency.enquiries if near[code] & asked else () for code in codes}

        for item in items:
            if item.code in codes:
                rest = tuple(one for one in around[item.code] if one is not item)
                turned = ((*rest, item.model_copy(update=end)) for end in ends[item.code])
                for evidence in (rest, *turned):
                    yield _Variant(id, item.id, near[item.code], _with(agency, evidence, enquiries[item.code]))
        for code in codes:
            for at, item in enumerate(forged[code]):
                made = _with(agency, (*around[code], item), enquiries[code])
                if not (around[code] or enquiries[code]):
                    made = alone.setdefault((code, at), made)
                yield _Variant(id, code, near[code], made)


def _with(agency: Agency, evidence: tuple[Evidence, ...], enquiries: tuple[Enquiry, ...]) -> Agency:
    """As `dataclasses.replace`, which takes its time to look the fields up."""
    return Agency(agency.profile, evidence, agency.path, enquiries, agency.replies, agency.stages)


def _ends(code: Code, methodology: Methodology) -> list[dict[str, object]]:
    """What an item of this code could say at either end."""
    plain: dict[str, object] = {"state": "observed", "numerator": None, "denominator": None, "frame": None}
    if code.type == "flag":
        values: list[object] = [True, False]
    elif code.type == "choice":
        graded = sorted((c for c in code.choices if c.level is not None), key=lambda c: c.level or 0)
        values = [choice.id for choice in (graded[:1] + graded[-1:])]
    else:
        posts = methodology.indicators()[code.feeds[0].indicator].goalposts
        values = [posts.worst, posts.best]
    return [plain | {"value": value} for value in values]


def _forged(code: Code, change: Mapping[str, object], as_of: date) -> Evidence:
    """A new item, on the agency's own page of the day."""
    page = Source(url="https://example.org/", language="en", kind="own_page", published=str(as_of), read="full")
    return Evidence(
        id="forged", code=code.id, finding=Name(en="forged"), source=page, observed=as_of, strength="B"
    ).model_copy(update=dict(change))
