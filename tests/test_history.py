"""What changed between editions: parts that add up, told apart as evidence, ageing and method."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scoring.history import known_by, shifts
from scoring.render.editions import told
from scoring.render.language import LANGUAGES, language
from scoring.render.view import View


def test_the_parts_of_every_change_add_up(demo: View) -> None:
    told_apart = 0
    for found in demo.shifts:
        for shift in found.values():
            for change in shift.scores.values():
                if change.parts is not None and change.old is not None and change.new is not None:
                    assert sum(change.parts.values()) == pytest.approx(change.new - change.old, abs=1e-9)
                    told_apart += change.moved
    assert told_apart > 100


def test_the_scores_are_those_of_the_editions(demo: View) -> None:
    for at, found in enumerate(demo.shifts):
        (_, before), (_, after) = demo.kept[at], demo.kept[at + 1]
        for agency in before.places["index"].keys() & after.places["index"].keys():
            change = found[agency].scores["index"]
            assert change.old == pytest.approx(before.node(agency, "index").score, abs=1e-6)
            assert change.new == pytest.approx(after.node(agency, "index").score, abs=1e-6)


def test_only_where_the_method_changed_is_there_a_part_of_it(demo: View) -> None:
    def moved_by_method(found: dict[str, object]) -> int:
        changes = [s.scores["index"] for s in found.values()]  # type: ignore[attr-defined]
        return sum(abs(c.parts["method"]) > 1e-9 for c in changes if c.parts)

    first, second = demo.shifts
    assert moved_by_method(first) > 10 and moved_by_method(second) == 0
    assert [past.methodology.version for _, past in demo.kept] == [
        "0.0",
        demo.methodology.version,
        demo.methodology.version,
    ]


def test_without_new_evidence_nothing_comes_of_evidence(demo: View) -> None:
    _, past = demo.kept[1]
    same = replace(past.results, dataset=known_by(past.dataset, past.as_of))
    later = replace(same, as_of=demo.as_of)
    for shift in shifts(same, later).values():
        assert shift.added == ()
        assert all(not c.parts or abs(c.parts["evidence"]) < 1e-9 for c in shift.scores.values())


def test_what_was_read_in_between_is_what_came_in(demo: View) -> None:
    (_, before), (_, after) = demo.kept[1], demo.kept[2]
    for agency, shift in demo.shifts[1].items():
        read = {
            item.id for item in demo.dataset.agencies[agency].evidence if before.as_of < item.observed <= after.as_of
        }
        assert set(shift.added) == read


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_change_is_told_with_its_causes(demo: View, code: str) -> None:
    lang = language(code)
    said = [told(demo, lang, "index", s.scores["index"]) for s in demo.shifts[0].values()]
    assert sum(lang.t("cause_method") in text for text in said) > 10
    assert told(demo, lang, "index", None) == ""
