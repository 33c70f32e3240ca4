"""What is made of a data set by how many agencies it has: the policy is written on the page of scale, and kept here.

Every number stands on a page and in the open data at any size. What is left out of a large data set is what says the
same once more, and what would take more room than all else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from scoring.render.view import View

Row = TypeVar("Row")

MANY = 800  # agencies; beyond, an agency has one embed, its score card, and no picture files
LONG = 1000  # rows that a list has on one page; a longer one goes on on further pages
FIRST = 200  # rows of a list that a large data set has elsewhere in full: in its leagues, on profiles, in the open data


def many(view: View) -> bool:
    """Whether the data set is a large one."""
    return len(view.dataset.agencies) > MANY


def first(view: View, rows: Sequence[Row]) -> Sequence[Row]:
    """What a page shows of a list that stands in full elsewhere: all, or of a large data set the first."""
    return rows[:FIRST] if many(view) else rows


def stands_for(view: View, agency: str) -> str | None:
    """The embed that stands for a chart of one agency, where it has none of its own: its score card."""
    return f"card/{agency}" if many(view) else None


def pictured(view: View, agency: str | None) -> bool:
    """Whether a chart has a picture of its own beside its embed. Charts of many agencies always have; those of one have
    in data sets that are not large, for each takes more room than all of its embed's other files, in every language."""
    return agency is None or not many(view)
