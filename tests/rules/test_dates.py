"""Partial dates: what a year or a month can mean."""

from datetime import date

import pytest

from scoring.rules.dates import bounds


@pytest.mark.parametrize(
    ("partial", "first", "last"),
    [
        ("2015", date(2015, 1, 1), date(2015, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2015-03-17", date(2015, 3, 17), date(2015, 3, 17)),
    ],
)
def test_bounds(partial: str, first: date, last: date) -> None:
    assert bounds(partial) == (first, last)


@pytest.mark.parametrize("partial", [None, "2015-02-29", "0000"])
def test_no_such_day(partial: str | None) -> None:
    assert bounds(partial) is None
