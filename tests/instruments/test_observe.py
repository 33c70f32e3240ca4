"""Evidence to observations, on the fictional methodology of tests/fixtures/small."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scoring.instruments.observe import observe
from scoring.instruments.readings import Reading
from scoring.instruments.settle import settle
from scoring.model import Agency, Choice, Dataset, Evidence, Feed, Profile, Text
from scoring.source.dataset import read_dataset

SMALL = Path(__file__).resolve().parents[1] / "fixtures" / "small"
DAY = date(2026, 11, 22)
PROFILE = {"id": "x", "name": {"en": "X"}, "country": "QA", "level": "national", "sector": "health"}


@pytest.fixture(scope="module")
def small() -> Dataset:
    """The fixture, with a middle level of the promise and a code for the policy's second element."""
    dataset = read_dataset(SMALL).dataset
    assert dataset is not None
    codes = {code.id: code for code in dataset.methodology.codes}
    label = Text(en="Some", ar="بعض")
    promise, policy = codes["reply_commitment"], codes["policy_published"]
    codes["reply_commitment"] = promise.model_copy(
        update={"choices": (*promise.choices, Choice(id="unspecified", level=1, label=label))}
    )
    feeds = (Feed(indicator="policy", element="staff"),)
    codes["staff_rules"] = policy.model_copy(update={"id": "staff_rules", "feeds": feeds})
    methodology = dataset.methodology.model_copy(update={"codes": tuple(codes.values())})
    return replace(dataset, methodology=methodology)


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


def test_absence_of_one_element_rules_out_that_element_only(small: Dataset) -> None:
    absent = item("a", "policy_published", state="documented_absence", searches=[DAY, DAY])
    row = seen(small, absent)["policy"]
    assert (row.state, row.low, row.high) == ("observed", 0, 1)
    both = seen(small, absent, item("b", "staff_rules", state="documented_absence", searches=[DAY, DAY]))["policy"]
    assert (both.state, both.value) == ("documented_absence", 0)


def test_a_dispute_brings_no_superseded_page_back(small: Dataset) -> None:
    old = item("old", "reply_commitment", "refuses", published="2019")
    new = item("new", "reply_commitment", "time-bound", published="2024")
    press = item("press", "reply_commitment", "unspecified", kind="press", disputes="new")
    row = seen(small, old, new, press)["promise"]
    assert (row.state, row.low, row.high, row.without) == ("disputed", 1, 2, 2)
    assert (row.used, row.superseded) == (("new", "press"), ("old",))


@pytest.mark.parametrize(("older", "newer", "decided"), [("2023", "2024-05", True), ("2024", "2024-05", False)])
def test_a_bare_year_decides_only_against_other_years(small: Dataset, older: str, newer: str, decided: bool) -> None:
    one = item("one", "reply_commitment", "time-bound", published=older)
    two = item("two", "reply_commitment", "refuses", published=newer)
    row = seen(small, one, two)["promise"]
    assert (row.used, row.second_reading) == ((("two",), False) if decided else (("one", "two"), True))


def test_what_the_newest_page_says_elsewhere_too_still_counts(small: Dataset) -> None:
    old = item("old", "reply_commitment", "time-bound", published="2019")
    new = item("new", "reply_commitment", "refuses", published="2024")
    press = item("press", "reply_commitment", "refuses", kind="press")
    row = seen(small, old, new, press)["promise"]
    assert (row.used, row.superseded) == (("new", "press"), ("old",))


def test_a_period_dates_a_page_as_its_publication_does(small: Dataset) -> None:
    old = item("old", "reply_commitment", "time-bound", period={"end": "2019"})
    new = item("new", "reply_commitment", "refuses", published="2024")
    assert seen(small, old, new)["promise"].used == ("new",)


def test_what_does_not_apply_says_on_what_grounds(small: Dataset) -> None:
    rows = seen(small, item("a", "reply_commitment", "refuses", published="2020-11"))
    assert (rows["target"].used, rows["target"].age_months) == (("a",), 72)


def test_a_finding_for_another_channel_leaves_its_indicator_applicable(small: Dataset) -> None:
    elsewhere = item("a", "reply_commitment", state="not_applicable", channel="phone")
    assert "promise" not in seen(small, elsewhere)
    assert seen(small, item("a", "reply_commitment", state="not_applicable"))["promise"].state == "not_applicable"


@pytest.mark.parametrize(
    ("level", "wanted"), [((2.0, 2.0), (2, 2, False)), ((0.0, 1.0), (1, 1, False)), ((0.0, 0.0), (0, 2, True))]
)
def test_a_level_read_as_a_whole_meets_the_elements_counted(
    small: Dataset, level: tuple[float, float], wanted: tuple[float, float, bool]
) -> None:
    source = item("a", "policy_published", True)
    readings = [Reading(source, *level), Reading(source, 1.0, 1.0, "scope")]
    found = settle(small.methodology.indicators()["policy"], readings)
    assert (found.low, found.high, found.unclear) == wanted and len(found.used) == 2


def test_without_own_pages_the_newest_answer_wins(small: Dataset) -> None:
    answers = [
        item(year, "measured_response", share, unit="share", kind="parliament", published=year)
        for year, share in (("2022", 0.4), ("2023", 0.6))
    ]
    row = seen(small, *answers)["answered"]
    assert (row.value, row.used, row.superseded, row.second_reading) == (0.6, ("2023",), ("2022",), False)


def test_a_no_rules_nothing_out_where_another_code_may_show_the_element(small: Dataset) -> None:
    feeds = [code for code in small.methodology.codes if code.id == "policy_published"]
    twin = feeds[0].model_copy(update={"id": "policy_elsewhere"})
    method = small.methodology.model_copy(update={"codes": (*small.methodology.codes, twin)})
    two = Dataset(method, small.vocabulary, small.peer_groups, small.agencies)
    assert "policy" not in seen(two, item("a", "policy_published", False))
    row = seen(two, item("a", "policy_published", False), item("b", "policy_elsewhere", True))["policy"]
    assert (row.low, row.high, row.used) == (1, 2, ("b",))
