"""Evidence to observations, on the fictional methodology of tests/fixtures/small."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scoring.instruments import observe
from scoring.model import Agency, Dataset, Evidence, Profile
from scoring.source.dataset import read_dataset

SMALL = Path(__file__).resolve().parents[1] / "fixtures" / "small"
DAY = date(2026, 11, 22)
PROFILE = {"id": "x", "name": {"en": "X"}, "country": "QA", "level": "national", "sector": "health"}


@pytest.fixture(scope="module")
def small() -> Dataset:
    dataset = read_dataset(SMALL).dataset
    assert dataset is not None
    return dataset


def item(id: str, code: str, value: Any = None, **more: Any) -> Evidence:
    source = {"url": "https://x.example", "language": "en", "read": "excerpt"} | {"kind": more.pop("kind", "own_page")}
    if "published" in more:
        source["published"] = more.pop("published")
    base = {"id": id, "code": code, "value": value, "finding": {"en": "F."}, "source": source, "strength": "C"}
    return Evidence.model_validate(base | {"observed": more.pop("observed", DAY)} | more)


def seen(small: Dataset, *items: Evidence, as_of: date = DAY) -> dict[str, Any]:
    agency = Agency(Profile.model_validate(PROFILE), items, "agencies/qa/x")
    dataset = Dataset(small.methodology, small.vocabulary, small.peer_groups, {"x": agency})
    return {row.indicator: row for row in observe(dataset, as_of).table.itertuples()}


CONTEXT = {"en": "Why not", "ar": "لماذا لا"}


def test_an_unseen_element_is_neither_there_nor_missing(small: Dataset) -> None:
    row = seen(small, item("a", "policy_published", True))["policy"]
    assert (row.low, row.value, row.high, row.used) == (1, 1.5, 2, ("a",))


def test_an_explicit_no_rules_an_element_out(small: Dataset) -> None:
    row = seen(small, item("a", "policy_published", False))["policy"]
    assert (row.low, row.value, row.high) == (0, 0.5, 1)


def test_a_choice_is_its_level(small: Dataset) -> None:
    assert seen(small, item("a", "reply_commitment", "time-bound"))["promise"].value == 2


def test_context_is_never_scored(small: Dataset) -> None:
    assert seen(small, item("a", "reply_commitment", "time-bound", context=CONTEXT)) == {}


def test_a_promise_for_the_telephone_is_none_for_social_media(small: Dataset) -> None:
    assert seen(small, item("a", "reply_commitment", "time-bound", channel="phone")) == {}
    assert seen(small, item("a", "reply_commitment", "time-bound", channel="x"))["promise"].value == 2


def test_a_share_is_its_counts(small: Dataset) -> None:
    row = seen(small, item("a", "measured_response", None, numerator=30, denominator=40))["answered"]
    assert (row.value, row.denominator) == (0.75, 40)


def test_the_newer_own_page_wins_and_the_older_stays_visible(small: Dataset) -> None:
    old = item("old", "reply_commitment", "time-bound", published="2019")
    new = item("new", "reply_commitment", "refuses", published="2024-05")
    row = seen(small, old, new)["promise"]
    assert (row.value, row.used, row.superseded, row.second_reading) == (0, ("new",), ("old",), False)


def test_without_dates_both_make_a_range_for_a_second_reading(small: Dataset) -> None:
    row = seen(small, item("a", "reply_commitment", "time-bound"), item("b", "reply_commitment", "refuses"))["promise"]
    assert (row.low, row.value, row.high, row.second_reading) == (0, 1, 2, True)


def test_agreeing_pages_both_count(small: Dataset) -> None:
    items = [item(i, "reply_commitment", "refuses") for i in ("a", "b")]
    row = seen(small, *items)["promise"]
    assert (row.value, row.used, row.second_reading) == (0, ("a", "b"), False)


def test_a_disputed_item_is_counted_with_and_without(small: Dataset) -> None:
    own = item("own", "reply_commitment", "time-bound", published="2024")
    press = item("press", "reply_commitment", "refuses", kind="press", disputes="own")
    row = seen(small, own, press)["promise"]
    assert (row.state, row.without, row.low, row.high) == ("disputed", 2, 0, 2)


def test_a_documented_absence_is_the_worst_value(small: Dataset) -> None:
    absent = item("a", "reply_commitment", state="documented_absence", searches=[DAY, DAY])
    row = seen(small, absent)["promise"]
    assert (row.state, row.value) == ("documented_absence", 0)


def test_a_target_does_not_apply_where_nothing_is_promised(small: Dataset) -> None:
    rows = seen(small, item("a", "reply_commitment", "refuses"), item("b", "reply_target_hours", 24.0, unit="hours"))
    assert rows["target"].state == "not_applicable"


def test_an_unobserved_promise_leaves_its_target_unobserved(small: Dataset) -> None:
    assert "target" not in seen(small, item("a", "policy_published", True))


def test_evidence_read_later_is_left_out(small: Dataset) -> None:
    assert seen(small, item("a", "reply_commitment", "refuses"), as_of=date(2026, 11, 21)) == {}


def test_self_reported_only_where_all_of_it_is(small: Dataset) -> None:
    reported = item("a", "reply_commitment", "refuses", strength="D")
    assert seen(small, reported)["promise"].self_reported
    assert not seen(small, reported, item("b", "reply_commitment", "refuses"))["promise"].self_reported


def test_age_is_told_and_changes_no_value(small: Dataset) -> None:
    new = seen(small, item("a", "reply_commitment", "time-bound"))["promise"]
    old = seen(small, item("a", "reply_commitment", "time-bound", published="2010-11"))["promise"]
    assert (new.age_months, old.age_months) == (0, 192) and new.value == old.value
