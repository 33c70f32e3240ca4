"""From a dataset to everything the site shows, in one pure call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from scoring.instruments.observe import Observations, observe
from scoring.method.rank import Shortfall, eligibility, unrankable
from scoring.method.score import Scores, score
from scoring.method.simulate import Uncertain
from scoring.method.standing import Standing, standings, uncertain
from scoring.model import Dataset, Edition


@dataclass(frozen=True)
class Results:
    """Scores and ranks of a dataset as of a date.

    `standings` holds, per dimension id (and the index's id), who stands where and how surely. `uncertain` is the index
    with the error of its evidence. `shortfalls` says, per agency, what is missing for the overall rank. `peer_median`
    is peer group × node.
    """

    dataset: Dataset
    as_of: date
    observations: Observations
    scores: Scores
    uncertain: Uncertain
    standings: Mapping[str, Standing]
    shortfalls: Mapping[str, tuple[Shortfall, ...]]
    peer_group: pd.Series
    peer_median: pd.DataFrame


def newest_reading(dataset: Dataset) -> date:
    """The day the data stand at unless another is asked for: the newest reading in them, never the clock."""
    days = (item.observed for agency in dataset.agencies.values() for item in agency.evidence)
    return max(days, default=date(2000, 1, 1))


def editions(now: Results, frozen: Mapping[str, Dataset] | None = None) -> list[Results]:
    """The results of every edition that the data set knows. Each frozen one is computed from its own data (`frozen`, by
    id), any other from the data of today by the method it names; `now` serves for its own day."""
    own = {id: (frozen or {})[id] for id in now.dataset.frozen}
    return [_edition(now, edition, own.get(edition.id, now.dataset)) for edition in now.dataset.editions]


def _edition(now: Results, edition: Edition, data: Dataset) -> Results:
    same = data is now.dataset and edition.as_of == now.as_of and edition.id not in data.methods
    return now if same else compute(data.at(edition), edition.as_of)


def compute(dataset: Dataset, as_of: date) -> Results:
    """Observe, score, rank: everything in `dataset` as of `as_of`."""
    agencies = list(dataset.agencies)
    observations = observe(dataset, as_of)
    scores = score(observations, dataset.methodology, agencies)
    eligible = eligibility(scores, observations, dataset.methodology)
    single = np.array([unrankable(dataset.agencies[a].profile) is None for a in agencies], dtype=bool)
    groups = pd.Series([_group_id(dataset, a) for a in agencies], index=agencies, dtype=object)
    nodes = [d.id for d in dataset.methodology.dimensions]
    members = {node: scores.score.index[eligible.league[node].to_numpy() & single] for node in nodes}
    members[dataset.methodology.id] = scores.score.index[eligible.overall.to_numpy() & single]
    index = uncertain(observations, dataset.methodology, scores)
    return Results(
        dataset=dataset,
        as_of=as_of,
        observations=observations,
        scores=scores,
        uncertain=index,
        standings=dict(standings(index, dataset.methodology.rules.uncertainty, scores, members, groups)),
        shortfalls=eligible.shortfalls,
        peer_group=groups,
        peer_median=scores.score[single].groupby(groups[single]).median(),
    )


def _group_id(dataset: Dataset, agency: str) -> str:
    group = dataset.peer_group_of(agency)
    return group.id if group else ""
