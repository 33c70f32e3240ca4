"""Captures of sources: a public address, a moment that has been, and a checksum that says what it is of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from scoring.problems import Problem
from scoring.rules import instrument_messages as im
from scoring.rules import messages as m
from scoring.rules.addresses import check_address
from scoring.rules.view import View

_EASTMOST = timedelta(hours=14)  # where a day begins first


def captures_are_complete(view: View) -> Iterator[Problem]:
    """A checksum of nobody knows what, from nobody knows when, proves nothing."""
    for item, here in view.evidence():
        if item.archived is not None:
            yield from check_address(item.archived, here("archived"))
        dated = item.captured_at is not None or item.method == "sheet"
        if item.sha256 is not None and not (item.method and dated):
            yield im.CAPTURE_INCOMPLETE.at(here("sha256"), item.sha256)
        elif item.sha256 is None and (told := item.method or item.captured_at):
            yield im.CAPTURE_INCOMPLETE.at(here("method" if item.method else "captured_at"), told)


def captures_are_past(view: View) -> Iterator[Problem]:
    """Nothing is captured tomorrow, nor before it was published anywhere on earth."""
    for item, here in view.evidence():
        if item.captured_at is None:
            continue
        place, moment = here("captured_at"), _moment(item.captured_at)
        if moment is None:
            yield m.NO_SUCH_DAY.at(place, item.captured_at)
        elif moment.date() > view.today:
            yield m.FUTURE.at(place, item.captured_at, today=view.today)
        elif _is_day(item.source.published) and str((moment + _EASTMOST).date()) < str(item.source.published):
            yield im.CAPTURED_BEFORE.at(place, item.captured_at, published=item.source.published)


def _moment(text: str) -> datetime | None:
    """A moment in universal time; None where there is no such day or hour."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _is_day(partial: str | None) -> bool:
    return partial is not None and len(partial) == len("2026-11-22")
