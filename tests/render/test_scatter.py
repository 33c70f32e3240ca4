"""Two scores against one another: what is said of few and of many, names that touch nothing, numbers that agree."""

from __future__ import annotations

import json
import math
import random
import re
import zlib
from html.parser import HTMLParser
from itertools import combinations

import plotly.graph_objects as go
import pytest

from scoring.render.charts import json_for_html
from scoring.render.language import Language, language
from scoring.render.naming import meet
from scoring.render.pairs import LEAST, LIGHT, Pairs
from scoring.render.picture import table
from scoring.render.scatter import CONCLUDE, FEW, NAMED, WIDTHS, Point, Scatter, grid, labels, plotly, sentence, svg
from scoring.render.scatter import together as go_together
from scoring.render.view import View

AR, EN = language("ar"), language("en")
BOTH = pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
HOSTILE = "</script><img src=x onerror=alert(1)> & \u2028"


def chart(n: int = 12, seed: int = 1, **changes: object) -> Scatter:
    draw = random.Random(seed)
    points = []
    for i in range(n):
        x, y = round(draw.uniform(1, 100), 1), round(draw.uniform(1, 100), 1)
        name = draw.choice(["وزارة الصحة ووقاية المجتمع", "Ministry of Health and Prevention", "Police"])
        points.append(Point(f"a{i:03}", f"{name} {i}", f"../agencies/a{i:03}/", x, y, (x / 2, x), (y, min(100, y * 2))))
    base = {"id": "s", "title": "T", "sentence": "S.", "points": points, "x_title": "X", "y_title": "Y"}
    return Scatter(**base | changes)  # type: ignore[arg-type]


def test_rank_correlation_by_hand() -> None:
    """Ten agencies, two neighbours swapped: rho = 1 - 6·2 / (10·99)."""
    found = go_together(list(range(10)), [1, 0, *range(2, 10)])
    assert found.rho == pytest.approx(1 - 12 / 990)
    assert found.low is not None and found.high is not None
    reach = 1.959964 * math.sqrt((1 + (1 - 12 / 990) ** 2 / 2) / 7)
    assert math.atanh(found.high) - math.atanh(1 - 12 / 990) == pytest.approx(reach)
    assert found.low < 1 - 12 / 990 < found.high < 1


def test_perfect_agreement_has_an_interval_too() -> None:
    found = go_together(list(range(12)), list(range(12)))
    assert found.rho == pytest.approx(1) and found.low is not None and found.low < 1


def test_of_few_agencies_nothing_is_concluded() -> None:
    few = go_together([float(i) for i in range(CONCLUDE - 1)], [float(i) for i in range(CONCLUDE - 1)])
    assert few.rho is None and "nothing can be concluded" in sentence(few, EN)
    assert "لا يُستنتج شيء" in sentence(few, AR)
    enough = go_together([float(i) for i in range(CONCLUDE)], [float(i) for i in range(CONCLUDE)])
    assert "score higher in the other" in sentence(enough, EN)


def test_what_is_said_follows_the_interval() -> None:
    xs = [float(i) for i in range(20)]
    assert "score lower in the other" in sentence(go_together(xs, xs[::-1]), EN)
    assert "cannot be said" in sentence(go_together(xs, [float(i * 7 % 20) for i in range(20)]), EN)
    assert "all score the same" in sentence(go_together(xs, [5.0] * 20), EN)


@BOTH
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("size", ["n", "w"])
def test_names_touch_neither_one_another_nor_the_edge(lang: Language, seed: int, size: str) -> None:
    made = labels(chart(30, seed), size, lang)
    assert 2 <= len(made) <= NAMED[size]
    for wide in WIDTHS[size]:
        boxes = [label.box(wide) for label in made]
        assert not any(meet(a, b) for a, b in combinations(boxes, 2))
        assert all(box[0] >= 0 and box[2] <= wide for box in boxes)


@BOTH
def test_the_axis_runs_as_the_reader_reads(lang: Language) -> None:
    points = [Point("low", "L", "#", 1, 1), Point("high", "H", "#", 100, 100)]
    drawn = svg(chart(points=points), lang)
    low, high = (float(x) for x in re.findall(r'<circle cx="([\d.]+)%"', drawn))
    assert (low < high) is not lang.rtl
    below, above = (float(y) for y in re.findall(r'<circle cx="[\d.]+%" cy="([\d.]+)"', drawn))
    assert below > above, "upright axes rise in both"


class Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def read(markup: str) -> Cells:
    cells = Cells()
    cells.feed(markup)
    return cells


@BOTH
def test_the_table_holds_what_the_picture_shows(lang: Language) -> None:
    made = chart(12)
    drawn = [(float(x), float(y)) for x, y in re.findall(r'<circle cx="([\d.]+)%" cy="([\d.]+)"', svg(made, lang))]
    rows = read(table(grid(made, lang))).rows[:0:-1]
    assert len(drawn) == len(rows) == 12
    ends = [100.0 - 9, 100.0 - 96] if lang.rtl else [9.0, 96.0]
    for (x, y), row in zip(drawn, rows, strict=True):
        told_x, told_y = float(row[1]), float(row[3])
        assert x == pytest.approx(ends[0] + (told_x - 1) / 99 * (ends[1] - ends[0]), abs=0.006)
        assert y == pytest.approx(372 - (told_y - 1) / 99 * (372 - 44), abs=0.051)


def test_ranges_are_drawn_for_few_and_left_out_for_many() -> None:
    assert svg(chart(FEW), EN).count('class="x"') == 2 * FEW
    assert 'class="x"' not in svg(chart(FEW + 1), EN)
    assert "error_x" not in plotly(chart(FEW + 1), EN)["data"][0]


@BOTH
def test_the_interactive_figure_is_valid_plotly(lang: Language) -> None:
    made = go.Figure(plotly(chart(5), lang))
    assert list(made.data[0].x) == [p.x for p in chart(5).ordered]
    assert list(made.data[0].error_y.array) == [p.y_range[1] - p.y for p in chart(5).ordered if p.y_range]
    assert (made.layout.xaxis.range[0] > made.layout.xaxis.range[1]) is lang.rtl


def test_a_name_is_never_markup() -> None:
    made = chart(points=[Point("a", HOSTILE, f'"><i>{HOSTILE}', 5, 5)], title=HOSTILE, x_title=HOSTILE)
    tags = read(svg(made, EN) + table(grid(made, EN))).tags
    assert not {"img", "script", "i"} & set(tags)


def test_nothing_to_show_is_drawn_too() -> None:
    assert "<circle" not in svg(chart(0), EN) and "<tbody></tbody>" in table(grid(chart(0), EN))


@BOTH
def test_the_browser_gets_the_numbers_that_the_table_shows(demo: View, lang: Language) -> None:
    pairs = Pairs(demo, lang)
    x, y = pairs.possible[0]
    data = json.loads(json_for_html(pairs.payload()))
    nodes = [node for node, _ in data["dimensions"]]
    i, j = nodes.index(x), nodes.index(y)
    told = dict(zip(data["names"], zip(data["scores"][i], data["scores"][j], strict=True), strict=True))
    rows = read(table(grid(pairs.chart(x, y), lang))).rows[1:]
    assert len(rows) >= LEAST
    assert {row[0]: (float(row[1]), float(row[3])) for row in rows} == {row[0]: told[row[0]] for row in rows}
    assert data["pairs"][f"{x} {y}"][:2] == [pairs.chart(x, y).title, pairs.chart(x, y).sentence]
    assert set(data["pairs"]) == {f"{a} {b}" for pair in pairs.possible for a, b in (pair, pair[::-1])}


def test_pairs_have_enough_in_common(view: View) -> None:
    pairs = Pairs(view, EN)
    assert pairs.possible, "the real data have some"
    for x, y in pairs.possible:
        assert len(pairs.chart(x, y).points) >= LEAST
    sizes = [len(pairs.chart(x, y).points) for x, y in pairs.possible]
    assert sizes == sorted(sizes, reverse=True)


def test_many_agencies_stay_light(demo: View) -> None:
    """A page for a few more agencies than may carry their ranges, all with eight scores: under 60 KB compressed."""
    pairs = Pairs(demo, EN)
    pairs.light = True
    payload = pairs.payload()
    assert payload["ranges"] == [] and len(payload["dimensions"]) == 8
    assert all(p.x_range is None for p in pairs.chart(*pairs.possible[0]).points)
    draw = random.Random(7)
    words = sorted({word for name in payload["names"] for word in name.split()})
    names = [" ".join(draw.sample(words, 4)) for _ in range(LIGHT + 100)]
    many = payload | {
        "ids": [f"{name.replace(' ', '-').lower()}-{i % 7}" for i, name in enumerate(names)],
        "names": names,
        "scores": [[round(draw.uniform(1, 100), 1) for _ in names] for _ in range(8)],
    }
    assert len(zlib.compress(str(json_for_html(many)).encode(), 6)) < 60_000
