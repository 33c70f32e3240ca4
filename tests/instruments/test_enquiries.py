"""From questions asked in public to observations, by hand, and on to the rank."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from scoring.instruments.enquiries import Measure, asked_by, current, measure
from scoring.model import Dataset, Enquiry, EnquiryMeasures
from scoring.results import compute
from tests.town import TODAY, town

WANTED = EnquiryMeasures(answered="rate", first_answer="time", substantive="use", even_handed="even")


def asked(number: int, after: int | None = None, **values: Any) -> Enquiry:
    """A question of 2 November at nine, answered so many hours later."""
    given = {"id": f"e{number}", "asked": "2026-11-02T09:00+03:00", "channel": "x", "language": "ar", "tester": "t1"}
    if after is not None:
        given["answered"] = f"2026-11-{2 + (9 + after) // 24:02d}T{(9 + after) % 24:02d}:00+03:00"
    return Enquiry(**given | values)


def found(*enquiries: Enquiry) -> dict[str, Measure]:
    return {m.indicator: m for m in measure(enquiries, WANTED)}


def test_measures_by_hand() -> None:
    """Four answered after 2, 10, 70 and 80 h, two never: 3 of 6 in time; mean (2 + 10 + 70 + 3 · 72) / 6; 2 of the 3 in
    time gave something; critics 1 of 2, others 2 of 4."""
    measures = found(
        asked(1, 2, gave="solution"), asked(2, 10, gave="nothing", kind="critical"), asked(3, 70, gave="link"),
        asked(4, 80, gave="solution"), asked(5, kind="critical"), asked(6),
    )  # fmt: skip
    assert (measures["rate"].numerator, measures["rate"].denominator) == (3, 6)
    assert measures["time"].value == pytest.approx((2 + 10 + 70 + 3 * 72) / 6)
    assert (measures["use"].numerator, measures["use"].denominator) == (2, 3)
    assert measures["even"].value == 1.0 and measures["even"].denominator == 6


def test_offsets_count() -> None:
    one = asked(1, answered="2026-11-02T07:00Z")  # ten o'clock in Doha
    assert one.hours(one.answered or "") == 1


def test_watched_too_briefly_is_neither_yes_nor_no() -> None:
    measures = found(asked(1, 2), asked(2, watched_until="2026-11-03T09:00+03:00"))
    assert (measures["rate"].numerator, measures["rate"].denominator) == (1, 1)
    assert measures["time"].value == pytest.approx(2 + 70 * 0.5)


def test_critics_answered_half_as_often() -> None:
    kinds = [("critical", 2 if i < 5 else None) for i in range(10)] + [("neutral", 2) for _ in range(10)]
    even = found(*(asked(i, after, kind=kind) for i, (kind, after) in enumerate(kinds)))["even"]
    assert even.value == 0.5 and 1 <= even.size < 20


def test_nothing_to_compare_says_nothing() -> None:
    assert "even" not in found(asked(1, 2)) and "use" not in found(asked(1))


def _with(data: Dataset, counts: dict[str, int], of: int = 40) -> Dataset:
    wanted = EnquiryMeasures(answered="answered")
    agencies = {
        id: replace(a, enquiries=tuple(asked(i, 3 if i < counts[id] else None, id=f"{id}.e{i}") for i in range(of)))
        for id, a in data.agencies.items()
    }
    return replace(data, agencies=agencies, methodology=data.methodology.model_copy(update={"enquiries": wanted}))


def test_own_tests_go_before_reports_and_reach_the_rank() -> None:
    data = town(210, 220, 230)
    names = list(data.agencies)
    results = compute(_with(data, dict(zip(names, (38, 20, 2), strict=True))), TODAY)
    row = results.observations.table.set_index(["agency", "indicator"]).loc[names[0], "answered"]
    assert row["value"] == 0.95 and row["used"] == (f"{names[0]}.enquiries",) and row["strength"] == "B"
    assert row["superseded"] == (f"{names[0]}.measured_response",)
    league = results.standings["rules"].league
    assert league.loc[names[0], "rank"] == 1 and league.loc[names[2], "rank"] == 3
    size = results.uncertain.spreads["answered"].size
    assert np.allclose(size, 40 / 1.5**2)  # strength B there


def test_old_enquiries_have_had_their_time() -> None:
    days = ("2025-11-02", "2025-11-03", "2026-11-02")
    old, edge, new = (asked(i, asked=f"{day}T09:00+03:00") for i, day in enumerate(days))
    assert current([old, edge, new], 365) == [edge, new]
    assert current([], 365) == []


def test_later_enquiries_are_not_known_yet() -> None:
    data = _with(town(200), {"qa-agency-00": 40})
    early = compute(data, TODAY.replace(day=1))
    assert not any("enquiries" in id for used in early.observations.table["used"] for id in used)


def test_an_edition_knows_no_answer_that_came_after_it() -> None:
    """Asked on the 2nd at nine; answered 70 hours later, on the 5th. On the 3rd it had been watched for 39 hours."""
    (later,) = asked_by([asked(1, 70, gave="link")], date(2026, 11, 3))
    assert (later.answered, later.gave, later.watched_until) == (None, None, "2026-11-03T23:59+03:00")
    assert "rate" not in found(later) and found(later)["time"].value == 72
    assert asked_by([asked(1, 70, gave="link")], date(2026, 11, 5)) == [asked(1, 70, gave="link")]
    (waiting,) = asked_by([asked(2)], date(2026, 11, 3))
    assert waiting.watched_until == "2026-11-03T23:59+03:00"
    assert asked_by([asked(2)], date(2027, 1, 1)) == [asked(2)]
