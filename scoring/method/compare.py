"""What changed between two states of the data, and how much of it each cause made. Knows no file, clock or HTML.

A score depends on three things: the evidence about the agency, the day it is looked at, and the method. Each is
taken from the one state or the other, which gives eight combinations, and each cause's part in a change is its
Shapley value over them (`scoring.method.shapley`), so that the order of blame does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scoring.instruments.observe import observe
from scoring.method.rank import eligibility, rank_league, unrankable
from scoring.method.score import score
from scoring.method.shapley import Array, shapley
from scoring.model import Agency, Dataset, Methodology

CAUSES = ("evidence", "ageing", "method")
RANK_CAUSES = (*CAUSES, "others")
MEASURES = ("score", "low", "high")
NOISE = 1e-9  # points of score; what differs by no more has not changed
DIGITS = 12  # relative; scores that agree in so many tie, as they do in a league

Kind = Literal["none", "same", "changed", "appears", "disappears"]
Status = Literal["both", "added", "removed"]


@dataclass(frozen=True)
class Snapshot:
    """A state of the data, looked at on a day: what was read later is left out."""

    dataset: Dataset
    as_of: date


@dataclass(frozen=True)
class Change:
    """A number in both states (None: there is none), unrounded, and each cause's part in the difference.

    `parts` sum to the change. They are None where the number appears or disappears, and where it changes by causes
    that cannot be told apart, for there is no number with only some of them (an item replaced together with the
    only code that scores it).
    """

    old: float | None
    new: float | None
    parts: Mapping[str, float] | None

    @property
    def kind(self) -> Kind:
        if self.old is None or self.new is None:
            return "none" if self.old is self.new else "appears" if self.old is None else "disappears"
        return "same" if abs(self.new - self.old) <= NOISE else "changed"

    @property
    def moved(self) -> bool:
        return self.kind not in ("none", "same")


@dataclass(frozen=True)
class EvidenceChange:
    """Ids of an agency's items that only one state has (`added`, `removed`), that differ (`changed`), and that are
    the same but that only the later of the two days lets in (`dated`); whether its profile differs."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    dated: tuple[str, ...]
    profile: bool

    @property
    def moved(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.dated or self.profile)


@dataclass(frozen=True)
class AgencyChange:
    """One agency: `scores` by node (the index, then each dimension) and measure (score, low, high; in points),
    `ranks` by node, whose parts include `others`: what moved because other agencies did."""

    id: str
    status: Status
    evidence: EvidenceChange
    scores: Mapping[str, Mapping[str, Change]]
    ranks: Mapping[str, Change]

    @property
    def moved(self) -> bool:
        changes = [*self.ranks.values(), *(c for node in self.scores.values() for c in node.values())]
        return self.status != "both" or self.evidence.moved or any(c.moved for c in changes)


@dataclass(frozen=True)
class Comparison:
    """Every agency of either state by id, sorted; `method` names what differs in the method, as dotted paths."""

    a: Snapshot
    b: Snapshot
    nodes: tuple[str, ...]
    agencies: Mapping[str, AgencyChange]
    method: tuple[str, ...]

    @property
    def moved(self) -> tuple[AgencyChange, ...]:
        return tuple(agency for agency in self.agencies.values() if agency.moved)


def compare(a: Snapshot, b: Snapshot) -> Comparison:
    """What changed from `a` to `b`, each change of a score, a bound or a rank split into its causes.

    `evidence` is the agency's own items and profile; `ageing` the day, with the items it lets in or leaves out;
    `method` the methodology and the closed lists. Their parts are Shapley values over six orders (1953), of ranks
    over twenty-four: there, `others` is every other agency going from its state in `a` to that in `b`, and a rank
    on the way is the one the agency would have, were it in the league. With fixed goalposts no other agency can
    move a score. Evidence of a code that a method does not know is left out where the two meet.

    Agencies are the same by id. The index is the same whatever its id, and goes by that of `b`.
    """
    agencies = sorted({*a.dataset.agencies, *b.dataset.agencies})
    nodes = tuple(dict.fromkeys([*_columns(b.dataset.methodology, b), *_columns(a.dataset.methodology, b)]))
    values = _values(a, b, agencies, nodes)
    places = _places((a, b), values[:, :, :, 0], agencies, nodes)
    parts, shifts = shapley(values, len(CAUSES)), shapley(places, len(RANK_CAUSES))
    first, last, before, after = values[0, 0, 0], values[1, 1, 1], places[0, 0, 0, 0], places[1, 1, 1, 1]

    def of_agency(row: int, id: str) -> AgencyChange:
        scores = {
            node: {
                measure: _change(CAUSES, first[m, row, k], last[m, row, k], parts[:, m, row, k])
                for m, measure in enumerate(MEASURES)
            }
            for k, node in enumerate(nodes)
        }
        ranks = {n: _change(RANK_CAUSES, before[row, k], after[row, k], shifts[:, row, k]) for k, n in enumerate(nodes)}
        return AgencyChange(id, _status(id, a, b), _evidence(id, a, b), scores, ranks)

    changes = {id: of_agency(row, id) for row, id in enumerate(agencies)}
    return Comparison(a, b, nodes, changes, tuple(_method_changes(a.dataset, b.dataset)))


def _change(causes: Sequence[str], old: float, new: float, parts: Array) -> Change:
    given = None if np.isnan(parts).any() else {cause: float(p) + 0.0 for cause, p in zip(causes, parts, strict=True)}
    return Change(_number(old), _number(new), given)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _columns(methodology: Methodology, b: Snapshot) -> dict[str, str]:
    """The column of a methodology's scores that holds each node: the index first, then the dimensions."""
    return {b.dataset.methodology.id: methodology.id} | {d.id: d.id for d in methodology.dimensions}


# --- the eight combinations -------------------------------------------------------------------------------


def _values(a: Snapshot, b: Snapshot, agencies: Sequence[str], nodes: Sequence[str]) -> Array:
    """What everything would be: evidence × day × method (0 of `a`, 1 of `b`) × measure × agency × node."""
    differ = (a.dataset.agencies != b.dataset.agencies, a.as_of != b.as_of, _method(a) != _method(b))
    done: dict[tuple[int, ...], Array] = {}
    for at in product((0, 1), repeat=len(CAUSES)):
        # What does not differ need not be mixed, and then cannot make a difference.
        key = tuple(i if d else 0 for i, d in zip(at, differ, strict=True))
        table = done[key] if key in done else _table(mixed((a, b), key), b, agencies, nodes)
        done[key] = done[at] = table
    flat = np.stack([done[at] for at in product((0, 1), repeat=len(CAUSES))])
    return flat.reshape(2, 2, 2, *flat.shape[1:])


def _method(state: Snapshot) -> tuple[Any, ...]:
    return state.dataset.methodology, state.dataset.vocabulary, state.dataset.peer_groups


def mixed(states: tuple[Snapshot, Snapshot], at: tuple[int, ...]) -> Snapshot:
    """The evidence, the day and the method, each of the state that `at` names."""
    evidence, day, method = (states[i] for i in at)
    known = {code.id for code in method.dataset.methodology.codes}

    def understood(agency: Agency) -> Agency:
        return replace(agency, evidence=tuple(item for item in agency.evidence if item.code in known))

    agencies = {id: understood(agency) for id, agency in evidence.dataset.agencies.items()}
    return Snapshot(replace(method.dataset, agencies=agencies), day.as_of)


def _table(state: Snapshot, b: Snapshot, agencies: Sequence[str], nodes: Sequence[str]) -> Array:
    """Measure × agency × node; NaN where the state has no such agency, node or score."""
    scores = score(observe(state.dataset, state.as_of), state.dataset.methodology, list(state.dataset.agencies))
    columns = _columns(state.dataset.methodology, b)

    def values(frame: pd.DataFrame) -> Array:
        known = {node: frame[columns[node]] for node in nodes if node in columns}
        table = pd.DataFrame(known, index=frame.index).reindex(index=list(agencies), columns=list(nodes))
        return table.to_numpy(dtype=np.float64)

    return np.stack([values(getattr(scores, measure)) for measure in MEASURES])


# --- ranks ------------------------------------------------------------------------------------------------


def _places(states: tuple[Snapshot, Snapshot], scores: Array, agencies: Sequence[str], nodes: Sequence[str]) -> Array:
    """The rank each agency would have: evidence × day × method × others (0 of `a`, 1 of `b`) × agency × node."""
    places = np.full((2, *scores.shape), np.nan)
    for which, state in enumerate(states):
        leagues = _leagues(state, states[1], agencies, nodes)
        for k in range(len(nodes)):
            members = ~np.isnan(leagues[:, k])
            places[which, ..., k] = _among(scores[..., k], scores[which, which, which, :, k], members)
        places[which, which, which, which] = leagues
    return np.moveaxis(places, 0, 3)


def _among(scores: Array, others: Array, members: NDArray[np.bool_]) -> Array:
    """1 + how many of the `others` that are members, itself apart, have more than each score; NaN without a score."""
    size = np.nanmax(np.abs(scores), initial=0.0) or 1.0
    own, theirs = np.round(scores / size, DIGITS), np.round(others / size, DIGITS)
    above = members.sum() - np.searchsorted(np.sort(theirs[members]), own, side="right")
    itself = members & (theirs > own)
    return np.where(np.isnan(own), np.nan, 1.0 + above - itself)


def _leagues(state: Snapshot, b: Snapshot, agencies: Sequence[str], nodes: Sequence[str]) -> Array:
    """Agency × node: the rank in the state's own leagues, NaN where it has none."""
    dataset, methodology = mixed((state, state), (0, 0, 0)).dataset, state.dataset.methodology
    observations = observe(dataset, state.as_of)
    scores = score(observations, methodology, list(dataset.agencies))
    eligible = eligibility(scores, observations, methodology)
    single = np.array([unrankable(agency.profile) is None for agency in dataset.agencies.values()], dtype=bool)
    ranks = pd.DataFrame(np.nan, index=list(agencies), columns=list(nodes))
    for node, column in _columns(methodology, b).items():
        allowed = eligible.overall if column == methodology.id else eligible.league[column]
        members = scores.score.index[allowed.to_numpy(dtype=bool) & single]
        league = rank_league(scores, column, members)
        ranks.loc[league.index, node] = league["rank"].astype(float)
    return ranks.to_numpy(dtype=np.float64)


# --- what differs in the files ----------------------------------------------------------------------------


def _status(id: str, a: Snapshot, b: Snapshot) -> Status:
    if id not in a.dataset.agencies:
        return "added"
    return "both" if id in b.dataset.agencies else "removed"


def _evidence(id: str, a: Snapshot, b: Snapshot) -> EvidenceChange:
    """Which of an agency's items differ, in the order of their ids."""
    one, other = a.dataset.agencies.get(id), b.dataset.agencies.get(id)
    old, new = ({item.id: item for item in agency.evidence} if agency else {} for agency in (one, other))
    first, last = sorted((a.as_of, b.as_of))
    both = sorted(old.keys() & new.keys())
    return EvidenceChange(
        added=tuple(sorted(new.keys() - old.keys())),
        removed=tuple(sorted(old.keys() - new.keys())),
        changed=tuple(i for i in both if old[i] != new[i]),
        dated=tuple(i for i in both if old[i] == new[i] and first < new[i].observed <= last),
        profile=one is not None and other is not None and one.profile != other.profile,
    )


def _method_changes(a: Dataset, b: Dataset) -> Iterator[str]:
    """Where the methodology and the closed lists differ, as dotted paths: `dimensions.talk.weight`."""
    yield from _paths(a.methodology.model_dump(), b.methodology.model_dump())
    yield from _paths(a.vocabulary.model_dump(), b.vocabulary.model_dump(), "vocabulary")


def _paths(old: object, new: object, path: str = "") -> Iterator[str]:
    one, other = _by_id(old), _by_id(new)
    if isinstance(one, dict) and isinstance(other, dict):
        for key in {**one, **other}:
            yield from _paths(one.get(key), other.get(key), f"{path}.{key}" if path else str(key))
    elif one != other:
        yield path


def _by_id(value: object) -> object:
    """A list of things with ids by id, so that one more of them does not move the rest."""
    listed = isinstance(value, list | tuple) and value and all(isinstance(v, dict) and "id" in v for v in value)
    return {v["id"]: v for v in value} if listed else value  # type: ignore[attr-defined]
