"""Dates: days of the calendar, in the past, and in an order that can be."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from scoring.model import Evidence
from scoring.problems import Problem, Spot
from scoring.rules import messages as m
from scoring.rules.view import Here, View

FIRST_YEAR = 2000  # before social media there is nothing to observe


def evidence_dates_are_sane(view: View) -> Iterator[Problem]:
    """A finding cannot be read before it was written, nor tomorrow, nor before there was anything to read."""
    for item, here in view.evidence():
        for day, place in _written_days(item, here):
            yield from _sane(day, place, view.today)
        yield from _read_after_writing(item, here)
        if item.period:
            yield from _interval(item.period.start, item.period.end, here("period", "end"))


def account_dates_are_sane(view: View) -> Iterator[Problem]:
    """An account is an interval of time: it opens before it closes."""
    for profile, here in view.profiles():
        for index, account in enumerate(profile.accounts):
            inside = here.into("accounts", index)
            for key in ("since", "until"):
                yield from _sane(getattr(account, key), inside(key), view.today)
            yield from _interval(account.since, account.until, inside("until"))


def _written_days(item: Evidence, here: Here) -> Iterator[tuple[str | None, Spot]]:
    yield str(item.observed), here("observed")
    yield item.source.published, here("source", "published")
    for index, day in enumerate(item.searches):
        yield str(day), here("searches", index)
    if item.period:
        yield item.period.start, here("period", "start")
        yield item.period.end, here("period", "end")


def _read_after_writing(item: Evidence, here: Here) -> Iterator[Problem]:
    ends = item.period.end if item.period else None
    for day, place in ((item.source.published, here("source", "published")), (ends, here("period", "end"))):
        start = bounds(day)
        if start and start[0] > item.observed:
            yield m.AFTER_READING.at(place, day, observed=item.observed)


def _sane(day: str | None, place: Spot, today: date) -> Iterator[Problem]:
    days = bounds(day)
    if days is None:
        if day is not None:
            yield m.NO_SUCH_DAY.at(place, day)
    elif days[0] > today:
        yield m.FUTURE.at(place, day, today=today)
    elif days[0].year < FIRST_YEAR:
        yield m.TOO_EARLY.at(place, day, first=FIRST_YEAR)


def _interval(start: str | None, end: str | None, place: Spot) -> Iterator[Problem]:
    first, last = bounds(start), bounds(end)
    if first and last and last[1] < first[0]:
        yield m.ENDS_BEFORE_START.at(place, end, start=start)


@lru_cache(maxsize=10_000)
def bounds(partial: str | None) -> tuple[date, date] | None:
    """First and last day that a year, a month or a day can mean; None where there is no such day."""
    if partial is None:
        return None
    year, month, day = (int(part) for part in [*partial.split("-"), "0", "0"][:3])
    try:
        last_month = month or 12
        last = day or monthrange(year, last_month)[1]
        return date(year, month or 1, day or 1), date(year, last_month, last)
    except ValueError:
        return None
