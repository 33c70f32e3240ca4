"""What some published indices do to raw values first: sizes in proportion, gaps filled, outliers pulled in.

None of it is ever done to agencies: here unknown stays unknown, and goalposts are fixed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

Column = TypeVar("Column", "pd.Series[float]", "NDArray[np.floating[Any]]")
SKEWNESS, KURTOSIS = 2.0, 3.5  # thresholds of the JRC/OECD handbook practice that COINr follows


def denominate(values: pd.DataFrame, by: Mapping[str, pd.Series]) -> pd.DataFrame:
    """Columns named in `by` divided by a size, such as people or GDP, unit by unit."""
    out = values.copy()
    for column, size in by.items():
        out[column] = values[column] / size.reindex(values.index)
    return out


def impute_group_means(values: pd.DataFrame, group: pd.Series) -> pd.DataFrame:
    """Missing values filled by the mean of the unit's group, as some published indices do."""
    groups = group.reindex(values.index).to_numpy()
    return values.assign(**{str(column): fill(values[column].to_numpy(float), groups) for column in values})


def fill(x: NDArray[np.floating[Any]], groups: NDArray[Any]) -> NDArray[np.floating[Any]]:
    """One column with its missing values filled by the mean of their group; NaN where all of the group are missing."""
    out, gone = x.copy(), np.isnan(x)
    for group in dict.fromkeys(groups.tolist()):
        members = groups == group
        if (seen := members & ~gone).any():
            out[members & gone] = x[seen].mean()
    return out


def shape(x: Column) -> tuple[float, float]:
    """Sample skewness and excess kurtosis, both corrected for the number of values (Joanes and Gill 1998, G1 and G2);
    0 for fewer than four values, or equal ones."""
    values = np.asarray(x, dtype=float)
    values = values[~np.isnan(values)]
    n = len(values)
    if n < 4 or values.min() == values.max():
        return 0.0, 0.0
    off = values - values.mean()
    square = off * off
    variance = square.mean()
    skewness = square @ off / n / variance**1.5
    kurtosis = square @ square / n / variance**2 - 3
    return (
        float(skewness * np.sqrt(n * (n - 1)) / (n - 2)),
        float(((n + 1) * kurtosis + 6) * (n - 1) / ((n - 2) * (n - 3))),
    )


def is_skewed(x: Column) -> bool:
    """Whether a column has outliers: sample skewness beyond ±2 together with excess kurtosis above 3.5."""
    skewness, kurtosis = shape(x)
    return abs(skewness) > SKEWNESS and kurtosis > KURTOSIS


def winsorise(x: Column, most: int = 5) -> Column:
    """Pull the most extreme values to the next one, a point at a time, until the column is no longer skewed or
    `most` points are pulled (Becker et al. 2022, COINr `Treat`).

    Outliers above are pulled where skewness is positive, below where it is negative. NaN stays NaN.
    """
    values = np.asarray(x, dtype=float)
    ordered = np.sort(values[~np.isnan(values)])
    pulled, above, below = x, 0, 0
    while above + below < most and is_skewed(pulled):
        if shape(pulled)[0] > 0:
            above += 1
        else:
            below += 1
        pulled = x.clip(ordered[below], ordered[len(ordered) - 1 - above])
    return pulled


def log_shifted(x: Column) -> Column:
    """Logarithms of the distance above the lowest value, and a hundredth of the range more so that none is of 0
    (COINr `log_CT`). NaN stays NaN."""
    values = np.asarray(x, dtype=float)
    low, high = np.nanmin(values), np.nanmax(values)
    out: Column = np.log(x - low + 0.01 * (high - low))
    return out


def treat(x: Column, most: int = 5) -> Column:
    """A column winsorised; where `most` points do not suffice, the logarithms of the original instead, whether or not
    they are skewed too (COINr `Treat`)."""
    pulled = winsorise(x, most)
    return log_shifted(x) if is_skewed(pulled) else pulled
