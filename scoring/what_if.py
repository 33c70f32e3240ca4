"""How far one forged or mistaken evidence item could move an agency: the data as they would be, scored again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from scoring.instruments import Observations, observe
from scoring.method.score import score
from scoring.model import Agency, Code, Dataset, Evidence, Methodology, Name, Source


@dataclass(frozen=True)
class Tampering:
    """The lowest and highest score at a node that one item could bring about, and what it would be: the id of an item
    that is mistaken, or the code of one that is forged."""

    low: float
    low_by: str
    high: float
    high_by: str


def tampering(dataset: Dataset, as_of: date, nodes: Mapping[str, Sequence[str]]) -> dict[tuple[str, str], Tampering]:
    """(agency, node) → what one item could do; `nodes` lists the agencies to try at each node.

    Every item is left out and turned to either end of what its code allows, and a new item of every code is added at
    either end, as new as the data. All these variants are scored together.
    """
    methodology = dataset.methodology
    tried = sorted({agency for agencies in nodes.values() for agency in agencies})
    near = {code.id: _near(code, methodology) for code in methodology.codes}
    kept = {code: _codes_of(indicators, methodology) for code, indicators in near.items()}
    asked = frozenset(methodology.enquiries.model_dump().values())
    variants: dict[str, Agency] = {}
    touched: list[tuple[str, str, str]] = []
    for agency in tried:
        for number, (by, code, changed) in enumerate(_variants(dataset.agencies[agency], methodology, as_of)):
            name = f"{agency}\n{number}\n{by}"
            variants[name] = _only(changed, kept[code], bool(near[code] & asked))
            touched += [(agency, name, indicator) for indicator in near[code]]
    table = _patched(dataset, as_of, variants, pd.DataFrame(touched, columns=["of", "agency", "indicator"]))
    scores = score(Observations(table, as_of), methodology, list(variants)).score
    found: dict[tuple[str, str], list[tuple[float, str]]] = defaultdict(list)
    for node in nodes:
        for variant, value in zip(variants, scores[node].to_numpy(float).tolist(), strict=True):
            if value == value:
                agency, _, by = variant.split("\n")
                found[agency, node].append((value, by))
    wanted = {(agency, node) for node, agencies in nodes.items() for agency in agencies}
    return {at: Tampering(*min(tried), *max(tried)) for at, tried in found.items() if at in wanted}


def _near(code: Code, methodology: Methodology) -> frozenset[str]:
    """The indicators that an item of this code can change: those it feeds, those that they may make inapplicable, and
    what decides whether those apply."""
    fed = {feed.indicator for feed in code.feeds}
    gates = {id: i.not_applicable_when.indicator for id, i in methodology.indicators().items() if i.not_applicable_when}
    gated = {id for id, gate in gates.items() if gate in fed}
    return frozenset(fed | gated | {gates[id] for id in fed & gates.keys()})


def _codes_of(indicators: frozenset[str], methodology: Methodology) -> frozenset[str]:
    return frozenset(c.id for c in methodology.codes if any(feed.indicator in indicators for feed in c.feeds))


def _only(agency: Agency, codes: frozenset[str], asked: bool) -> Agency:
    """The agency with nothing but evidence of these codes, and its enquiries where they are `asked` for."""
    evidence = tuple([item for item in agency.evidence if item.code in codes])
    return replace(agency, evidence=evidence, enquiries=agency.enquiries if asked else ())


def _patched(dataset: Dataset, as_of: date, variants: Mapping[str, Agency], touched: pd.DataFrame) -> pd.DataFrame:
    """Each variant's observations: anew where its change reaches, as they are elsewhere. Observing everything anew for
    every item would take most of the time of a build."""
    whole = {name: dataset.agencies[name] for name in touched["of"].unique()}
    before = observe(replace(dataset, agencies=whole), as_of).table
    after = observe(replace(dataset, agencies=dict(variants)), as_of).table
    reached = pd.MultiIndex.from_frame(touched[["agency", "indicator"]])
    after = after[pd.MultiIndex.from_frame(after[["agency", "indicator"]]).isin(reached)]
    copies = touched[["of", "agency"]].drop_duplicates()
    copied = before.rename(columns={"agency": "of"}).merge(copies, on="of").drop(columns="of")[list(before.columns)]
    copied = copied[~pd.MultiIndex.from_frame(copied[["agency", "indicator"]]).isin(reached)]
    return pd.DataFrame({name: [*copied[name], *after[name]] for name in copied.columns})


def _variants(agency: Agency, methodology: Methodology, as_of: date) -> Iterator[tuple[str, str, Agency]]:
    """Who is changed (an item's id, or the code of a forged one), by which code, and the agency as it would be."""
    codes = {code.id: code for code in methodology.codes if code.feeds}
    for at, item in enumerate(agency.evidence):
        if item.code not in codes or item.context is not None or item.observed > as_of:
            continue
        rest = agency.evidence[:at] + agency.evidence[at + 1 :]
        yield item.id, item.code, replace(agency, evidence=rest)
        for change in _ends(codes[item.code], methodology):
            yield item.id, item.code, replace(agency, evidence=(*rest, item.model_copy(update=change)))
    for code in codes.values():
        for change in _ends(code, methodology):
            yield code.id, code.id, replace(agency, evidence=(*agency.evidence, _forged(code, change, as_of)))


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
