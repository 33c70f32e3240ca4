"""What the data do not know yet, as work that somebody can do. From results to groups: no file, no text, no HTML."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from scoring.method.coherence import effective_weights
from scoring.method.rank import unrankable
from scoring.method.score import SEEN
from scoring.model import Agency, Evidence, State
from scoring.results import Results

SELDOM = 0.1  # share of the agencies below which an indicator counts as seldom observed


@dataclass(frozen=True)
class Need:
    """One piece of work, about an agency, an indicator, or one in the other; `items` is how many evidence items (or,
    for an indicator alone, agencies observed) it concerns."""

    agency: str = ""
    indicator: str = ""
    items: int = 0


@dataclass(frozen=True)
class Gap:
    """A group of like work, what helps most first; `of` is how many it could have concerned."""

    kind: str
    needs: tuple[Need, ...]
    of: int


def gaps(results: Results) -> tuple[Gap, ...]:
    """Every kind of work that there is, in a fixed order; a kind of which nothing is left is not among them."""
    known = _Known(results)
    made = (make(known) for make in _KINDS)
    return tuple(gap for gap in made if gap.needs)


class _Known:
    """The data on their day, and which agencies come first: those in most leagues, then those most is known of."""

    def __init__(self, results: Results) -> None:
        self.results = results
        self.methodology = results.dataset.methodology
        self.agencies: Mapping[str, Agency] = results.dataset.agencies
        self.items: dict[str, tuple[Evidence, ...]] = {
            id: tuple(item for item in agency.evidence if item.observed <= results.as_of)
            for id, agency in self.agencies.items()
        }
        self.single = [id for id, agency in self.agencies.items() if unrankable(agency.profile) is None]

    @cached_property
    def leagues(self) -> dict[str, int]:
        found: dict[str, int] = defaultdict(int)
        for standing in self.results.standings.values():
            for id in standing.league.index:
                found[str(id)] += 1
        return found

    @cached_property
    def seen(self) -> pd.DataFrame:
        """Agencies × indicators: whether anything was observed."""
        return self.results.scores.state.isin(SEEN)

    def first(self, need: Need) -> tuple[int, int, str]:
        """Sorts by what helps most."""
        return -self.leagues.get(need.agency, 0), -len(self.items.get(need.agency, ())), need.agency

    def gap(self, kind: str, needs: Iterator[Need], of: int) -> Gap:
        return Gap(kind, tuple(sorted(needs, key=self.first)), of)


def _name(language: str) -> Callable[[_Known], Gap]:
    """Agencies without a name in a language; first those a page in that language is cited of, for it tells the name."""

    def make(known: _Known) -> Gap:
        lacking = [id for id, a in known.agencies.items() if getattr(a.profile.name, language) is None]
        cited = {id: sum(item.source.language == language for item in known.items[id]) for id in lacking}
        needs = [Need(id, items=count) for id, count in cited.items()]
        order = sorted(needs, key=lambda need: (-need.items, known.first(need)))
        return Gap(f"name_{language}", tuple(order), len(known.agencies))

    return make


def _website(known: _Known) -> Gap:
    lacking = (Need(id) for id in known.single if not known.agencies[id].profile.website)
    return known.gap("website", lacking, len(known.single))


def _accounts(known: _Known) -> Gap:
    lacking = (Need(id) for id in known.single if not known.agencies[id].profile.accounts)
    return known.gap("accounts", lacking, len(known.single))


def _items(kind: str, fits: Callable[[Evidence], bool]) -> Callable[[_Known], Gap]:
    """Agencies with evidence items that fit."""

    def make(known: _Known) -> Gap:
        counts = {id: sum(map(fits, items)) for id, items in known.items.items() if items}
        return known.gap(kind, (Need(id, items=n) for id, n in counts.items() if n), len(counts))

    return make


def _one_language(known: _Known) -> Gap:
    """Agencies read in one language only, in countries where agencies have been read in several."""
    read = {id: {item.source.language for item in items} for id, items in known.items.items() if items}
    spoken: dict[str, set[str]] = defaultdict(set)
    for id, languages in read.items():
        spoken[known.agencies[id].profile.country] |= languages
    asked = {id: languages for id, languages in read.items() if len(spoken[known.agencies[id].profile.country]) > 1}
    return known.gap("one_language", (Need(id) for id, found in asked.items() if len(found) == 1), len(asked))


def _old(known: _Known) -> Gap:
    """Agencies with an observation older than the half-life of documents, each with its oldest."""
    table = known.results.observations.table
    seen = table[table["state"].isin(SEEN) & table["agency"].isin(known.single)]
    old = seen[seen["age_months"] > known.methodology.rules.documents_half_life_months]
    order = old.sort_values(["agency", "age_months", "indicator"], ascending=[True, False, True], kind="stable")
    needs = (
        Need(str(id), str(rows["indicator"].iloc[0]), len(rows)) for id, rows in order.groupby("agency", sort=True)
    )
    return known.gap("old", needs, seen["agency"].nunique())


def _close(known: _Known) -> Gap:
    """Agencies outside a league that ranks somebody which one more observation would bring into it; of several
    indicators the one most often observed, for it is the easiest to find."""
    found: dict[str, str] = {}
    outside: set[str] = set()
    for dimension in known.methodology.dimensions:
        ranked = known.results.standings[dimension.id].league.index
        if len(ranked):
            unranked = [id for id in known.single if id not in ranked]
            outside.update(unranked)
            found = dict(_steps(known, dimension.id, [leaf.id for leaf in dimension.leaves()], unranked)) | found
    return known.gap("close", (Need(id, leaf) for id, leaf in found.items()), len(outside))


def _steps(known: _Known, node: str, leaves: list[str], agencies: list[str]) -> Iterator[tuple[str, str]]:
    """Agency and the one indicator that would do."""
    weights = effective_weights(known.results.scores.spec)
    need = known.methodology.rules.league_coverage
    seen = known.seen[leaves].sum().to_dict()
    often = sorted(leaves, key=lambda leaf: (-seen[leaf], leaf))
    coverage = known.results.scores.coverage[node].to_dict()
    for id in agencies:
        states = known.results.scores.state.loc[id]
        whole = sum(weights[leaf] for leaf in leaves if states[leaf] != State.NOT_APPLICABLE)
        open_ = (leaf for leaf in often if states[leaf] == State.NOT_OBSERVED)
        enough = next((leaf for leaf in open_ if coverage[id] + weights[leaf] / whole >= need), None)
        if enough:
            yield id, enough


def _unscored(known: _Known) -> Gap:
    """Agencies in which nothing that counts has been observed."""
    nothing = ~known.seen.any(axis=1)
    needs = (Need(id, items=len(known.items[id])) for id in known.single if nothing[id])
    return known.gap("unscored", needs, len(known.single))


def _seldom(known: _Known) -> Gap:
    """Indicators that a public page can show and that have been observed in few agencies, the fewest first."""
    weights = effective_weights(known.results.scores.spec)
    indicators = known.methodology.indicators().values()
    shown = [one.id for one in indicators if one.levels or one.elements or one.must_publish]
    counts = known.seen.loc[known.single, shown].sum().astype(int).to_dict()
    few = [Need(indicator=str(id), items=n) for id, n in counts.items() if n < SELDOM * len(known.single)]
    order = sorted(few, key=lambda need: (need.items, -weights[need.indicator], need.indicator))
    return Gap("seldom", tuple(order), len(shown))


def _enquiries(known: _Known) -> Gap:
    lacking = (Need(id) for id in known.single if not known.agencies[id].enquiries)
    return known.gap("enquiries", lacking, len(known.single))


_KINDS: tuple[Callable[[_Known], Gap], ...] = (
    _name("ar"),
    _name("en"),
    _website,
    _accounts,
    _items("undated", lambda item: not item.dated),
    _items("copy", lambda item: item.archived is None and item.sha256 is None),
    _items("excerpt", lambda item: item.source.read == "excerpt"),
    _close,
    _old,
    _one_language,
    _unscored,
    _seldom,
    _enquiries,
)
