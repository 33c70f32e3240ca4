"""What some published indices do to raw values first: sizes in proportion, gaps filled, outliers pulled in.

None of it is ever done to agencies: here unknown stays unknown, and goalposts are fixed.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

SKEWNESS, KURTOSIS = 2.0, 3.5  # thresholds of the JRC/OECD handbook practice that COINr follows


def denominate(values: pd.DataFrame, by: Mapping[str, pd.Series]) -> pd.DataFrame:
    """Columns named in `by` divided by a size, such as people or GDP, unit by unit."""
    out = values.copy()
    for column, size in by.items():
        out[column] = values[column] / size.reindex(values.index)
    return out


def impute_group_means(values: pd.DataFrame, group: pd.Series) -> pd.DataFrame:
    """Missing values filled by the mean of the unit's group, as some published indices do."""
    return values.fillna(values.groupby(group.reindex(values.index)).transform("mean"))


def is_skewed(x: pd.Series[float]) -> bool:
    """Whether a column has outliers: sample skewness beyond ±2 together with excess kurtosis above 3.5."""
    skewness, kurtosis = x.agg(["skew", "kurt"])
    return bool(abs(skewness) > SKEWNESS and kurtosis > KURTOSIS)


def winsorise(x: pd.Series[float], most: int = 5) -> pd.Series[float]:
    """Pull the most extreme values to the next one, a point at a time, until the column is no longer skewed or
    `most` points are pulled (Becker et al. 2022, COINr `Treat`).

    Outliers above are pulled where skewness is positive, below where it is negative. NaN stays NaN.
    """
    ordered = np.sort(x.dropna().to_numpy())
    pulled, above, below = x, 0, 0
    while above + below < most and is_skewed(pulled):
        if pulled.agg(["skew"]).iloc[0] > 0:
            above += 1
        else:
            below += 1
        pulled = x.clip(lower=ordered[below], upper=ordered[len(ordered) - 1 - above])
    return pulled
