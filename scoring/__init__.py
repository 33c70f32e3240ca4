"""Hiwar: evidence about agencies to observations, scores, honest ranks and a bilingual site.

`score_table(values, methodology)` runs any published index through the engine and needs none of our files.
"""

from scoring.method.score import Scores, score_table

__all__ = ["Scores", "score_table"]
