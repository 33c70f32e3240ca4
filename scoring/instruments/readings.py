"""What one evidence item says about one indicator, by the feed that leads there."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.model import Code, Evidence, Feed, Indicator


@dataclass(frozen=True)
class Reading:
    """A raw value, or the range it lies in, that one item supports; `element` where it is about one element only."""

    item: Evidence
    low: float
    high: float
    element: str | None = None


def top(indicator: Indicator) -> float:
    """The highest level of a graded indicator."""
    return max(indicator.goalposts.worst, indicator.goalposts.best)


def read(item: Evidence, code: Code, feed: Feed, indicator: Indicator) -> Reading | None:
    """The reading an item gives through a feed; None where it says nothing there.

    A documented absence rules out the element or level its feed would show; through a plain feed it is the worst.
    """
    absent = item.state == "documented_absence" or item.value is False
    if feed.element is not None:
        shown = 0.0 if absent else 1.0
        return Reading(item, shown, shown, feed.element)
    if feed.at_least is not None:
        low, high = (0.0, max(0.0, feed.at_least - 1.0)) if absent else (float(feed.at_least), top(indicator))
        return Reading(item, low, high)
    if item.state == "documented_absence":
        return Reading(item, indicator.goalposts.worst, indicator.goalposts.worst)
    value = _value(item, code)
    return None if value is None else Reading(item, value, value)


def _value(item: Evidence, code: Code) -> float | None:
    if code.type == "choice":
        return next((float(c.level) for c in code.choices if c.id == item.value and c.level is not None), None)
    if item.numerator is not None and item.denominator:
        return item.numerator / item.denominator
    return None if item.value is None or isinstance(item.value, bool | str) else float(item.value)
