"""Scores over time: the picture and the table agree, time runs as the reader reads, and nothing joins two methods."""

from __future__ import annotations

import itertools
import re
from datetime import date

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.render.charts import frame
from scoring.render.language import Language, language
from scoring.render.lines import Day, Lines, Series, apart, grid, plotly, slope, slope_picture, trend, trend_picture
from scoring.render.picture import table

AR, EN = language("ar"), language("en")
HOSTILE = "</svg><script>x()</script>"
DAYS = [Day("2024", date(2024, 1, 1)), Day("2025", date(2025, 1, 1), broken=True), Day("2026", date(2026, 1, 1))]


def lines(**changes: object) -> Lines:
    series = [
        Series("Mine", [(20.0, 10.0, 30.0), (40.0, 35.0, 45.0), (60.5, 50.0, 70.0)], stressed=True),
        Series(HOSTILE, [None, (80.0, 80.0, 80.0), (80.2, 70.0, 90.0)]),
    ]
    base = {"id": "l", "title": "T", "sentence": "S.", "days": DAYS, "series": series, "header": "H"}
    return Lines(**base | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("draw", [trend, slope])
def test_nothing_joins_two_days_with_different_methods(draw) -> None:  # type: ignore[no-untyped-def]
    joins = re.findall(r'class="[so]"', draw(lines(), EN))
    assert len(joins) == 2, "one for each member, from the second day to the third"
    whole = draw(lines(days=[Day(d.label, d.on) for d in DAYS]), EN)
    assert len(re.findall(r'class="[so]"', whole)) == 3 and 'class="q"' not in whole
    assert len(re.findall(r'class="q"', draw(lines(), EN))) == 1


@pytest.mark.parametrize("draw", [trend, slope])
def test_time_runs_as_the_reader_reads(draw) -> None:  # type: ignore[no-untyped-def]
    for lang in (EN, AR):
        found = re.findall(r'<circle cx="([\d.]+)%" cy="[\d.]+" r="\d" class="d"', draw(lines(), lang))
        at = [float(x) for x in found[:3]]
        assert at == sorted(at, reverse=lang.rtl) and len(at) == 3


@pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
def test_the_table_has_every_number_of_the_picture(lang: Language) -> None:
    for figure in (frame(trend_picture(lines(), lang), lang, ""), frame(slope_picture(lines(), lang), lang, "")):
        drawn = figure.split("<details>")[0]
        cells = re.findall(r"<td>(.*?)</td>", table(grid(lines(), lang)))
        numbers = set(re.findall(r">([\d.]+)(?: [^<]*)?</text>", drawn)) - {d.label for d in DAYS}
        assert numbers and all(any(number in cell for cell in cells) for number in numbers)
        assert "<script>x()" not in figure and figure.count("<tr>") == 3


def test_the_interactive_figure_is_valid_and_has_a_gap() -> None:
    made = go.Figure(plotly(lines(), AR))
    assert made.layout.xaxis.autorange == "reversed"
    assert list(made.data[0].y) == [20.0, None, 40.0, 60.5]


@given(st.lists(st.floats(0, 200), min_size=1, max_size=30).map(sorted))
def test_names_stand_apart_and_in_order(wanted: list[float]) -> None:
    placed = apart(wanted, 10, 0, 300)
    assert all(b - a >= 10 - 1e-9 for a, b in itertools.pairwise(placed))
    assert placed[0] >= -1e-9 and placed[-1] <= 300 + 1e-9


def test_names_that_have_room_stay_where_they_are() -> None:
    assert apart([5.0, 50.0, 90.0], 10, 0, 100) == [5.0, 50.0, 90.0]
    assert apart([50.0, 51.0], 10, 0, 100) == [50.0, 60.0]
    assert apart([99.0, 100.0], 10, 0, 100) == [90.0, 100.0]
