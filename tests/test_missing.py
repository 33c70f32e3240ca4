"""What is missing in the data, told from data in which it is known what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scoring.missing import Gap, Need, gaps
from scoring.model import Account, Dataset, Name, Source
from scoring.render.view import View
from scoring.results import compute
from tests.town import TODAY, item, town

FIRST, SECOND = "qa-agency-00", "qa-agency-01"


def found(dataset: Dataset, on: date = TODAY) -> dict[str, Gap]:
    return {gap.kind: gap for gap in gaps(compute(dataset, on))}


def agencies(gap: Gap) -> list[str]:
    return [need.agency for need in gap.needs]


def changed(dataset: Dataset, id: str, **profile: object) -> Dataset:
    agency = dataset.agencies[id]
    other = replace(agency, profile=agency.profile.model_copy(update=profile))
    return replace(dataset, agencies={**dataset.agencies, id: other})


def with_items(dataset: Dataset, id: str, *items: object) -> Dataset:
    agency = replace(dataset.agencies[id], evidence=items)
    return replace(dataset, agencies={**dataset.agencies, id: agency})


@pytest.fixture
def two() -> Dataset:
    return town(100, 300)


def test_a_name_is_missing_only_where_it_is_not_known(two: Dataset) -> None:
    assert not {"name_ar", "name_en"} & found(two).keys()
    gap = found(changed(two, SECOND, name=Name(en="Only English")))["name_ar"]
    assert gap == Gap("name_ar", (Need(SECOND),), 2)
    assert found(changed(two, SECOND, name=Name(ar="بالعربية")))["name_en"].needs == (Need(SECOND, items=3),)


def test_first_comes_the_name_that_a_cited_page_tells(two: Dataset) -> None:
    source = Source(url="https://town.example/ar", language="ar", kind="own_page", read="full")
    second = two.agencies[SECOND].evidence
    data = with_items(two, SECOND, *second, item(SECOND, "other_findings", source=source))
    for id in (FIRST, SECOND):
        data = changed(data, id, name=Name(en=id))
    assert found(data)["name_ar"].needs == (Need(SECOND, items=1), Need(FIRST))


def test_what_a_profile_lacks(two: Dataset) -> None:
    data = changed(two, FIRST, website="https://a.example", accounts=(Account(platform="x", handle="@a"),))
    data = changed(data, SECOND, website=None, accounts=())
    lacking = found(data)
    assert agencies(lacking["website"]) == agencies(lacking["accounts"]) == [SECOND]


def test_bodies_that_are_never_ranked_need_no_website_but_a_name(two: Dataset) -> None:
    data = changed(two, FIRST, kind="group", website=None, name=Name(en="Only English"))
    data = changed(data, SECOND, website="https://a.example")
    assert "website" not in found(data)
    assert agencies(found(data)["name_ar"]) == [FIRST]


def test_items_are_counted_where_a_date_a_copy_or_the_whole_page_is_missing(two: Dataset) -> None:
    page = Source(url="https://town.example/page", language="en", kind="own_page", read="excerpt")
    bare = item(FIRST, "policy_published", value=True, source=page)
    whole = item(SECOND, "policy_published", value=True, archived="https://archive.example/page")
    lacking = found(with_items(with_items(two, FIRST, bare), SECOND, whole))
    for kind in ("undated", "copy", "excerpt"):
        assert lacking[kind] == Gap(kind, (Need(FIRST, items=1),), 2)


def test_what_was_read_later_is_not_known_yet(two: Dataset) -> None:
    data = with_items(two, FIRST, item(FIRST, "policy_published", value=True, observed=date(2027, 1, 1)))
    assert agencies(found(data)["copy"]) == [SECOND]
    assert FIRST in agencies(found(data)["unscored"])


def test_an_observation_is_old_after_the_half_life_of_documents(two: Dataset) -> None:
    def of(published: str) -> Dataset:
        page = Source(url="https://town.example/p", language="en", kind="own_page", published=published, read="full")
        return with_items(two, FIRST, item(FIRST, "reply_commitment", value="refuses", channel="x", source=page))

    months = two.methodology.rules.documents_half_life_months
    assert months == 24
    assert "old" not in found(of("2024-12"))
    assert found(of("2023-01"))["old"].needs == (Need(FIRST, "promise", 1),)


def test_one_language_is_said_only_where_another_is_read_in_the_country(two: Dataset) -> None:
    assert "one_language" not in found(two)
    arabic = Source(url="https://town.example/ar", language="ar", kind="own_page", read="full")
    more = item(SECOND, "other_findings", source=arabic)
    data = with_items(two, SECOND, *two.agencies[SECOND].evidence, more)
    assert found(data)["one_language"] == Gap("one_language", (Need(FIRST),), 2)


def test_nothing_that_counts_is_told_from_nothing_at_all(two: Dataset) -> None:
    assert "unscored" not in found(two)
    gap = found(with_items(two, FIRST))["unscored"]
    assert gap.needs == (Need(FIRST, items=0),)


def test_enquiries_are_missing_of_everybody_nobody_asked(two: Dataset) -> None:
    assert sorted(agencies(found(two)["enquiries"])) == [FIRST, SECOND]


def test_one_observation_short_means_that_it_would_do(view: View) -> None:
    """Of the real data: nobody named is ranked, and each would have enough with the indicator named."""
    gap = next(gap for gap in gaps(view.results) if gap.kind == "close")
    rules, scores = view.methodology.rules, view.results.scores
    assert len(gap.needs) > 10
    for need in gap.needs:
        node = view.dimension_of[need.indicator]
        weights = {leaf.id: leaf.weight for leaf in node.leaves()}
        states = {id: view.state(need.agency, id) for id in weights}
        whole = sum(weight for id, weight in weights.items() if states[id] != "not_applicable")
        have = scores.coverage.loc[need.agency, node.id]
        assert states[need.indicator] == "not_observed"
        assert have < rules.league_coverage <= have + weights[need.indicator] / whole + 1e-9
        assert need.agency not in view.places[node.id]


def test_seldom_observed_indicators_are_those_a_page_can_show(view: View) -> None:
    gap = next(gap for gap in gaps(view.results) if gap.kind == "seldom")
    counts = [need.items for need in gap.needs]
    assert counts == sorted(counts) and counts[0] < 0.1 * len(view.dataset.agencies)
    assert not {"answer_rate", "satisfaction"} & {need.indicator for need in gap.needs}


def test_the_numbers_are_those_of_the_data(view: View) -> None:
    names = [agency.profile.name for agency in view.dataset.agencies.values()]
    found = {gap.kind: gap for gap in gaps(view.results)}
    assert len(found["name_ar"].needs) == sum(name.ar is None for name in names) > 0
    assert all(len(gap.needs) <= gap.of for gap in found.values())
