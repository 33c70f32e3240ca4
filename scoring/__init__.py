"""Hiwar: evidence about agencies to observations, scores, honest ranks and a bilingual site.

`score_table(values, methodology)` runs any published index through the engine and needs none of our files.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scoring.instruments import Observations, observe
    from scoring.method.plain import spec_from
    from scoring.method.rank import eligibility, rank_league
    from scoring.method.score import Scores, score
    from scoring.method.table import score_table

__all__ = ["Observations", "Scores", "eligibility", "observe", "rank_league", "score", "score_table", "spec_from"]

# Loaded when first used, so that `import scoring` and the command line start without pandas.
_HOMES = {
    "Observations": "scoring.instruments",
    "Scores": "scoring.method.score",
    "eligibility": "scoring.method.rank",
    "observe": "scoring.instruments",
    "rank_league": "scoring.method.rank",
    "score": "scoring.method.score",
    "score_table": "scoring.method.table",
    "spec_from": "scoring.method.plain",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'scoring' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
