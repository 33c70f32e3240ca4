"""Join the readings of each agency and indicator into one observation."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from scoring.instruments.readings import Reading, read, top
from scoring.model import Agency, Dataset, Evidence, Feed, Indicator, Methodology, State

COLUMNS = (
    "agency", "indicator", "state", "value", "low", "high", "without", "numerator", "denominator", "strength",
    "speaks_of", "age_months", "used", "superseded", "second_reading", "self_reported",
)  # fmt: skip
NAN = float("nan")


@dataclass(frozen=True)
class Observations:
    """One row for each agency and indicator with evidence; its columns are COLUMNS.

    `value`, `low`, `high` and `without` (disputed items left out) are raw, in the indicator's unit; `strength` is
    the weakest used; `speaks_of` the newest date used; `used` and `superseded` are evidence ids.
    """

    table: pd.DataFrame
    as_of: date


def observe(dataset: Dataset, as_of: date) -> Observations:
    """Every observation that the evidence read up to `as_of` supports.

    Items marked as context never count. Elements are counted: those seen, up to those not ruled out. Where items
    disagree, the newest dated page of the agency itself wins; where no date decides, both make a range.
    """
    rows = [row for id, agency in dataset.agencies.items() for row in _agency(id, agency, dataset, as_of)]
    return Observations(pd.DataFrame(rows, columns=list(COLUMNS)), as_of)


def _agency(id: str, agency: Agency, dataset: Dataset, as_of: date) -> Iterator[dict[str, Any]]:
    items = [i for i in agency.evidence if i.observed <= as_of and i.context is None]
    indicators = dataset.methodology.indicators()
    readings = _readings(items, dataset, indicators)
    rows = {name: _observation(indicators[name], found, as_of) for name, found in readings.items()}
    for name, items_out in _not_applicable(items, dataset.methodology).items():
        rows[name] = _blank(State.NOT_APPLICABLE, items_out, as_of)
    for indicator in indicators.values():
        gate = indicator.not_applicable_when
        if gate and gate.indicator in rows and rows[gate.indicator]["high"] < gate.below:
            rows[indicator.id] = _blank(State.NOT_APPLICABLE, [], as_of)
    for name in indicators:
        if name in rows:
            yield {"agency": id, "indicator": name} | rows[name]


def _feeds(item: Evidence, dataset: Dataset) -> Iterator[Feed]:
    """Feeds of an item's code that its channel is allowed to lead to."""
    social = {c.id for c in dataset.vocabulary.channels if c.social}
    code = next(c for c in dataset.methodology.codes if c.id == item.code)
    for feed in code.feeds:
        if not feed.social_only or item.channel is None or item.channel in social:
            yield feed


def _readings(
    items: Sequence[Evidence], dataset: Dataset, indicators: Mapping[str, Indicator]
) -> dict[str, list[Reading]]:
    codes = {c.id: c for c in dataset.methodology.codes}
    found: dict[str, list[Reading]] = defaultdict(list)
    for item in items:
        if item.state == "not_applicable":
            continue
        for feed in _feeds(item, dataset):
            reading = read(item, codes[item.code], feed, indicators[feed.indicator])
            if reading is not None:
                found[feed.indicator].append(reading)
    return found


def _not_applicable(items: Iterable[Evidence], methodology: Methodology) -> dict[str, list[Evidence]]:
    codes = {c.id: c for c in methodology.codes}
    found: dict[str, list[Evidence]] = defaultdict(list)
    for item in items:
        if item.state == "not_applicable":
            for feed in codes[item.code].feeds:
                found[feed.indicator].append(item)
    return found


def _observation(indicator: Indicator, readings: Sequence[Reading], as_of: date) -> dict[str, Any]:
    disputers = {r.item.id for r in readings if r.item.disputes}
    low, high, used, old, unclear = _join(indicator, readings, dates_decide=not disputers)
    row = _blank(State.OBSERVED, [r.item for r in used], as_of) | {
        "value": (low + high) / 2, "low": low, "high": high, "second_reading": unclear,
        "superseded": tuple(dict.fromkeys(r.item.id for r in old if r not in used)),
    }  # fmt: skip
    if disputers:
        rest = [r for r in readings if r.item.id not in disputers]
        low, high, *_ = _join(indicator, rest) if rest else (NAN, NAN)
        return row | {"state": str(State.DISPUTED), "without": (low + high) / 2}
    if all(r.item.state == "documented_absence" for r in used):
        row["state"] = str(State.DOCUMENTED_ABSENCE)
    return row


def _join(
    indicator: Indicator, readings: Sequence[Reading], dates_decide: bool = True
) -> tuple[float, float, list[Reading], list[Reading], bool]:
    """Lowest and highest value, what was used, what is superseded, and whether a second reading is wanted."""
    whole = [r for r in readings if r.element is None]
    if not any(r.element for r in readings):
        return _settle(whole, dates_decide)
    by_element: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.element is not None:
            by_element[reading.element].append(reading)
    settled = [_settle(found, dates_decide) for found in by_element.values()]
    low = sum(s[0] for s in settled)
    unseen = len(indicator.elements) - len(by_element)
    high = min(top(indicator), sum(s[1] for s in settled) + unseen)
    used = [r for s in settled for r in s[2]]
    return low, high, used, [r for s in settled for r in s[3]], any(s[4] for s in settled)


def _settle(readings: Sequence[Reading], dates_decide: bool) -> tuple[float, float, list[Reading], list[Reading], bool]:
    """Readings of one thing: agreeing ones all count; else the newest own page; else all of them as a range."""
    low, high = _common(readings)
    if low <= high:
        return low, high, list(readings), [], False
    newest = _newest_own(readings) if dates_decide else []
    if newest:
        return *_common(newest), newest, [r for r in readings if r not in newest], False
    return min(r.low for r in readings), max(r.high for r in readings), list(readings), [], True


def _common(readings: Sequence[Reading]) -> tuple[float, float]:
    """What all readings allow; low above high where they contradict each other."""
    return max(r.low for r in readings), min(r.high for r in readings)


def _newest_own(readings: Sequence[Reading]) -> list[Reading]:
    """The agency's newest own pages, where every own page is dated and the newest agree with each other."""
    own = [r for r in readings if r.item.source.kind == "own_page"]
    if not own or any(r.item.source.published is None for r in own):
        return []
    last = max(str(r.item.source.published) for r in own)
    newest = [r for r in own if r.item.source.published == last]
    low, high = _common(newest)
    return newest if low <= high else []


def _blank(state: State, items: Sequence[Evidence], as_of: date) -> dict[str, Any]:
    """A row with what its items tell of themselves and no value yet."""
    last = max((i.speaks_of for i in items), default=str(as_of))
    sized = [i for i in items if i.denominator]
    return {
        "state": str(state), "value": NAN, "low": NAN, "high": NAN, "without": NAN,
        "numerator": sized[-1].numerator if sized else None, "denominator": sized[-1].denominator if sized else NAN,
        "strength": max((i.strength for i in items), default=""), "speaks_of": last, "age_months": _months(last, as_of),
        "used": tuple(dict.fromkeys(i.id for i in items)), "superseded": (), "second_reading": False,
        "self_reported": bool(items) and all(i.strength == "D" for i in items),
    }  # fmt: skip


def _months(day: str, as_of: date) -> float:
    """Whole months from a day, month or year to `as_of`; a bare year is taken to its end."""
    year, month = (int(p) for p in f"{day}-12".split("-")[:2])
    return float(max(0, (as_of.year - year) * 12 + as_of.month - month)) if not math.isnan(year) else NAN
