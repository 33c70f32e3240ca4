"""Service requests by channel: how many, how many closed, and how long closing took."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np

from scoring.instruments.times import median_time

HEADER = ("channel", "cases", "closed", "median_hours_to_close", "low", "high")
LEVEL = 0.95
# Times are counted, not kept, so that memory stays bounded: by the minute for thirty days, by the hour for five years,
# by the day after that, and no longer than a century.
_MONTH, _YEARS, _CENTURY = 30 * 1440, 5 * 365 * 1440, 100 * 365 * 1440
COUNTED = f"""
    SELECT channel, closed, CASE WHEN minutes <= {_MONTH} THEN minutes WHEN minutes <= {_YEARS} THEN minutes // 60 * 60
        ELSE least(minutes, {_CENTURY}) // 1440 * 1440 END AS minutes, count(*)
    FROM (SELECT channel, closed IS NOT NULL AS closed,
        greatest(0, date_diff('minute', opened::TIMESTAMP, coalesce(closed, last, opened)::TIMESTAMP)) AS minutes
        FROM kept, (SELECT max(closed) AS last FROM kept))
    GROUP BY ALL ORDER BY ALL"""


def channels(counted: Iterable[tuple[Any, ...]]) -> Iterator[list[object]]:
    """A row for each channel of what `COUNTED` gives: the median hours to closing by Kaplan and Meier with its 95 %
    interval; what is still open was watched until the newest closing of all."""
    for channel, rows in groupby(counted, key=itemgetter(0)):
        table = np.array([row[1:] for row in rows], dtype=np.int64)
        closed, hours, cases = table[:, 0].astype(bool), table[:, 1] / 60, table[:, 2]
        median = median_time(hours, closed, LEVEL, cases)
        shown = ["" if value == np.inf else round(value, 2) for value in median]
        yield [channel, int(cases.sum()), int(cases[closed].sum()), *shown]
