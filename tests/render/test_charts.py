"""One specification, two renderings that agree; strangers' text stays text in both."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import plotly.graph_objects as go
import pytest

from scoring.render.charts import Chart, Row, figure, grid, json_for_html, plotly, svg
from scoring.render.drawing import NARROW, cut, ticks, width
from scoring.render.language import language
from scoring.render.picture import table

AR, EN = language("ar"), language("en")
HOSTILE = "</script><img src=x onerror=alert(1)> & \u2028"


def chart(**changes: object) -> Chart:
    rows = [Row("A", 25.0, 10.0, 50.0, 30.0), Row(HOSTILE, 75.0, 75.0, 75.0), Row("C", None, 1.0, 100.0)]
    base = {"id": "c", "title": "T", "sentence": "S.", "rows": rows, "marker_header": "M", "value_header": "V"}
    return Chart(**base | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
def test_the_interactive_figure_is_valid_plotly(lang) -> None:  # type: ignore[no-untyped-def]
    made = go.Figure(plotly(chart(), lang))
    assert list(made.data[0].x) == [75.0, 25.0]
    assert list(made.data[0].error_x.arrayminus) == [0.0, 15.0]


def test_an_unknown_value_is_not_drawn_at_zero() -> None:
    drawn = svg(chart(rows=[Row("C", None)]), EN)
    assert "<circle" not in drawn and "–" in drawn


def test_right_to_left_mirrors_the_axis() -> None:
    at = [float(re.search(r'<circle cx="([\d.]+)%', svg(chart(rows=[Row("A", 25.0)]), lang))[1]) for lang in (EN, AR)]  # type: ignore[index]
    assert at[0] < 50 < at[1] and sum(at) == pytest.approx(100)
    assert plotly(chart(), AR)["layout"]["xaxis"]["range"] == [102, -2]


def test_values_stay_inside_the_axis() -> None:
    assert 'cx="99.0%"' in svg(chart(rows=[Row("A", 180.0)]), EN)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)


def test_a_label_is_never_markup() -> None:
    tags = Tags()
    tags.feed(figure(chart(), EN, ""))
    assert "img" not in tags.seen and tags.seen.count("script") == 1


def test_json_in_a_page_reads_back_as_it_was() -> None:
    text = json_for_html({"a": HOSTILE})
    assert "<" not in text and json.loads(text) == {"a": HOSTILE}


def test_the_table_holds_what_the_picture_shows() -> None:
    made = table(grid(chart(), EN))
    assert made.count("<tr>") == 4 and "<td>25.0</td><td>10.0</td><td>50.0</td><td>30.0</td>" in made


@pytest.mark.parametrize(
    ("ends", "whole", "numbers"),
    [
        ((0, 100), False, [0, 25, 50, 75, 100]),
        ((1, 100), False, [1, 25, 50, 75, 100]),
        ((0, 1), True, [0, 1]),
        ((0, 37), True, [0, 10, 20, 30, 37]),
        ((1, 181), True, [1, 50, 100, 150, 181]),
        ((-160, 160), False, [-160, -100, 0, 100, 160]),
        ((0, 0.35), False, [0, 0.1, 0.2, 0.3]),
    ],
)
def test_an_axis_has_a_few_round_numbers(ends: tuple[float, float], whole: bool, numbers: list[float]) -> None:
    assert ticks(*ends, whole) == pytest.approx(numbers)


@pytest.mark.parametrize("highest", range(2, 700, 7))
def test_numbers_of_an_axis_never_crowd(highest: int) -> None:
    made = ticks(1, highest, whole=True)
    assert 2 <= len(made) <= 7 and all(1 <= n <= highest and n == int(n) for n in made)
    assert min(b - a for a, b in pairwise(made)) / (highest - 1) > 0.11


def test_labels_are_cut_to_their_room_and_marked() -> None:
    for text in ("Ministry of Works, Municipalities Affairs and Urban Planning", "وزارة الصحة ووقاية المجتمع والبيئة"):
        made = cut(text, 120)
        assert width(made) <= 120 and made[-2] == "…" and text.startswith(made[:-2])
        assert cut(text, 1000) == text


def test_a_long_label_leaves_room_for_its_value_on_a_phone() -> None:
    drawn = svg(chart(rows=[Row("W" * 80, 25.0, text="35 of 36 ranked")]), EN)
    narrow = re.search(r'class="l n"[^>]*>([^<]*)<', drawn)
    assert narrow and 0 < width(narrow[1]) < NARROW - width("35 of 36 ranked")


def test_counts_are_bars_from_the_start_of_the_axis() -> None:
    for lang, start in ((EN, 1.0), (AR, 99.0)):
        drawn = svg(chart(counts=True, rows=[Row("A", 50.0), Row("B", 0.0)]), lang)
        bars = re.findall(r'<line x1="([\d.]+)%" x2="([\d.]+)%"[^>]*class="b"/>', drawn)
        assert len(bars) == 1 and start in map(float, bars[0]) and 50.0 in map(float, bars[0])
        assert "<circle" not in drawn and go.Figure(plotly(chart(counts=True), lang)).data[0].type == "bar"


def test_columns_are_as_tall_as_their_counts() -> None:
    rows = [Row("a", 4), Row("b", 0), Row("c", 2)]
    drawn = svg(chart(counts=True, digits=0, rows=rows, lowest=0, edges=[0, 40, 80, 100], middle=30.0), EN)
    tall = [int(h) for h in re.findall(r'<rect[^>]*height="(\d+)"', drawn)]
    assert len(tall) == 2 and tall[0] == 2 * tall[1]
    assert [re.sub(r"\D", "", n) for n in re.findall(r'class="v"[^>]*>([^<]*)<', drawn)] == ["4", "2"]
    assert "30.0" in drawn


def test_every_mark_that_is_drawn_is_explained() -> None:
    made = figure(chart(inner_header="I", rows=[Row("A", 25.0, 10.0, 50.0, 30.0, inner=(20.0, 30.0))]), EN, "")
    assert re.findall(r"hw-glyph--(\w)", made) == ["d", "i", "c", "m"]
    assert re.findall(r"hw-glyph--(\w)", figure(chart(rows=[Row("A", 25.0)], marker_header=None), EN, "")) == ["d"]
