"""What the site and `hiwar explain` say beyond scores and ranks, worked out from results; reads and writes nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scoring.method.coherence import Flag, flags
from scoring.method.explain import changes, contributions
from scoring.method.sensitivity import Sensitivity, league_spec, sensitivity
from scoring.method.standing import Standing
from scoring.method.worthwhile import verdicts
from scoring.pieces import Work, at_once, forked
from scoring.results import Results
from scoring.what_if import Tampering, tampering

AT_ONCE = 25  # agencies whose tampering is worked out together
LEAST = 3  # members below which a league's order has nothing to be sensitive about


@dataclass(frozen=True)
class Explanation:
    """One league, by member: the points that each indicator adds to its score, each indicator's own score after one
    step, the member's score after one step of each, the steps to the next tier (none: it can't be reached) and the
    score then. `scores` are all members', lowest first."""

    contributions: Mapping[str, Mapping[str, float]]
    steps: Mapping[str, Mapping[str, float]]
    single: Mapping[str, Mapping[str, float]]
    path: Mapping[str, Mapping[str, int]]
    after: Mapping[str, float]
    scores: NDArray[np.float64]


class Analysis:
    """Everything is worked out when it is asked for, once."""

    def __init__(self, results: Results, agencies: Sequence[str] | None = None) -> None:
        self.results = results
        self.methodology = results.dataset.methodology
        self.agencies = agencies  # whose tampering is asked about; all ranked ones unless given
        self._block: Sequence[str] = ()
        self._tampered: Mapping[tuple[str, str], Tampering] = {}

    @property
    def leagues(self) -> Mapping[str, Standing]:
        """The leagues that rank anybody."""
        return {node: found for node, found in self.results.standings.items() if len(found.league)}

    def prepare(self, more: Sequence[Work] = ()) -> list[Any]:
        """Work out sensitivity and explanations now, all leagues at once and `more` works beside; gives what these came
        to."""
        works: list[Work] = [("sensitivity", partial(self._sensitivity, node)) for node in self._sensitive]
        works += [("explanations", partial(self._explanation, node)) for node in self.leagues]
        made = at_once([*more, *works])
        results = [next(made) for _ in more]
        self.sensitivity = dict(zip(self._sensitive, made, strict=False))  # of what was made, the first
        self.explanations = dict(zip(self.leagues, made, strict=True))
        return results

    @cached_property
    def explanations(self) -> Mapping[str, Explanation]:
        return {node: self._explanation(node) for node in self.leagues}

    def _explanation(self, node: str) -> Explanation:
        league = self.leagues[node].league
        spec = league_spec(self.results.scores.spec, node)
        rows = self.results.scores.score.index.get_indexer(league.index)
        holds = {leaf.id: self.results.uncertain.holds[leaf.id][rows] for leaf in spec.root.leaves()}
        scored = {leaf.id: self.results.scores.score[leaf.id].to_numpy(float)[rows] for leaf in spec.root.leaves()}
        points = pd.DataFrame(contributions(spec, scored, holds), index=league.index)
        score = self.results.scores.score.loc[league.index, node]
        levels = frozenset(id for id, leaf in self.methodology.indicators().items() if leaf.kind == "graded")
        raw = self.results.scores.raw.value.loc[league.index]
        found = changes(spec, raw, holds, levels, next_tier(league, score))
        return Explanation(
            _rows(points),
            _rows(found.steps),
            _rows(found.single),
            found.path,
            {str(agency): float(score) for agency, score in found.after.items()},
            np.sort(score.to_numpy(float)),
        )

    @cached_property
    def sensitivity(self) -> Mapping[str, Sensitivity]:
        return dict(zip(self._sensitive, forked(os.cpu_count() or 1)(self._sensitivity, self._sensitive), strict=True))

    @property
    def _sensitive(self) -> Sequence[str]:
        return [node for node, found in self.leagues.items() if len(found.league) >= LEAST]

    def _sensitivity(self, node: str) -> Sensitivity:
        raw, members = self.results.scores.raw.value, self.leagues[node].league.index
        return sensitivity(self.results.uncertain, self.methodology.rules.uncertainty, node, raw, members)

    @cached_property
    def moved(self) -> Mapping[str, Mapping[str, tuple[str, str, float]]]:
        """League → member → the choice of method that moves it most: its kind, what it chooses, and by how many places
        (positive: down; NaN: unknown)."""
        return {
            node: {str(a): (kind, what, by) for a, kind, what, by in found.most[["kind", "what", "by"]].itertuples()}
            for node, found in self.sensitivity.items()
        }

    def tampering(self, agency: str, node: str) -> Tampering | None:
        """How far one forged or mistaken item could move an agency in a league; None where it is in none. Worked out
        for some agencies at once, which costs less than one by one and less memory than all."""
        if agency not in self._block:
            self._block = self._beside(agency)
            asked = {node: [a for a in self._block if a in found.league.index] for node, found in self.leagues.items()}
            self._tampered = tampering(self.results, asked)
        return self._tampered.get((agency, node))

    def _beside(self, agency: str) -> Sequence[str]:
        """The agencies that are worked out with this one."""
        start = self._at[agency] // AT_ONCE * AT_ONCE
        return self._known[start : start + AT_ONCE]

    @cached_property
    def _known(self) -> Sequence[str]:
        return list(self.agencies or self.results.dataset.agencies)

    @cached_property
    def _at(self) -> Mapping[str, int]:
        return {agency: at for at, agency in enumerate(self._known)}

    @cached_property
    def verdicts(self) -> pd.DataFrame:
        return verdicts(self.results.uncertain, self.methodology.rules)

    @cached_property
    def flags(self) -> tuple[Flag, ...]:
        """What a maintainer should look at in the index itself."""
        return flags(self.results.scores.spec, self.results.scores.score)


def _rows(frame: pd.DataFrame) -> dict[str, dict[str, float]]:
    """A frame as plain numbers, row by row, without gaps."""
    return {
        str(row): {str(column): float(value) for column, value in cells.items() if value == value}
        for row, cells in frame.to_dict("index").items()
    }


def next_tier(league: pd.DataFrame, score: pd.Series[float]) -> pd.Series[float]:
    """By member: the lowest score of the tier above its own; NaN in the first."""
    lowest = score.groupby(league["tier"]).min()
    return pd.Series([lowest.get(tier - 1, np.nan) for tier in league["tier"]], index=league.index, dtype=float)
