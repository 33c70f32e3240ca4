"""The method as it is published: complete, in both languages, and true to the framework it was made from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from scoring.model import Branch, Dataset, Indicator, Methodology, Text

FRAMEWORK = Path(__file__).resolve().parents[2] / "shared" / "framework.yml"
ARABIC = re.compile(r"[\u0621-\u064a]")


@pytest.fixture(scope="module")
def methodology(dataset: Dataset) -> Methodology:
    return dataset.methodology


@pytest.fixture(scope="module")
def framework() -> dict[str, Any]:
    if not FRAMEWORK.exists():
        pytest.skip(f"{FRAMEWORK.name} is not beside this repository")
    return dict(yaml.safe_load(FRAMEWORK.read_text("utf-8")))


def texts(part: object) -> Iterator[Text]:
    """Every bilingual text inside a part of the data."""
    if isinstance(part, Text):
        yield part
    elif isinstance(part, tuple | list):
        for each in part:
            yield from texts(each)
    elif isinstance(part, BaseModel):
        yield from texts([value for _, value in part])


def graded(methodology: Methodology) -> list[Indicator]:
    return [indicator for indicator in methodology.indicators().values() if indicator.kind == "graded"]


def test_it_has_eight_dimensions_and_thirty_five_indicators(methodology: Methodology) -> None:
    assert [dimension.code for dimension in methodology.dimensions] == list("RLTSGPVO")
    assert len(methodology.indicators()) == 35


def test_dimensions_and_weights_are_the_frameworks(methodology: Methodology, framework: dict[str, Any]) -> None:
    ours = [(d.id, d.code, d.weight, list(d.answers)) for d in methodology.dimensions]
    theirs = framework["dimensions"]
    assert ours == [(d["id"], d["code"], d["weight"], d["answers_seed_questions"]) for d in theirs]


def test_indicators_and_goalposts_are_the_frameworks(methodology: Methodology, framework: dict[str, Any]) -> None:
    ours = [
        (i.id, i.code, i.kind, i.weight, i.goalposts.worst, i.goalposts.best, i.goalposts.scale)
        for i in methodology.indicators().values()
    ]
    keys = ("id", "code", "evidence", "weight", "worst", "best", "scale")
    assert ours == [tuple(i[key] for key in keys) for d in framework["dimensions"] for i in d["indicators"]]


def test_what_the_framework_calls_provisional_is_shown_so(methodology: Methodology, framework: dict[str, Any]) -> None:
    provisional = {i["id"] for d in framework["dimensions"] for i in d["indicators"] if i.get("provisional")}
    assert provisional <= {i.id for i in methodology.indicators().values() if i.goalposts.provisional}


def test_thresholds_are_the_frameworks(methodology: Methodology, framework: dict[str, Any]) -> None:
    rules, theirs = methodology.rules, framework["rules"]
    overall = theirs["eligible_for_overall_rank"]
    assert (rules.overall_coverage, rules.overall_dimension_coverage, list(rules.mandatory_dimensions)) == (
        overall["weight_observed_total"], overall["weight_observed_each_dimension"], overall["mandatory_dimensions"],
    )  # fmt: skip
    assert (rules.min_enquiries, rules.min_posts, rules.min_krippendorff_alpha, rules.max_median_age_months) == (
        overall["min_enquiries"], overall["min_posts"], overall["min_krippendorff_alpha"],
        overall["max_median_age_months"],
    )  # fmt: skip
    age = theirs["evidence_age"]
    assert (rules.half_life_months, rules.documents_half_life_months) == (
        age["half_life_months"],
        age["documents_half_life_months"],
    )
    for strength in rules.strengths:
        assert re.search(rf"x{strength.error_factor:g}\b", theirs["evidence_strength"][strength.grade])


def test_every_weight_is_marked_as_the_judgement_it_is(methodology: Methodology) -> None:
    assert all(dimension.provisional for dimension in methodology.dimensions)
    assert all(indicator.provisional for indicator in methodology.indicators().values())


def test_graded_indicators_mean_something_at_every_level(methodology: Methodology) -> None:
    assert len(graded(methodology)) == 8
    for indicator in graded(methodology):
        assert indicator.unit == "level", indicator.id
        top = int(indicator.goalposts.best)
        assert [level.level for level in indicator.levels] == list(range(top + 1)), indicator.id
        assert len(indicator.elements) in (0, top), indicator.id


def test_every_text_is_in_both_languages(methodology: Methodology) -> None:
    found = list(texts(methodology))
    assert len(found) > 250
    assert [text for text in found if ARABIC.search(text.en)] == []
    assert [text for text in found if not ARABIC.search(text.ar)] == []
    assert [text.ar for text in found if re.search(r"[\u0621-\u064a][,;?]", text.ar)] == []


def test_no_two_names_are_the_same(methodology: Methodology) -> None:
    nodes: list[Branch | Indicator] = [*methodology.dimensions, *methodology.indicators().values()]
    for language in ("en", "ar"):
        names = [getattr(node.name, language) for node in nodes]
        assert len(set(names)) == len(names)


def test_every_question_leads_to_indicators_of_its_dimension(methodology: Methodology) -> None:
    assert [question.id for question in methodology.questions] == [f"q{n}" for n in range(1, 13)]
    for dimension in methodology.dimensions:
        answered = {question for leaf in dimension.leaves() for question in leaf.answers}
        assert set(dimension.answers) <= answered, dimension.id
        assert all(set(leaf.answers) & set(dimension.answers) for leaf in dimension.leaves()), dimension.id
    assert {q for d in methodology.dimensions for q in d.answers} == {q.id for q in methodology.questions}


def test_the_codebook_is_complete(methodology: Methodology) -> None:
    """The codes that records are imported under, and no other; each feed leads to an indicator or its element."""
    fed = {feed.indicator for code in methodology.codes for feed in code.feeds}
    measured = set(methodology.enquiries.model_dump().values())
    assert set(methodology.indicators()) <= fed | measured, "every indicator can be observed by somebody"
    indicators = methodology.indicators()
    for code in methodology.codes:
        for feed in code.feeds:
            elements = {element.id for element in indicators[feed.indicator].elements}
            assert feed.element is None or feed.element in elements, code.id
    shown = {feed.element for code in methodology.codes for feed in code.feeds if feed.element}
    assert shown == {e.id for i in graded(methodology) for e in i.elements}


def test_choices_of_a_promise_are_the_levels_of_the_indicator(methodology: Methodology) -> None:
    code = next(code for code in methodology.codes if code.id == "reply_commitment")
    levels = methodology.indicators()["reply_commitment"].levels
    assert [choice.level for choice in code.choices] == [level.level for level in levels]


def test_only_documents_of_the_agency_can_be_missing(methodology: Methodology) -> None:
    """Absence scores worst, so it is open only to what is published by the agency or by nobody."""
    needed = {indicator.id for indicator in methodology.indicators().values() if indicator.must_publish}
    assert needed == {
        "corrections", "service_figures", "official_account_list", "policy_scope", "reply_commitment",
        "monitoring_hours", "recourse", "strategy_targets", "published_evaluation", "cost_disclosed",
    }  # fmt: skip


def test_every_agency_finds_its_words(dataset: Dataset) -> None:
    """Each country, level and sector in use is named, and each pair of country and level has its peer group."""
    groups = {(group.country, group.level) for group in dataset.peer_groups}
    words = dataset.vocabulary
    for agency in dataset.agencies.values():
        profile = agency.profile
        assert (profile.country, profile.level) in groups, profile.id
        assert profile.sector in {term.id for term in words.sectors}, profile.id
    used = {(agency.profile.country, agency.profile.level) for agency in dataset.agencies.values()}
    assert groups == used, "a peer group without agencies is a page without content"
    assert [text for text in texts([words, dataset.peer_groups]) if not ARABIC.search(text.ar)] == []
