"""How far one forged or mistaken evidence item could move an agency: the data as they would be, scored again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from scoring.instruments import observe
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
    variants = {
        f"{agency}\n{number}\n{by}": changed
        for agency in tried
        for number, (by, changed) in enumerate(_variants(dataset.agencies[agency], methodology, as_of))
    }
    tampered = replace(dataset, agencies=variants)
    scores = score(observe(tampered, as_of), methodology, list(variants)).score
    found: dict[tuple[str, str], list[tuple[float, str]]] = defaultdict(list)
    for variant, row in scores[list(nodes)].iterrows():
        agency, _, by = str(variant).split("\n")
        for node, value in row.dropna().items():
            found[agency, str(node)].append((float(value), by))
    asked = {(agency, node) for node, agencies in nodes.items() for agency in agencies}
    return {at: Tampering(*min(tried), *max(tried)) for at, tried in found.items() if at in asked}


def _variants(agency: Agency, methodology: Methodology, as_of: date) -> Iterator[tuple[str, Agency]]:
    codes = {code.id: code for code in methodology.codes if code.feeds}
    for at, item in enumerate(agency.evidence):
        if item.code not in codes or item.context is not None or item.observed > as_of:
            continue
        rest = agency.evidence[:at] + agency.evidence[at + 1 :]
        yield item.id, replace(agency, evidence=rest)
        for change in _ends(codes[item.code], methodology):
            yield item.id, replace(agency, evidence=(*rest, item.model_copy(update=change)))
    for code in codes.values():
        for change in _ends(code, methodology):
            yield code.id, replace(agency, evidence=(*agency.evidence, _forged(code, change, as_of)))


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
