"""Join the readings of one thing: what they allow together, which of them count, and whether they disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

from scoring.instruments.readings import Reading, top
from scoring.model import Indicator


@dataclass(frozen=True)
class Settled:
    """The range of values supported, the readings it rests on, and those that gave way to newer ones.

    `unclear` where readings contradict each other and no date decides.
    """

    low: float
    high: float
    used: tuple[Reading, ...]
    old: tuple[Reading, ...] = ()
    unclear: bool = False


def settle(indicator: Indicator, readings: Sequence[Reading]) -> Settled:
    """All readings of an indicator, of its level as a whole or of single elements."""
    by_element: dict[str | None, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_element[reading.element].append(reading)
    whole = by_element.pop(None, [])
    if not by_element:
        return _settle(whole)
    counted = _count(indicator, [_settle(found) for found in by_element.values()])
    return _both(_settle(whole), counted) if whole else counted


def _count(indicator: Indicator, elements: Sequence[Settled]) -> Settled:
    """How many elements there are: at least those seen, at most those not ruled out."""
    unseen = len(indicator.elements) - len(elements)
    return Settled(
        low=sum(element.low for element in elements),
        high=min(top(indicator), sum(element.high for element in elements) + unseen),
        used=tuple(reading for element in elements for reading in element.used),
        old=tuple(reading for element in elements for reading in element.old),
        unclear=any(element.unclear for element in elements),
    )


def _both(level: Settled, counted: Settled) -> Settled:
    """A level read as a whole and one counted from its elements: what both allow, else all that either does."""
    low, high = max(level.low, counted.low), min(level.high, counted.high)
    agree = low <= high
    if not agree:
        low, high = min(level.low, counted.low), max(level.high, counted.high)
    unclear = level.unclear or counted.unclear or not agree
    return Settled(low, high, (*level.used, *counted.used), (*level.old, *counted.old), unclear)


def _settle(readings: Sequence[Reading]) -> Settled:
    """Readings of one thing: agreeing ones all count; else the newest; else all of them as a range.

    What disputes another reading is never outdone by a date: it widens whatever the rest comes to.
    """
    if _agree(readings):
        return Settled(*_common(readings), tuple(readings))
    disputing = [r for r in readings if r.item.disputes]
    rest = [r for r in readings if not r.item.disputes]
    if disputing and rest:
        calm = _settle(rest)
        ends = [calm.low, calm.high, *(end for r in disputing for end in (r.low, r.high))]
        return Settled(min(ends), max(ends), (*calm.used, *disputing), calm.old, unclear=True)
    newest = _newest(readings)
    if newest:
        low, high = _common(newest)
        new = {id(r) for r in newest}
        used = [id(r) in new or (r.low, r.high) == (low, high) for r in readings]
        old = tuple(r for r, counts in zip(readings, used, strict=True) if not counts)
        return Settled(low, high, tuple(compress(readings, used)), old)
    return Settled(min(r.low for r in readings), max(r.high for r in readings), tuple(readings), unclear=True)


def _common(readings: Sequence[Reading]) -> tuple[float, float]:
    """What all readings allow; low above high where they contradict each other."""
    if len(readings) == 1:  # most are, and builds settle millions
        return readings[0].low, readings[0].high
    return max(r.low for r in readings), min(r.high for r in readings)


def _agree(readings: Sequence[Reading]) -> bool:
    low, high = _common(readings)
    return low <= high


def _newest(readings: Sequence[Reading]) -> list[Reading]:
    """The agency's newest own pages, or where it has none the newest of the others, such as answers to parliament.

    None where one of them is undated or the newest contradict each other: then no date decides.
    """
    own = [r for r in readings if r.item.source.kind == "own_page"] or readings
    dates = [_dated(r) for r in own]
    if None in dates:
        return []
    last = max(str(day) for day in dates)
    newest = [r for r in own if not _earlier(str(_dated(r)), last)]
    return newest if _agree(newest) else []


def _dated(reading: Reading) -> str | None:
    """When a page was published, else the end of the period it speaks of; when it was read decides nothing."""
    period = reading.item.period
    return reading.item.source.published or (period.end if period else None)


def _earlier(day: str, other: str) -> bool:
    """Whether a date is surely earlier: 2023 is earlier than 2024-05, 2024 need not be."""
    exact = min(len(day), len(other))
    return day[:exact] < other[:exact]
