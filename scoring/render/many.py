"""What is made of a data set by how many agencies it has: the policy is written on the page of scale, and kept here.

Every number stands on a page and in the open data at any size. What is left out of a large data set is what says the
same once more, and what would take more room than all else.
"""

from __future__ import annotations

from scoring.render.view import View

MANY = 800  # agencies; beyond, an agency has one embed, its score card, and no picture files
LONG = 1000  # rows that a list has on one page; a longer one goes on on further pages
MOST_LISTED = 100  # findings of a kind on a question's page, where they are more than LONG together


def many(view: View) -> bool:
    """Whether the data set is a large one."""
    return len(view.dataset.agencies) > MANY


def stands_for(view: View, agency: str) -> str | None:
    """The embed that stands for a chart of one agency, where it has none of its own: its score card."""
    return f"card/{agency}" if many(view) else None


def pictured(view: View, agency: str | None) -> bool:
    """Whether a chart has a picture of its own beside its embed. Charts of many agencies always have; those of one have
    in data sets that are not large, for each takes more room than all of its embed's other files, in every language."""
    return agency is None or not many(view)
