"""What is told of measured times: growth, tables and arithmetic with known answers. No time is measured here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from benchmarks.bench.country import VALUE, changed, part
from benchmarks.bench.ours import making, stages
from benchmarks.bench.projects import markdown, profiles
from benchmarks.bench.table import COLUMNS, NAMES, cell, rows, table
from scoring import speed as told
from scoring.render.language import LANGUAGES, language
from scoring.render.speed import arithmetic, speed
from scoring.render.view import View
from scoring.scale import scale
from scoring.speed import OURS, PEERS, Measure, Measured, Part, exponent, measured

FOUND = Measured.model_validate_json((Path(__file__).parent / "fixtures" / "speed.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("points", "slope"),
    [
        ([(100, 2.0), (1000, 20.0)], 1.0),
        ([(100, 2.0), (1000, 200.0)], 2.0),
        ([(100, 3.0), (1000, 3.0), (10_000, 3.0)], 0.0),
        ([(1, 1.0), (2, 8.0), (4, 64.0)], 3.0),
    ],
)
def test_growth_is_the_slope_of_the_logarithms(points: list[tuple[float, float]], slope: float) -> None:
    assert exponent(points) == pytest.approx(slope)


@pytest.mark.parametrize("points", [[], [(100, 2.0)], [(100, 2.0), (100, 3.0)], [(100, 0.0), (1000, 2.0)]])
def test_growth_is_unknown_where_it_cannot_be_told(points: list[tuple[float, float]]) -> None:
    assert exponent(points) is None


def test_growth_is_told_between_the_two_largest_sizes_that_were_finished() -> None:
    assert FOUND.growth("build_cold") == pytest.approx(1.0)
    assert FOUND.growth("mkdocs") is None  # stopped at the larger one
    assert FOUND.times("mkdocs", 100) == pytest.approx(3.0)
    assert FOUND.times("zensical", 100) is None
    assert FOUND.alike("mkdocs", 100) == pytest.approx(6.0)
    assert FOUND.alike("mkdocs", 1000) is None and FOUND.alike("hugo_data", 100) == pytest.approx(0.1)


def test_the_table_says_what_was_not_measured_and_never_zero() -> None:
    assert cell(None) == "not measured"
    assert cell(FOUND.of("zensical", 100)) == "not measured"
    assert cell(FOUND.of("mkdocs", 1000)) == "stopped after 900 s"
    assert cell(FOUND.of("hugo_markdown", 100)) == "failed"
    assert cell(FOUND.of("build_cold", 1000)) == "60.0 s  1,000 MiB"
    assert cell(FOUND.of("mkdocs", 100), 3.0) == "18.0 s  200 MiB (×3.00)"
    made = table(FOUND)
    assert [column.header for column in made.columns] == ["", "100", "1,000", "growth"]
    assert made.row_count == len(FOUND.tasks) + 1


def test_rows_are_as_wide_as_their_heads_and_leave_the_unknown_empty() -> None:
    head, *found = rows(FOUND)
    assert head == COLUMNS and all(len(row) == len(COLUMNS) for row in found)
    assert len(found) == len(FOUND.measures)
    assert next(row for row in found if row[0] == "zensical")[3] is None


def test_every_task_has_its_words() -> None:
    assert NAMES.keys() == {*OURS, *PEERS}
    assert all(f"speed_{task}" in language(code).words for code in LANGUAGES for task in (*OURS, *PEERS))


def test_stages_are_read_line_by_line() -> None:
    said = "read and check      1.25 s\nscore: 12.5 s\n354 generated pages, data as of 2026-10-30: site\n"
    assert [(stage.name, stage.seconds) for stage in stages(100, said)] == [("read and check", 1.25), ("score", 12.5)]


def test_the_pages_alone_are_told_beside_reading_and_scoring_them() -> None:
    ran = Measure(task="profiles", agencies=100, outcome="done", seconds=9.0)
    assert making(ran, "- profiles  11.20 s\npages  6.25 s\nall  6.30 s\n").seconds == 6.25
    assert making(ran, "").outcome == "failed"
    stopped = making(ran.model_copy(update={"outcome": "stopped", "seconds": 700.0}), "")
    assert (stopped.task, stopped.outcome, stopped.seconds) == ("profile_pages", "stopped", 700.0)


def test_an_edit_changes_one_value_and_marks_its_finding() -> None:
    item = "- id: a\n  code: sampled_dialogue\n  numerator: {n}\n  denominator: 200\n  finding:\n    en: {text}\n"
    before = item.format(n=81, text="Old.") + item.format(n=94, text="'94: New.'")
    after = item.format(n=81, text="Old.") + item.format(n=190, text="'Mark 94: New.'")
    assert changed(before, "Mark") == after
    assert len(VALUE.findall(after)) == 2


def test_a_peer_gets_the_whole_body_in_one_piece(tmp_path: Path) -> None:
    page = tmp_path / "en" / "agencies" / "xa-one" / "index.html"
    page.parent.mkdir(parents=True)
    frame = (
        '<title>A "quoted" name</title><main><article class="md-content__inner md-typeset">{}</article></div></main>'
    )
    page.write_text(frame.format("\n    <p>One</p>\n\n  <article>two</article>\n"), encoding="utf-8")
    [found] = profiles(tmp_path)
    assert markdown(found) == '---\ntitle: "A \\"quoted\\" name"\n---\n<p>One</p>\n<article>two</article>\n'
    assert found.before + found.body + found.after == page.read_text(encoding="utf-8")


def test_parts_are_counted_with_all_below_them(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "one").write_bytes(b"123")
    (tmp_path / "a" / "b" / "two").write_bytes(b"4567")
    assert part(tmp_path / "a") == Part(name="a", bytes=7, files=2)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_shows_every_measurement(view: View, code: str) -> None:
    lang = language(code)
    page = speed(view, lang, FOUND)
    assert page.count("<h2>") == 3
    for task in FOUND.tasks:
        assert lang.t(f"speed_{task}") in page
    assert lang.t("speed_absent") in page and lang.t("speed_stopped", n="900") in page
    assert lang.t("speed_times_pages", n=lang.number(6.0, 2)) in page
    assert not re.search(r">\s*0 (s|MB|ثانية|ميغابايت)", page)


@pytest.mark.parametrize("code", LANGUAGES)
def test_pages_without_results_say_that_nothing_was_measured(view: View, code: str) -> None:
    lang = language(code)
    for page in (speed(view, lang, None), arithmetic(view, lang, None)):
        assert page == f"<p>{lang.t('speed_nothing')}</p>"


def test_the_arithmetic_multiplies_the_largest_size_that_was_built() -> None:
    made = scale(FOUND)
    assert made is not None and made.measured == 1000
    steps = {step.task: step for step in made.steps}
    assert steps["build_cold"].each == pytest.approx(0.072)  # 72 CPU seconds for 1,000
    assert steps["build_cold"].hours == pytest.approx(20.0)
    assert steps["build_cold"].memory == pytest.approx(1048.576)
    assert steps["import"].hours == pytest.approx(10_000_000_000 * 0.00001 / 3600)
    stores = {store.name: store for store in made.stores}
    assert stores["site"].all == pytest.approx(90e9)
    assert stores["posts"].all == pytest.approx(2e12)
    assert scale(FOUND.model_copy(update={"sizes": ()})) is None


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_arithmetic_has_words_for_all_it_tells(view: View, code: str) -> None:
    page = arithmetic(view, language(code), FOUND)
    assert page.count("<h2>") == 2 and "20.0" in page


def test_results_that_are_not_ours_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(told, "generator", lambda: tmp_path)
    assert measured() is None
    (tmp_path / told.FILE).parent.mkdir(parents=True)
    (tmp_path / told.FILE).write_text('{"on": "2026-11-30"}', encoding="utf-8")
    with pytest.raises(ValidationError):
        measured()
