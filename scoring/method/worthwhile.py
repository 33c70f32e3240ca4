"""Was the presence worthwhile? A verdict of its own, never part of a rank."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from scoring.method.simulate import Uncertain, evidence_draws
from scoring.model import Rules

Verdict = Literal["worthwhile", "not_worthwhile", "unsure", "cannot_say"]


def verdicts(index: Uncertain, rules: Rules) -> pd.DataFrame:
    """By agency: `probability` that benefit exceeds cost, and `verdict`. Cost ratios below 1 are a benefit; where both
    are known their geometric mean by weight decides. Without money data nothing can be said."""
    asked = {leaf.id: leaf for leaf in index.spec.root.leaves() if leaf.id in rules.worthwhile.indicators}
    runs = np.arange(rules.uncertainty.draws)
    total, weight = np.zeros((len(index.agencies), len(runs))), np.zeros(len(index.agencies))
    for leaf in asked.values():
        known = index.spreads[leaf.id].low > 0
        ratios = evidence_draws(index, leaf, rules.uncertainty.seed, runs)
        total[known] += float(leaf.weight) * np.log(ratios[known])
        weight += float(leaf.weight) * known
    probability = np.where(weight > 0, (total < 0).mean(axis=1), np.nan)
    found = [_verdict(p, rules) for p in probability]
    return pd.DataFrame({"probability": probability, "verdict": found}, index=pd.Index(index.agencies))


def _verdict(probability: float, rules: Rules) -> Verdict:
    if np.isnan(probability):
        return "cannot_say"
    if probability >= rules.worthwhile.at_least:
        return "worthwhile"
    return "not_worthwhile" if probability <= rules.worthwhile.at_most else "unsure"
