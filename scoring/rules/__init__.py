"""The rules that valid data must also keep: each small, with a reason and a stable code.

To add one: write a generator function in the module of its subject, word its finding in `messages.py` (for the
methodology `method_messages.py`), list it in RULES below, and give it a mistake in `tests/fixtures/awful/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from scoring.model import Dataset
from scoring.problems import Problem
from scoring.rules import (
    accounts,
    addresses,
    answers,
    captures,
    coding,
    dates,
    editions,
    enquiries,
    identity,
    method,
    references,
    texts,
    values,
)
from scoring.rules.view import View
from scoring.source.dataset import METHODOLOGY, Reading, in_order
from scoring.source.files import METHODS

Rule = Callable[[View], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    identity.ids_and_folders_agree,
    identity.evidence_ids_are_unique,
    identity.method_ids_are_unique,
    identity.terms_are_unique,
    references.profiles_point_somewhere,
    references.families_have_no_circles,
    references.evidence_points_somewhere,
    references.disputes_stay_within_the_agency,
    references.indicators_point_somewhere,
    references.codes_point_somewhere,
    references.mandatory_dimensions_exist,
    references.cost_ratios_exist,
    references.peer_groups_point_somewhere,
    references.ranked_agencies_have_peers,
    dates.evidence_dates_are_sane,
    dates.account_dates_are_sane,
    enquiries.enquiries_are_in_order,
    enquiries.enquiry_measures_exist,
    values.scored_values_have_the_codes_type,
    values.choices_exist,
    values.numbers_are_in_the_codes_unit,
    values.numbers_are_in_range,
    values.fractions_add_up,
    values.absences_are_documented,
    addresses.sources_have_an_address,
    addresses.websites_have_an_address,
    accounts.handles_are_well_formed,
    accounts.accounts_live_on_their_platform,
    answers.replies_point_somewhere,
    answers.replies_are_in_order,
    answers.stages_are_in_order,
    editions.editions_are_past,
    editions.editions_are_one,
    editions.corrections_point_somewhere,
    captures.captures_are_complete,
    captures.captures_are_past,
    coding.codebook_points_somewhere,
    coding.coders_agree_with_somebody,
    method.weights_sum_to_one,
    method.levels_are_contiguous,
    method.goalposts_span_a_scale,
    method.codes_can_be_scored,
    method.choice_levels_exist,
    method.strengths_are_complete,
    texts.arabic_names_use_arabic_letters,
)


OF_METHODS: tuple[Rule, ...] = (
    *tuple(rule for rule in RULES if rule.__module__ == method.__name__),
    identity.method_ids_are_unique,
    references.indicators_point_somewhere,
    references.codes_point_somewhere,
    references.mandatory_dimensions_exist,
    references.cost_ratios_exist,
)


def check_dataset(reading: Reading, today: date) -> tuple[Problem, ...]:
    """Every finding of the reader and of the rules, sorted by path, line and column.

    The rules see whatever could be read; a place the reader refused already is not refused twice.
    """
    refused = {problem.place for problem in reading.problems if problem.severity == "error"}
    found = {problem for problem in _by_rules(reading, today) if problem.place not in refused}
    return tuple(sorted({*reading.problems, *filter(reading.concerns, found)}, key=in_order))


def _by_rules(reading: Reading, today: date) -> Iterator[Problem]:
    if reading.dataset is not None:
        view = View(reading.dataset, reading, today)
        for rule in RULES:
            yield from rule(view)
        for edition, found in reading.dataset.methods.items():
            yield from _by_rules_of_methods(reading, replace(reading.dataset, methodology=found), edition, today)


def _by_rules_of_methods(reading: Reading, dataset: Dataset, edition: str, today: date) -> Iterator[Problem]:
    """An earlier method must be one that can still be computed with; its findings lie in its own file."""
    documents = reading.documents | {METHODOLOGY: reading.documents[f"{METHODS}/{edition}.yml"]}
    view = View(dataset, replace(reading, documents=documents), today)
    for rule in OF_METHODS:
        yield from rule(view)
