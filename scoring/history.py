"""What changed from one edition to the next: the old evidence ages, then new evidence and another method come in.

Works on results and reads nothing; the parts come from `scoring.method.compare`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from scoring.method.compare import CAUSES, RANK_CAUSES, AgencyChange, Change, Comparison, Snapshot, compare
from scoring.model import Agency, Dataset
from scoring.results import Results


@dataclass(frozen=True)
class Shift:
    """One agency from one edition to the next: by node, its score and its position in both and each cause's part in the
    change (`evidence`, `ageing`, `method`; for positions `others` too), and the ids of the items that came in."""

    scores: Mapping[str, Change]
    ranks: Mapping[str, Change]
    added: tuple[str, ...]


def shifts(a: Results, b: Results) -> dict[str, Shift]:
    """By agency, what changed from edition `a` to the later `b`.

    What had been read by the day of `a` is first looked at on the day of `b` (`ageing`); then what was read in between
    and the method of `b` come in, their parts being Shapley values (`compare`). So a new reading counts as evidence,
    however old its subject.
    """
    known, grown = known_by(a.dataset, a.as_of), known_by(b.dataset, b.as_of)
    aged = compare(Snapshot(known, a.as_of), Snapshot(known, b.as_of))
    rest = compare(Snapshot(known, b.as_of), Snapshot(grown, b.as_of))
    return {id: _shift(aged.agencies.get(id), rest.agencies[id], rest) for id in sorted(grown.agencies)}


def known_by(dataset: Dataset, day: date) -> Dataset:
    """The data with only what had been read, asked or received by the end of a day."""
    return replace(dataset, agencies={id: _known(agency, day) for id, agency in dataset.agencies.items()})


def _known(agency: Agency, day: date) -> Agency:
    return replace(
        agency,
        evidence=tuple(item for item in agency.evidence if item.observed <= day),
        enquiries=tuple(one for one in agency.enquiries if one.asked[:10] <= day.isoformat()),
        replies=tuple(one for one in agency.replies if one.received <= day),
    )


def _shift(aged: AgencyChange | None, rest: AgencyChange, whole: Comparison) -> Shift:
    """`aged` is None, or lacks a node, where edition `a` knew nothing of it."""
    scores = {node: found["score"] for node, found in aged.scores.items()} if aged else {}
    ranks = aged.ranks if aged else {}
    return Shift(
        {node: _joined(scores.get(node), rest.scores[node]["score"], CAUSES) for node in whole.nodes},
        {node: _joined(ranks.get(node), rest.ranks[node], RANK_CAUSES) for node in whole.nodes},
        rest.evidence.added,
    )


def _joined(first: Change | None, then: Change, causes: tuple[str, ...]) -> Change:
    """Two changes, one after the other, as one; without parts where either has none."""
    if first is None or first.parts is None or then.parts is None:
        return Change(first.old if first else then.old, then.new, None)
    return Change(first.old, then.new, {cause: first.parts[cause] + then.parts[cause] for cause in causes})
