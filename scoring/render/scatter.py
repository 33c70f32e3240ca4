"""Two scores of each agency against one another: one dot for each, a few of them named, the medians as lines.

Per cent across and pixels down, as in `charts.py`. `theme/assets/js/scatter.js` draws the same for other pairs; the
measures of both are the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Any

from markupsafe import Markup, escape
from scipy.stats import spearmanr

from scoring.render.charts import ACCENT
from scoring.render.drawing import NARROW, WIDE, cut, ticks, width
from scoring.render.language import Language
from scoring.render.naming import SMALL, Box, Dot, Field, Label, named
from scoring.render.picture import Column, Grid, between, label, numbers

HEIGHT, TOP, BOTTOM = 430, 44, 372  # pixels: the picture, and where the plot in it begins and ends
START, END = 9.0, 96.0  # per cent across, from the side where reading starts
NAMED = {"n": 4, "w": 8}  # points with their name beside them, in narrow and in wide figures
ROOM = {"n": 140, "w": 250}  # pixels for each name
WIDTHS = {"n": (NARROW, 340, 410, WIDE), "w": (WIDE, 600, 720, 860)}  # where names must not touch
BESIDE = 0.28  # of the x axis: about what the text of a level line covers on a phone
_HELD = {1.0: "end", 0.0: "start", 0.5: "middle"}  # how the text of the level median line is held, by place
FEW = 20  # points up to which the likely ranges are drawn
CONCLUDE = 10  # agencies below which nothing is said of how two scores go together


@dataclass(frozen=True)
class Point:
    """An agency with two scores and what they are likely to lie between; `href` leads to its page."""

    id: str
    label: str
    href: str
    x: float
    y: float
    x_range: tuple[float, float] | None = None
    y_range: tuple[float, float] | None = None


@dataclass(frozen=True)
class Scatter:
    """Points on two axes from `lowest` to `highest`."""

    id: str
    title: str
    sentence: str
    points: Sequence[Point]
    x_title: str
    y_title: str
    lowest: float = 1
    highest: float = 100

    @property
    def ordered(self) -> list[Point]:
        """By rising x, then y: the order of the arrow keys."""
        return sorted(self.points, key=lambda p: (p.x, p.y, p.id))

    @cached_property
    def medians(self) -> tuple[float, float]:
        """Of x and of y; of no points, the middle of the scale."""
        if not self.points:
            return ((self.lowest + self.highest) / 2,) * 2
        return median(p.x for p in self.points), median(p.y for p in self.points)

    @cached_property
    def level(self) -> tuple[float, float]:
        """Where the level median line has its text: at the end, the start or the middle of the axis (1, 0, 0.5), and on
        which base line; above or below the line, wherever the fewest dots are."""
        mx, my = self.medians
        # at the middle, the upright median line is in the way as a dot would be
        y, upright = _y(self, my), Point("", "", "", mx, my)
        lines = [line for line in (y - 5, y + 15) if TOP + 12 <= line <= BOTTOM - 4]
        places = [(at, round(line, 1)) for line in lines for at in _HELD]
        span = self.highest - self.lowest
        dots = [((p.x - self.lowest) / span, _y(self, p.y)) for p in [*self.points, upright]]
        return min(places, key=lambda place: _under(dots, *place))


@dataclass(frozen=True)
class Together:
    """Spearman's rank correlation of two scores and its approximate 95% interval; None where it cannot be told."""

    n: int
    rho: float | None
    low: float | None
    high: float | None


def together(xs: Sequence[float], ys: Sequence[float]) -> Together:
    """How two scores go together. The interval is Fisher's with the variance (1 + rho²/2) / (n - 3) of Bonett and
    Wright (2000), https://doi.org/10.1007/BF02294183; below `CONCLUDE` agencies, or where all have the same score,
    there is none."""
    n = len(xs)
    if n < CONCLUDE or len(set(xs)) < 2 or len(set(ys)) < 2:
        return Together(n, None, None, None)
    rho = float(spearmanr(xs, ys).statistic)
    inside = min(max(rho, -1 + 1e-9), 1 - 1e-9)
    reach = 1.959964 * math.sqrt((1 + rho**2 / 2) / (n - 3))
    return Together(n, rho, math.tanh(math.atanh(inside) - reach), math.tanh(math.atanh(inside) + reach))


def sentence(found: Together, lang: Language) -> str:
    """What a pair of scores shows, in one sentence; with few agencies, that it shows nothing."""
    if found.n < CONCLUDE:
        return lang.t("scatter_few", n=found.n)
    if found.rho is None or found.low is None or found.high is None:
        return lang.t("scatter_same", n=found.n)
    key = "scatter_rises" if found.low > 0 else "scatter_falls" if found.high < 0 else "scatter_unclear"
    values = {name: lang.number(value, 2) for name, value in (("low", found.low), ("high", found.high))}
    return lang.t(key, n=found.n, rho=lang.number(found.rho, 2), **values)


# --- picture ----------------------------------------------------------------------------------------------


def _x(chart: Scatter, value: float, rtl: bool) -> float:
    share = min(1.0, max(0.0, (value - chart.lowest) / (chart.highest - chart.lowest)))
    at = START + share * (END - START)
    return round(100 - at if rtl else at, 2)


def _y(chart: Scatter, value: float) -> float:
    share = min(1.0, max(0.0, (value - chart.lowest) / (chart.highest - chart.lowest)))
    return round(BOTTOM - share * (BOTTOM - TOP), 1)


def _line(x1: float, x2: float, y1: float, y2: float, kind: str) -> Markup:
    return Markup('<line x1="{}%" x2="{}%" y1="{}" y2="{}" class="{}"/>').format(x1, x2, y1, y2, kind)


def _axes(chart: Scatter, lang: Language) -> Iterator[Markup]:
    rtl, number = lang.rtl, lang.number
    left, right = sorted((_x(chart, chart.lowest, rtl), _x(chart, chart.highest, rtl)))
    beside = 100 - (START - 1) if rtl else START - 1
    text = Markup('<text x="{}%" y="{}" class="a" text-anchor="{}">{}</text>')
    for value in ticks(chart.lowest, chart.highest):
        x, y = _x(chart, value, rtl), _y(chart, value)
        yield _line(x, x, TOP, BOTTOM, "g") + _line(left, right, y, y, "g")
        yield text.format(x, BOTTOM + 17, "middle", number(value)) + text.format(beside, y + 4, "end", number(value))
    start, end = ("100%", "0%") if rtl else ("0%", "100%")
    for arrow, name, at, y, anchor in (
        ("↑ {}", chart.y_title, start, 13, "start"),
        ("{} ←" if rtl else "{} →", chart.x_title, end, BOTTOM + 40, "end"),
    ):
        shown = arrow.format(cut(name, NARROW - 20))
        yield Markup('<text x="{}" y="{}" class="s" text-anchor="{}">{}</text>').format(at, y, anchor, shown)


def _medians(chart: Scatter, lang: Language) -> Markup:
    (mx, my), rtl = chart.medians, lang.rtl
    left, right = sorted((_x(chart, chart.lowest, rtl), _x(chart, chart.highest, rtl)))
    x, y = _x(chart, mx, rtl), _y(chart, my)
    at, line = chart.level
    side = _x(chart, chart.lowest + at * (chart.highest - chart.lowest), rtl)
    text = Markup('<text x="{}%" y="{}" class="k" text-anchor="{}">{}</text>')
    return (
        _line(x, x, TOP - 6, BOTTOM, "q")
        + _line(left, right, y, y, "q")
        + text.format(x, TOP - 10, _anchor(x, rtl), lang.t("chart_median", value=lang.number(mx, 1)))
        + text.format(side, line, _HELD[at], lang.t("chart_median", value=lang.number(my, 1)))
    )


def _under(dots: Sequence[tuple[float, float]], at: float, line: float) -> int:
    """How many dots, by their share of the axis and their height, text at a place would cover."""
    reach = BESIDE / 2 if at == 0.5 else BESIDE
    return sum(abs(share - at) < reach and abs(y - (line - 4)) <= 11 for share, y in dots)


def _anchor(x: float, rtl: bool) -> str:
    """Where text at `x` per cent is held, so that it stays inside."""
    sides = ("end", "start") if rtl else ("start", "end")
    return sides[0] if x < 25 else sides[1] if x > 75 else "middle"


def outstanding(chart: Scatter) -> list[str]:
    """The ends of both axes first, then those furthest from the medians; ids."""
    mx, my = chart.medians
    rest = sorted(chart.points, key=lambda p: (-math.hypot(p.x - mx, p.y - my), p.id))
    ends = [pick(rest, key=key) for key in (lambda p: p.x, lambda p: p.y) for pick in (max, min)] if rest else []
    return list(dict.fromkeys(p.id for p in [*ends, *rest]))


def labels(chart: Scatter, size: str, lang: Language) -> list[Label]:
    """The names in a narrow (`n`) or wide (`w`) figure."""
    dots = [Dot(p.id, p.label, _x(chart, p.x, lang.rtl), _y(chart, p.y)) for p in chart.points]
    left, right = (0.0, 100 - START) if lang.rtl else (START, 100.0)
    field = Field(left, right, TOP - 4, BOTTOM)
    taken: dict[float, list[Box]] = {wide: _median_boxes(chart, wide, lang) for wide in WIDTHS[size]}
    return named(dots, outstanding(chart)[: 4 * NAMED[size]], field, taken, NAMED[size], ROOM[size])


def _median_boxes(chart: Scatter, wide: float, lang: Language) -> list[Box]:
    """What the median lines cover, and the text of the level one."""
    mx, my = chart.medians
    text = width(lang.t("chart_median", value=lang.number(my, 1)), SMALL)
    x, level = _x(chart, mx, lang.rtl) / 100 * wide, _y(chart, my)
    at, y = chart.level
    side = _x(chart, chart.lowest + at * (chart.highest - chart.lowest), lang.rtl) / 100 * wide
    left = side - text * ((1 - at) if lang.rtl else at)
    return [(left, y - SMALL, left + text, y + 4), (0, level - 1, wide, level + 1), (x - 1, 0, x + 1, HEIGHT)]


def _names(chart: Scatter, size: str, lang: Language) -> Iterator[Markup]:
    right, left = ("end", "start") if lang.rtl else ("start", "end")
    anchors = {"right": right, "middle": "middle", "left": left}
    for one in labels(chart, size, lang):
        yield Markup('<text x="{}%" y="{}" dx="{}" class="k {}" text-anchor="{}">{}</text>').format(
            one.dot.x, round(one.dot.y + one.dy, 1), one.dx, "n h" if size == "n" else size, anchors[one.side], one.text
        )


def _cross(chart: Scatter, point: Point, rtl: bool) -> Markup:
    x, y, drawn = _x(chart, point.x, rtl), _y(chart, point.y), Markup("")
    if point.x_range:
        ends = sorted(_x(chart, value, rtl) for value in point.x_range)
        drawn += _line(ends[0], ends[1], y, y, "x")
    if point.y_range:
        low, high = point.y_range
        drawn += _line(x, x, _y(chart, low), _y(chart, high), "x")
    return drawn


def svg(chart: Scatter, lang: Language) -> Markup:
    """The picture as an inline SVG, named by its title and described by its sentence."""
    crosses = [_cross(chart, p, lang.rtl) for p in chart.ordered] if len(chart.points) <= FEW else []
    dots = [
        Markup('<circle cx="{}%" cy="{}" r="4.5" class="p"/>').format(_x(chart, p.x, lang.rtl), _y(chart, p.y))
        for p in chart.ordered
    ]
    names = [*_names(chart, "n", lang), *_names(chart, "w", lang)]
    drawn = Markup("").join([*_axes(chart, lang), *crosses, _medians(chart, lang), *dots, *names])
    return Markup(
        '<svg class="hw-svg hw-svg--scatter" role="img" width="100%" height="{}" aria-label="{}">{}</svg>'
    ).format(HEIGHT, f"{chart.title}. {chart.sentence}", drawn)


# --- numbers ----------------------------------------------------------------------------------------------


def grid(chart: Scatter, lang: Language) -> Grid:
    """The same as numbers, the highest x first; ranges have columns where any is known."""
    ranges = any(p.x_range or p.y_range for p in chart.points)
    ends = (lang.t("range_from"), lang.t("range_to"))
    likely = [Column(lang.t("scatter_range"), ends)] if ranges else []
    columns = [Column(lang.t("agency")), Column(chart.x_title), *likely, Column(chart.y_title), *likely]
    rows = []
    for p in reversed(chart.ordered):
        cells = [label(p.label, p.href)]
        for value, range_ in ((p.x, p.x_range), (p.y, p.y_range)):
            cells += [numbers(lang, value, 1), *([between(lang, range_, 1)] if ranges else [])]
        rows.append(cells)
    return Grid(columns, rows)


def plotly(chart: Scatter, lang: Language) -> dict[str, Any]:
    """The same as a Plotly figure (plain dictionaries), with the ranges where the picture draws them."""
    points = chart.ordered
    span = [chart.lowest - 2, chart.highest + 2]
    mx, my = chart.medians
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers",
        "name": chart.title,
        "x": [p.x for p in points],
        "y": [p.y for p in points],
        "text": [str(escape(p.label)) for p in points],  # Plotly reads a little markup in labels
        "hovertemplate": "%{text}<br>%{x:.1f} · %{y:.1f}<extra></extra>",
        "marker": {"color": ACCENT, "size": 9},
    }
    if len(points) <= FEW:
        trace["error_x"] = _arms([(p.x, p.x_range) for p in points])
        trace["error_y"] = _arms([(p.y, p.y_range) for p in points])
    dashed = {"type": "line", "line": {"color": "#888", "width": 1, "dash": "dash"}}
    layout = {
        "height": HEIGHT,
        "margin": {"l": 10, "r": 10, "t": 10, "b": 50},
        "xaxis": {
            "range": span[::-1] if lang.rtl else span,
            "zeroline": False,
            "title": {"text": str(escape(chart.x_title))},
        },
        "yaxis": {
            "range": span,
            "zeroline": False,
            "automargin": True,
            "side": "right" if lang.rtl else "left",
            "title": {"text": str(escape(chart.y_title))},
        },
        "shapes": [
            dashed | {"x0": mx, "x1": mx, "y0": chart.lowest, "y1": chart.highest},
            dashed | {"x0": chart.lowest, "x1": chart.highest, "y0": my, "y1": my},
        ],
        "showlegend": False,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
    }
    return {"data": [trace], "layout": layout}


def _arms(values: list[tuple[float, tuple[float, float] | None]]) -> dict[str, Any]:
    return {
        "type": "data",
        "symmetric": False,
        "array": [max(0.0, ends[1] - value) if ends else 0.0 for value, ends in values],
        "arrayminus": [max(0.0, value - ends[0]) if ends else 0.0 for value, ends in values],
        "color": ACCENT,
        "thickness": 1,
        "width": 0,
    }
