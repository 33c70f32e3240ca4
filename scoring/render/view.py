"""What the templates look things up in: the results, indexed once, with names in the reader's language."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup, escape

from scoring.again import rescored
from scoring.analysis import Analysis
from scoring.history import Shift, shifts
from scoring.instruments.spread import wilson
from scoring.method.rank import rank_league, unrankable
from scoring.model import Code, Edition, Evidence, Indicator, Profile, Text
from scoring.pieces import Work
from scoring.render.language import Language
from scoring.render.placed import NodeScore, Place, Tier, number, places_of, tiers_of
from scoring.results import Results

AT_HAND = 4096  # scores that are kept as they were looked up
EXACT = 6  # decimals of every published number, so that pages, files and machines agree to the last digit


class View:
    """Results with quick look-ups; no text of its own."""

    def __init__(self, results: Results, only: Sequence[str] | None = None, past: Sequence[Results] = ()) -> None:
        """`only` are the agencies that will be explained, where not all will; `past` the results of each edition."""
        self.results = results
        listed = results.dataset.editions if past else ()
        self.editions = [(edition, View(found)) for edition, found in zip(listed, past, strict=True)]
        self._only = only
        self.dataset = results.dataset
        self.methodology = results.dataset.methodology
        self.as_of: date = results.as_of
        self.indicators: Mapping[str, Indicator] = self.methodology.indicators()
        self.codes: Mapping[str, Code] = {c.id: c for c in self.methodology.codes}
        self.leaves = {d.id: tuple(d.leaves()) for d in self.methodology.dimensions}
        self.dimension_of = {leaf.id: d for d in self.methodology.dimensions for leaf in d.leaves()}
        self.places = {node: places_of(found.league) for node, found in results.standings.items()}
        self.peer_places = {node: places_of(found.peers) for node, found in results.standings.items()}
        self.tiers = {node: tiers_of(found.league) for node, found in results.standings.items()}
        scores = results.scores
        self._likely = {
            node: {a: (low, high) for a, low, high in found.scores[["low", "high"]].round(EXACT).itertuples(name=None)}
            for node, found in results.standings.items()
        }
        whole = (scores.score, scores.low, scores.high, scores.coverage)
        self._frames = [f.astype(float).round(EXACT).to_dict("index") for f in whole]
        self._without = scores.without.astype(float).round(EXACT).to_dict("index")
        self._states = scores.state.to_dict("index")
        self._medians = results.peer_median.round(EXACT).to_dict("index")
        self._groups = results.peer_group.to_dict()
        self._node = lru_cache(AT_HAND)(self._found)  # a page asks for the same ones again and again

    # --- numbers ------------------------------------------------------------------------------------------

    def node(self, agency: str, node: str) -> NodeScore:
        return self._node(agency, node)

    def _found(self, agency: str, node: str) -> NodeScore:
        score, low, high, coverage = (frame[agency][node] for frame in self._frames)
        likely = self._likely.get(node, {}).get(agency) if number(score) is not None else None
        return NodeScore(number(score), float(low), float(high), float(coverage), likely)

    @cached_property
    def analysis(self) -> Analysis:
        """Explanations, sensitivity and coherence, worked out when first asked for."""
        return Analysis(self.results, self._only)

    def prepare(self, more: Sequence[Work] = ()) -> list[Any]:
        """Work out now what most pages ask for, so that processes forked from this one need not do so each, and `more`
        beside; gives what that came to."""
        found = self.analysis
        results = found.prepare(more)
        _ = (found.moved, found.verdicts, found.flags, self.shifts, self.rescored)
        _ = (self._uses, self.dated, self.item, self._terms, self._nodes, self._members, self._observed, self._rows)
        return results

    @cached_property
    def kept(self) -> list[tuple[Edition, View]]:
        """The editions up to the day that is shown, oldest first."""
        return [(edition, past) for edition, past in self.editions if past.as_of <= self.as_of]

    @cached_property
    def shifts(self) -> list[dict[str, Shift]]:
        """From each edition to the next, by agency, what changed."""
        return [shifts(a.results, b.results) for (_, a), (_, b) in pairwise(self.kept)]

    @cached_property
    def rescored(self) -> list[View | None]:
        """Each edition's evidence by the method of today; None where that is the edition's own."""
        found = (rescored(self.dataset, past.results) for _, past in self.kept)
        return [None if one is None else View(one) for one in found]

    def tier(self, agency: str, node: str) -> Tier | None:
        return self.tiers.get(node, {}).get(agency)

    def state(self, agency: str, indicator: str) -> str:
        return str(self._states[agency][indicator])

    def without(self, agency: str, indicator: str) -> float | None:
        """Score with disputed items left out, where any is disputed."""
        return number(self._without[agency][indicator]) if self.state(agency, indicator) == "disputed" else None

    @cached_property
    def lead(self) -> str:
        """The league to lead with: the overall one once anybody is ranked in it, else the dimension that ranks most."""
        if self.places[self.methodology.id]:
            return self.methodology.id
        return max((d.id for d in self.methodology.dimensions), key=lambda node: len(self.places[node]))

    def league_id(self, node: str) -> str:
        """A league's place in addresses: the whole index is `overall`."""
        return "overall" if node == self.methodology.id else node

    def place(self, agency: str, node: str) -> Place | None:
        return self.places.get(node, {}).get(agency)

    def peer_place(self, agency: str, node: str) -> Place | None:
        return self.peer_places.get(node, {}).get(agency)

    def peer_median(self, agency: str, node: str) -> float | None:
        return number(self._medians.get(self._groups[agency], {}).get(node))

    @cached_property
    def observations(self) -> dict[tuple[str, str], Any]:
        """(agency, indicator) → row of the observations' table."""
        rows = self.results.observations.table.itertuples(index=False)
        return {(str(row.agency), str(row.indicator)): row for row in rows}

    def comparison(self, agency: str, node: str) -> tuple[float, float]:
        """The interval of a ranked agency's score that others' are compared with: of any two that do not overlap, the
        scores differ."""
        league = self.results.standings[node].league
        return float(league["compare_low"][agency]), float(league["compare_high"][agency])

    def share_interval(self, agency: str, indicator: str) -> tuple[float, float] | None:
        """Wilson's interval of a counted share, by what its list is worth; None where no list was counted."""
        row = self.observations.get((agency, indicator))
        if row is None or self.indicators[indicator].unit != "share" or math.isnan(row.denominator):
            return None
        at = self.row(agency)
        size = float(self.results.uncertain.spreads[indicator].size[at])
        if math.isnan(row.value) or math.isinf(size):
            return None
        low, high = wilson(row.value, size, self.methodology.rules.uncertainty.interval)
        return float(low), float(high)

    def row(self, agency: str) -> int:
        """Where an agency stands in the arrays of the results."""
        return self._rows[agency]

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {agency: at for at, agency in enumerate(self.results.uncertain.agencies)}

    def by_agency(self, agency: str) -> dict[str, Any]:
        """Indicator → row of the observations' table, for one agency."""
        return {i: self.observations[agency, i] for i in self.indicators if (agency, i) in self.observations}

    @cached_property
    def _observed(self) -> dict[str, list[str]]:
        by_indicator: dict[str, list[str]] = {i: [] for i in self.indicators}
        for agency, states in self._states.items():
            for indicator, state in states.items():
                if state in ("observed", "documented_absence", "disputed"):
                    by_indicator[str(indicator)].append(str(agency))
        return by_indicator

    def observed_in(self, indicator: str) -> list[str]:
        """Agencies in which an indicator has been observed."""
        return self._observed[indicator]

    def observed_count(self, indicator: str) -> int:
        return len(self._observed[indicator])

    def indicator_places(self, indicator: str) -> dict[str, Place]:
        """Positions of all single bodies observed in an indicator, historical ones too, first to last."""
        seen = [a for a in self.observed_in(indicator) if self.profile(a).kind != "group"]
        frame = rank_league(self.results.scores, indicator, pd.Index(seen)).sort_values("rank", kind="stable")
        return places_of(frame.assign(rank_low=frame["best"], rank_high=frame["worst"], top=np.nan))

    def effective_weight(self, indicator: str) -> float:
        """Weight in the whole index: the product along the way down, for dimensions that hold it directly."""
        return round(self.indicators[indicator].weight * self.dimension_of[indicator].weight, EXACT)

    # --- evidence -----------------------------------------------------------------------------------------

    @cached_property
    def items(self) -> tuple[tuple[Profile, Evidence], ...]:
        """Every evidence item up to the as-of date with its agency's profile."""
        return tuple(
            (agency.profile, item)
            for agency in self.dataset.agencies.values()
            for item in agency.evidence
            if item.observed <= self.as_of
        )

    @cached_property
    def item(self) -> Mapping[str, Evidence]:
        """Every one of these items by its id."""
        return {item.id: item for _, item in self.items}

    @cached_property
    def _uses(self) -> dict[str, str]:
        uses = {
            item.id: "context" if item.context or not self.codes[item.code].feeds else "unscored"
            for _, item in self.items
        }
        for row in self.observations.values():
            uses |= {i: "superseded" for i in row.superseded if uses.get(i) != "scored"}
            uses |= dict.fromkeys(row.used, "scored")
        return uses

    def use(self, item: str) -> str:
        """scored, superseded, context or unscored."""
        return self._uses[item]

    @cached_property
    def dated(self) -> frozenset[str]:
        """Ids of the evidence items whose source, or figure, has a date of its own."""
        return frozenset(item.id for _, item in self.items if item.dated)

    def months_old(self, item: Evidence) -> float:
        year, month = (int(p) for p in f"{item.speaks_of}-12".split("-")[:2])
        return max(0.0, (self.as_of.year - year) * 12 + self.as_of.month - month)

    # --- names --------------------------------------------------------------------------------------------

    @cached_property
    def _terms(self) -> dict[tuple[str, str], Any]:
        vocabulary = self.dataset.vocabulary
        return {
            (name, term.id): term.name for name in type(vocabulary).model_fields for term in getattr(vocabulary, name)
        }

    def named(self, kind: str, id: str) -> Text | None:
        """A word of the vocabulary in both languages; None where it is not in there (the checks say so)."""
        name: Text | None = self._terms.get((kind, id))
        return name

    def term(self, lang: Language, kind: str, id: str) -> str:
        """A word of the vocabulary, or the id itself where it is not in there."""
        name = self.named(kind, id)
        return lang.pick(name) if name else id

    def quantity(self, lang: Language, value: float, unit: str | None) -> str:
        """A number with its unit, in the plural form it takes; what its label counts already is not said twice."""
        if unit is None or unit in {"accounts", "followers", "cases"}:
            return lang.number(value)
        if f"unit_{unit}" in lang.words:
            return lang.t(f"unit_{unit}", n=value)
        return f"{lang.number(value)} {self.term(lang, 'units', unit)}"

    def word(self, lang: Language, code: str, word: str) -> Markup:
        """A word that a source lists: a language by its name, anything else as it was noted, in English."""
        if code == "languages" and ("languages", word) in self._terms:
            return escape(self.term(lang, "languages", word))
        return Markup('<bdi lang="en" dir="ltr">{}</bdi>').format(word)

    @cached_property
    def _nodes(self) -> dict[str, Any]:
        named: dict[str, Any] = {self.methodology.id: self.methodology.name}
        for dimension in self.methodology.dimensions:
            named[dimension.id] = dimension.name
        return named | {i.id: i.name for i in self.indicators.values()}

    def node_name(self, lang: Language, node: str) -> str:
        return lang.t("overall") if node == self.methodology.id else lang.pick(self._nodes[node])

    def code_name(self, lang: Language, code: str) -> str:
        return lang.pick(self.codes[code].label)

    def choice_name(self, lang: Language, item: Evidence) -> str:
        choices = {c.id: c.label for c in self.codes[item.code].choices}
        return lang.pick(choices[item.value]) if item.value in choices else str(item.value)

    def strength_meaning(self, lang: Language, grade: str) -> str:
        return next(lang.pick(s.meaning) for s in self.methodology.rules.strengths if s.grade == grade)

    def profile(self, agency: str) -> Profile:
        return self.dataset.agencies[agency].profile

    @cached_property
    def _members(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for agency, group in self._groups.items():
            found.setdefault(str(group), []).append(str(agency))
        return found

    def members(self, group: str) -> list[str]:
        """The agencies of a peer group."""
        return self._members.get(group, [])

    def group_id(self, agency: str) -> str:
        return str(self._groups[agency])

    def group_name(self, lang: Language, agency: str) -> str:
        group = self.dataset.peer_group_of(agency)
        return lang.pick(group.name) if group else "–"

    def unrankable(self, agency: str) -> str | None:
        return unrankable(self.profile(agency))

    def ordered(self, agencies: Iterable[str], node: str) -> Iterator[str]:
        """Agencies by score at a node, highest first; those without a score last."""
        return iter(sorted(agencies, key=lambda a: (-(self.node(a, node).score or 0), a)))
