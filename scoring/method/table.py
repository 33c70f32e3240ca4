"""Any table of raw values, of any published index, to scores. Needs none of our files."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

import numpy as np
import pandas as pd

from scoring.method.plain import spec_from
from scoring.method.score import Raw, Scores, frames
from scoring.method.spec import Spec, spec_of
from scoring.model import Methodology, State


def score_table(values: pd.DataFrame, methodology: Spec | Methodology | Mapping[str, Any]) -> Scores:
    """Run any table of raw values through the engine.

    `values` has a row for each unit and a column for each indicator; NaN is not observed, other columns are left
    alone. `methodology` is a `Spec`, a `Methodology`, or plain dictionaries as `scoring.spec_from` takes them.
    The result's frames have a column for every node and indicator. Raises ValueError, saying what to mend, where the
    tree or the table cannot be used.

    >>> table = pd.DataFrame({"life": [60.0, 80.0], "school": [5.0, 15.0]}, index=["A", "B"])
    >>> tree = {"id": "index", "aggregation": "geometric", "lowest": 0, "highest": 1, "children": [
    ...     {"id": "life", "worst": 20, "best": 85}, {"id": "school", "worst": 0, "best": 15}]}
    >>> score_table(table, tree).score["index"].round(3).to_dict()
    {'A': 0.453, 'B': 0.961}
    """
    if isinstance(methodology, Methodology):
        spec = spec_of(methodology)
    else:
        spec = methodology if isinstance(methodology, Spec) else spec_from(methodology)
    x = _numbers(values, [leaf.id for leaf in spec.root.leaves()])
    ones = pd.DataFrame(1.0, index=x.index, columns=x.columns)
    raw = Raw(x, x, x, ones, ones, x, 0 * ones)
    found = frames(spec, raw)
    state = pd.DataFrame(str(State.OBSERVED), index=x.index, columns=x.columns).mask(x.isna(), str(State.NOT_OBSERVED))
    return Scores(spec=spec, state=state, without=found["score"], raw=raw, **found)


def _numbers(values: pd.DataFrame, ids: list[str]) -> pd.DataFrame:
    """The indicators' columns as finite numbers or NaN."""
    missing = [id for id in ids if id not in values.columns]
    if missing:
        raise ValueError("the table needs a column " + ", ".join(_hinted(id, values) for id in missing))
    if values.index.has_duplicates:
        raise ValueError(f"the table's rows must be one unit each, found twice: {_first_twice(values.index)}")
    if values[ids].columns.has_duplicates:
        raise ValueError(f"the table's columns must have one name each, found twice: {_first_twice(values.columns)}")
    return pd.DataFrame({id: _column(id, values[id]) for id in ids}, index=values.index)


def _column(id: str, given: pd.Series[Any]) -> pd.Series[float]:
    numbers = pd.to_numeric(given, errors="coerce").astype("Float64").astype(float)
    bad = (numbers.isna() & given.notna()) | np.isinf(numbers)
    if bad.any():
        raise ValueError(f"column {id!r} must hold finite numbers, found {given[bad].iloc[0]} in row {bad.idxmax()}")
    return numbers


def _hinted(id: str, values: pd.DataFrame) -> str:
    names = {str(name).lower(): name for name in values.columns}
    near = get_close_matches(str(id).lower(), names, 1)
    return repr(id) + (f" (did you mean {names[near[0]]!r}?)" if near else "")


def _first_twice(labels: pd.Index[Any]) -> object:
    return labels[labels.duplicated()][0]
