"""One specification, two renderings that agree; strangers' text stays text in both."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import plotly.graph_objects as go
import pytest

from scoring.render.charts import Chart, Row, figure, json_for_html, plotly, svg, table
from scoring.render.language import language

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
    tags.feed(figure(chart(), EN))
    assert "img" not in tags.seen and tags.seen.count("script") == 1


def test_json_in_a_page_reads_back_as_it_was() -> None:
    text = json_for_html({"a": HOSTILE})
    assert "<" not in text and json.loads(text) == {"a": HOSTILE}


def test_the_table_holds_what_the_picture_shows() -> None:
    made = table(chart(), EN)
    assert made.count("<tr>") == 4 and "<td>25.0</td><td>10.0</td><td>50.0</td><td>30.0</td>" in made
