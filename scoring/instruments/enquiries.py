"""Test enquiries to observations: how many were answered, how fast, how usefully, and critics like everybody else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from scoring.instruments.times import restricted_mean
from scoring.model import Enquiry, EnquiryMeasures

LONGEST_WATCHED = 31  # days; no window is longer


@dataclass(frozen=True)
class Measure:
    """A value of one indicator, the counts it rests on, and the list size it is worth (see `spread`)."""

    indicator: str
    value: float
    numerator: int | None
    denominator: int
    size: float


def asked_by(enquiries: Sequence[Enquiry], as_of: date) -> list[Enquiry]:
    """Those that stood in public on the day or before, as they were known at its end."""
    return [_known(e, as_of) for e in enquiries if e.asked[:10] <= str(as_of)]


def _known(enquiry: Enquiry, as_of: date) -> Enquiry:
    """An answer that came later had not come yet, and nobody had watched for longer."""
    until = (enquiry.answered or enquiry.watched_until or "")[:10]
    old = (as_of - date.fromisoformat(enquiry.asked[:10])).days > LONGEST_WATCHED
    if (until and until <= str(as_of)) or (not until and old):
        return enquiry
    end = f"{as_of}T23:59{enquiry.asked[16:]}"
    return enquiry.model_copy(update={"answered": None, "gave": None, "watched_until": end})


def current(asked: Sequence[Enquiry], span_days: int) -> list[Enquiry]:
    """The newest and those of the `span_days` before it: who has learned to answer is not held to the past."""
    newest = max((date.fromisoformat(e.asked[:10]) for e in asked), default=date.min)
    return [e for e in asked if (newest - date.fromisoformat(e.asked[:10])).days < span_days]


def measure(enquiries: Sequence[Enquiry], wanted: EnquiryMeasures) -> Iterator[Measure]:
    """What the enquiries say about each indicator they are meant for.

    An enquiry whose watching ended early without an answer counts for the time it was watched, and not for the share.
    """
    window = wanted.window_hours
    hours = np.array([e.hours(until) if (until := e.answered or e.watched_until) else window for e in enquiries])
    came = np.array([e.answered is not None for e in enquiries], dtype=bool)
    inside = came & (hours <= window)
    whole = inside | (hours >= window)
    if wanted.answered and whole.any():
        yield _share(wanted.answered, int(inside.sum()), int(whole.sum()))
    if wanted.first_answer and len(enquiries):
        mean, size = restricted_mean(hours, window, came)
        yield Measure(wanted.first_answer, mean, None, len(enquiries), size)
    if wanted.substantive and inside.any():
        useful = [e.gave not in (None, "nothing") for e, i in zip(enquiries, inside, strict=True) if i]
        yield _share(wanted.substantive, sum(useful), len(useful))
    if wanted.even_handed:
        critical = np.array([e.kind == "critical" for e in enquiries], dtype=bool)
        yield from _even(wanted.even_handed, inside, whole & critical, whole & ~critical)


def _share(indicator: str, part: int, whole: int) -> Measure:
    return Measure(indicator, part / whole, part, whole, float(whole))


def _even(indicator: str, inside: np.ndarray, critical: np.ndarray, neutral: np.ndarray) -> Iterator[Measure]:
    """Answer rate of critical enquiries divided by that of neutral ones, at most 1, with the error of a ratio of two
    shares (Katz et al. 1978)."""
    asked = np.array([critical.sum(), neutral.sum()])
    answered = np.array([(critical & inside).sum(), (neutral & inside).sum()])
    if not asked.all() or not answered[1]:
        return
    rates = (answered + 0.5) / (asked + 1)
    ratio = float(min(1.0, (answered[0] / asked[0]) / (answered[1] / asked[1])))
    spread = min(1.0, rates[0] / rates[1]) ** 2 * float(((1 - rates) / (asked * rates)).sum())
    middle = min(max(ratio, 0.05), 0.95)
    yield Measure(indicator, ratio, None, int(asked.sum()), max(1.0, middle * (1 - middle) / spread - 1))
