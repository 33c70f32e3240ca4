"""Join the readings of each agency and indicator into one observation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from scoring.instruments.enquiries import asked_by, current, measure
from scoring.instruments.readings import Reading, read
from scoring.instruments.settle import settle
from scoring.model import Agency, Below, Code, Dataset, EnquiryMeasures, Evidence, Feed, Indicator, State

COLUMNS = (
    "agency", "indicator", "state", "value", "low", "high", "without", "numerator", "denominator", "frame", "size",
    "strength", "alpha", "coders", "speaks_of", "age_months", "used", "superseded", "second_reading", "self_reported",
)  # fmt: skip
NAN = float("nan")
REMEMBERED = 10_000  # days, with the months since each


@dataclass(frozen=True)
class Observations:
    """One row for each agency and indicator with evidence; its columns are COLUMNS.

    `value`, `low`, `high` and `without` (disputed items left out) are raw, in the indicator's unit; `strength` is
    the weakest used; `coders` counts who coded a sample and `alpha` is their agreement (NaN: unknown); `speaks_of` is
    the newest date used; `used` and `superseded` are evidence ids.
    """

    table: pd.DataFrame
    as_of: date


def observe(dataset: Dataset, as_of: date) -> Observations:
    """Every observation that the evidence read up to `as_of` supports.

    Items marked as context never count. Elements are counted: those seen, up to those not ruled out. Where items
    disagree, the newest dated page of the agency itself wins; where no date decides, both make a range.
    """
    return Observations(pd.DataFrame(list(observed(dataset, as_of)), columns=list(COLUMNS)), as_of)


def observed(dataset: Dataset, as_of: date) -> Iterator[dict[str, Any]]:
    """The same row by row, each a value for every column."""
    book = _Book.of(dataset)
    for id, agency in dataset.agencies.items():
        yield from _agency(id, agency, book, as_of)


@dataclass(frozen=True)
class _Book:
    """The codebook, looked up once for all agencies."""

    codes: Mapping[str, Code]
    indicators: Mapping[str, Indicator]
    social: frozenset[str]
    shared: frozenset[tuple[str, str]]  # elements, with their indicator, that more than one code can show
    enquiries: EnquiryMeasures
    gated: Sequence[tuple[Indicator, Below]]  # indicators that another one may make inapplicable

    @classmethod
    def of(cls, dataset: Dataset) -> _Book:
        methodology = dataset.methodology
        social = frozenset(channel.id for channel in dataset.vocabulary.channels if channel.social)
        shown = Counter((f.indicator, f.element) for code in methodology.codes for f in code.feeds if f.element)
        shared = frozenset(element for element, codes in shown.items() if codes > 1)
        indicators = methodology.indicators()
        gated = [(i, i.not_applicable_when) for i in indicators.values() if i.not_applicable_when]
        codes = {code.id: code for code in methodology.codes}
        return cls(codes, indicators, social, shared, methodology.enquiries, gated)

    def feeds(self, item: Evidence) -> Iterator[tuple[Feed, Indicator]]:
        """Where an item's code leads, its channel allowing; without a channel it is about social media in general."""
        for feed in self.codes[item.code].feeds:
            if not feed.social_only or item.channel is None or item.channel in self.social:
                yield feed, self.indicators[feed.indicator]


def _agency(id: str, agency: Agency, book: _Book, as_of: date) -> Iterator[dict[str, Any]]:
    items = [i for i in agency.evidence if i.observed <= as_of and i.context is None]
    disputed = agency.disputed(as_of) | {item.id for item in items if item.disputes}
    rows = {
        name: _observation(book.indicators[name], found, disputed, as_of)
        for name, found in _readings(items, book).items()
    }
    for name, found in _not_applicable(items, book).items():
        rows[name] = _blank(State.NOT_APPLICABLE, found, as_of)
    for name, row in _enquiries(id, agency, book, as_of).items():
        rows[name] = row | {"superseded": rows[name]["used"] if name in rows else ()}
    for indicator, gate in book.gated:
        if gate.indicator in rows and rows[gate.indicator]["high"] < gate.below:
            grounds = [item for item in items if item.id in rows[gate.indicator]["used"]]
            rows[indicator.id] = _blank(State.NOT_APPLICABLE, grounds, as_of)
    for name in book.indicators:
        if name in rows:
            yield {"agency": id, "indicator": name} | rows[name]


def _enquiries(id: str, agency: Agency, book: _Book, as_of: date) -> dict[str, dict[str, Any]]:
    """What the agency's own test enquiries say; they were counted first-hand, so they go before any report."""
    if not agency.enquiries:
        return {}
    asked = current(asked_by(agency.enquiries, as_of), book.enquiries.span_days)
    last = max((e.asked[:10] for e in asked), default="")
    second = all(e.checked_by not in (None, e.tester) for e in asked)
    return {
        found.indicator: _blank(State.OBSERVED, [], as_of) | {
            "value": found.value, "low": found.value, "high": found.value, "numerator": found.numerator,
            "denominator": float(found.denominator), "size": found.size, "strength": "A" if second else "B",
            "speaks_of": last, "age_months": _months(last, as_of), "used": (f"{id}.enquiries",),
        }
        for found in (measure(asked, book.enquiries) if asked else ())
    }  # fmt: skip


def _readings(items: Sequence[Evidence], book: _Book) -> dict[str, list[Reading]]:
    found: dict[str, list[Reading]] = defaultdict(list)
    for item in items:
        for feed, indicator in book.feeds(item) if item.state != "not_applicable" else ():
            if item.value is False and (feed.indicator, feed.element) in book.shared:
                continue  # another code may still show the element, so this "no" rules nothing out
            reading = read(item, book.codes[item.code], feed, indicator)
            if reading is not None:
                found[feed.indicator].append(reading)
    return found


def _not_applicable(items: Sequence[Evidence], book: _Book) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = defaultdict(list)
    for item in items:
        for _, indicator in book.feeds(item) if item.state == "not_applicable" else ():
            found[indicator.id].append(item)
    return found


def _observation(indicator: Indicator, readings: Sequence[Reading], disputed: Set[str], as_of: date) -> dict[str, Any]:
    found = settle(indicator, readings)
    row = _blank(State.OBSERVED, [r.item for r in found.used], as_of) | {
        "value": (found.low + found.high) / 2, "low": found.low, "high": found.high, "second_reading": found.unclear,
        "superseded": tuple(dict.fromkeys(r.item.id for r in found.old)),
    }  # fmt: skip
    undisputed = [r for r in readings if r.item.id not in disputed]
    if len(undisputed) < len(readings):
        left = settle(indicator, undisputed) if undisputed else None
        return row | {"state": str(State.DISPUTED), "without": (left.low + left.high) / 2 if left else NAN}
    worst = found.low == found.high == indicator.goalposts.worst
    if worst and all(r.item.state == "documented_absence" for r in found.used):
        row["state"] = str(State.DOCUMENTED_ABSENCE)
    return row


def _blank(state: State, items: Sequence[Evidence], as_of: date) -> dict[str, Any]:
    """A row with what its items tell of themselves and no value yet."""
    last = max((i.speaks_of for i in items), default=str(as_of))
    sized = [i for i in items if i.denominator]
    return {
        "state": str(state), "value": NAN, "low": NAN, "high": NAN, "without": NAN,
        "numerator": sized[-1].numerator if sized else None, "denominator": sized[-1].denominator if sized else NAN,
        "frame": (sized[-1].frame or NAN) if sized else NAN, "size": NAN,
        "strength": max((i.strength for i in items), default=""),
        "alpha": _alpha(sized), "coders": len(sized[-1].coders) if sized else 0,
        "speaks_of": last, "age_months": _months(last, as_of),
        "used": tuple(dict.fromkeys(i.id for i in items)), "superseded": (), "second_reading": False,
        "self_reported": bool(items) and all(i.strength == "D" for i in items),
    }  # fmt: skip


def _alpha(items: Sequence[Evidence]) -> float:
    return items[-1].alpha if items and items[-1].alpha is not None else NAN


@lru_cache(REMEMBERED)
def _months(day: str, as_of: date) -> float:
    """Whole months from a day, month or year to `as_of`; a bare year is taken to its end."""
    year, month = (int(p) for p in f"{day}-12".split("-")[:2])
    return float(max(0, (as_of.year - year) * 12 + as_of.month - month))
