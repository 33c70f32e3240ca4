"""The quick error of a reader's own ranking beside the simulation it stands in for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from scoring.method.aggregate import tree_means
from scoring.method.errors import carried_errors, score_errors
from scoring.method.simulate import Plan, simulate
from scoring.render.view import View


def test_the_quick_error_agrees_with_the_simulation_of_the_evidence(demo: View) -> None:
    """Weights, goalposts and means held still, the simulated deviation of every score is about the delta method's."""
    index, by = demo.results.uncertain, demo.methodology.rules.uncertainty
    still = replace_still(by)
    draws = np.arange(1000)
    plan = Plan(draws, np.zeros(1000, dtype=int), np.zeros(1000, dtype=int), [None] * 1000)
    simulated = {node: found.astype(float).std(axis=1) for node, found in simulate(index, still, plan)}
    scores = {id: demo.results.scores.score[id].to_numpy(float) for id in demo.indicators}
    means = tree_means(index.spec.root, lambda leaf: scores[leaf.id], index.holds)
    quick = carried_errors(index.spec.root, means, score_errors(index), index.holds)
    ranked = [index.agencies.index(agency) for agency in demo.places["index"]]
    for dimension in demo.methodology.dimensions:
        ratio = quick[dimension.id][ranked] / simulated[dimension.id][ranked]
        assert 0.9 < np.nanmedian(ratio) < 1.1, dimension.id
    ratio = quick["index"][ranked] / simulated["index"][ranked]
    assert 0.8 < np.median(ratio) < 1.25 and ratio.min() > 0.4 and ratio.max() < 2.5


def replace_still(by):  # type: ignore[no-untyped-def]
    return by.model_copy(update={"weights": 0.0, "goalposts": 0.0, "aggregations": ()})


def test_what_is_certain_has_no_error(demo: View) -> None:
    index = demo.results.uncertain
    certain = {
        id: replace(spread, size=np.full_like(spread.size, np.inf), low=spread.high)
        for id, spread in index.spreads.items()
    }
    errors = score_errors(replace(index, spreads=certain))
    assert all(np.nanmax(one, initial=0.0) < 1e-9 for one in errors.values())
