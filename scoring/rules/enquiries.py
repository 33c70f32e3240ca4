"""Test enquiries: moments in order, and measures that exist."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from scoring.model import Enquiry
from scoring.problems import Problem
from scoring.rules import messages as m
from scoring.rules.references import INDICATOR, known, term
from scoring.rules.view import Here, View
from scoring.source.dataset import METHODOLOGY


def enquiries_are_in_order(view: View) -> Iterator[Problem]:
    """An answer comes after its question, neither tomorrow, and what was never answered gave nothing."""
    for enquiry, here in view.enquiries():
        yield from term(enquiry.channel, view, "channels", here("channel"))
        moments = [name for name in ("asked", "answered", "watched_until") if getattr(enquiry, name)]
        broken = [name for name in moments if _moment(getattr(enquiry, name)) is None]
        for name in broken:
            yield m.NO_SUCH_DAY.at(here(name), getattr(enquiry, name))
        if not broken:
            yield from _in_order(enquiry, here, view)


def _in_order(enquiry: Enquiry, here: Here, view: View) -> Iterator[Problem]:
    for name in ("answered", "watched_until"):
        until = getattr(enquiry, name)
        if until and enquiry.hours(until) < 0:
            yield m.BEFORE_THE_QUESTION.at(here(name), until, asked=enquiry.asked)
    if enquiry.asked[:10] > str(view.today):
        yield m.FUTURE.at(here("asked"), enquiry.asked, today=view.today)
    if enquiry.answered is None and enquiry.gave is not None:
        yield m.GAVE_WITHOUT_ANSWER.at(here("gave"), enquiry.gave)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def enquiry_measures_exist(view: View) -> Iterator[Problem]:
    """A measure of an indicator that does not exist would be taken for nothing."""
    here = view.file(METHODOLOGY).into("enquiries")
    measures = view.methodology.enquiries
    for name in ("answered", "first_answer", "substantive", "even_handed"):
        yield from known(getattr(measures, name), view.indicators, INDICATOR, here(name))
