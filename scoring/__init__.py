"""Hiwar: evidence about agencies to observations, scores, honest ranks and a bilingual site.

`score_table(values, methodology)` runs any published index through the engine and needs none of our files;
`rank_sets(estimates, errors)` says which positions any ranking's data allow.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scoring.instruments.observe import Observations, observe
    from scoring.method.effects import exact_effects
    from scoring.method.ordering import benefit_of_doubt, copeland, mazziotta_pareto
    from scoring.method.plain import spec_from
    from scoring.method.rank import eligibility, rank_league
    from scoring.method.ranksets import comparison_intervals, normal_errors, rank_sets
    from scoring.method.score import Scores, score
    from scoring.method.table import score_table

__all__ = [
    "Observations",
    "Scores",
    "benefit_of_doubt",
    "comparison_intervals",
    "copeland",
    "eligibility",
    "exact_effects",
    "mazziotta_pareto",
    "normal_errors",
    "observe",
    "rank_league",
    "rank_sets",
    "score",
    "score_table",
    "spec_from",
]

# Loaded when first used, so that `import scoring` and the command line start without pandas.
_HOMES = {
    "Observations": "scoring.instruments.observe",
    "Scores": "scoring.method.score",
    "benefit_of_doubt": "scoring.method.ordering",
    "comparison_intervals": "scoring.method.ranksets",
    "copeland": "scoring.method.ordering",
    "eligibility": "scoring.method.rank",
    "exact_effects": "scoring.method.effects",
    "mazziotta_pareto": "scoring.method.ordering",
    "normal_errors": "scoring.method.ranksets",
    "observe": "scoring.instruments.observe",
    "rank_league": "scoring.method.rank",
    "rank_sets": "scoring.method.ranksets",
    "score": "scoring.method.score",
    "score_table": "scoring.method.table",
    "spec_from": "scoring.method.plain",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'scoring' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
