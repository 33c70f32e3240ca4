"""Scores over time: a panel for each score of an agency, or one line for each member of a group.

Per cent across and pixels down, as in `charts.py`. Time runs as the reader reads: from the right in Arabic. Where the
method changed between two days no line joins them, for the two were not measured alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup, escape

from scoring.render.charts import ACCENT, MARKER, key
from scoring.render.drawing import ROOMS, cut, texts, width
from scoring.render.language import Language
from scoring.render.picture import Cell, Column, Grid, Picture, between, label, numbers

PANEL, ABOVE, PLOT = 98, 24, 52  # pixels: a panel, the room for its title, and its plot
EDGE = 9.0  # per cent left free beside the first and last day
SLOPE_END = 50.0  # per cent across where a slope chart's lines end and names begin
LINE = 17  # pixels between two names
DATES_APART = 8  # pixels between two days' names

Point = tuple[float, float, float]  # score, and what it is likely to lie between


@dataclass(frozen=True)
class Day:
    """A day that scores are known for; `broken` where another method than on the day before was used."""

    label: str
    on: date
    broken: bool = False


@dataclass(frozen=True)
class Series:
    """One score through all days; None where there was none. `stressed` is the one that the chart is about."""

    label: str
    points: Sequence[Point | None]
    stressed: bool = False


@dataclass(frozen=True)
class Lines:
    """Scores over time, on a scale from `lowest` to `highest`."""

    id: str
    title: str
    sentence: str
    days: Sequence[Day]
    series: Sequence[Series]
    header: str
    lowest: float = 1
    highest: float = 100
    name: str = ""  # in the whole site


def trend_picture(chart: Lines, lang: Language) -> Picture:
    """A panel for each score with its likely range, drawn."""
    marks = [("d", lang.t("score")), ("i", lang.t("chart_key_range")), *_break_mark(chart, lang)]
    return _drawn(chart, trend(chart, lang), marks, lang)


def slope_picture(chart: Lines, lang: Language) -> Picture:
    """One line for each member with its name at the end, drawn."""
    return _drawn(chart, slope(chart, lang), _break_mark(chart, lang), lang)


def _drawn(chart: Lines, drawn: Markup, marks: list[tuple[str, str]], lang: Language) -> Picture:
    told, plot = key(marks) if marks else "", plotly(chart, lang)
    return Picture(chart.name, chart.id, chart.title, chart.sentence, drawn, grid(chart, lang), told, plot)


def _break_mark(chart: Lines, lang: Language) -> list[tuple[str, str]]:
    return [("q", lang.t("method_changed"))] if any(day.broken for day in chart.days) else []


# --- pictures ---------------------------------------------------------------------------------------------


def trend(chart: Lines, lang: Language) -> Markup:
    """The panels, one under another, with the days' names under the last."""
    panels = [_panel(chart, series, at * PANEL, lang) for at, series in enumerate(chart.series)]
    bottom = PANEL * len(chart.series)
    dashes, days = _breaks(chart, 0, bottom, EDGE, lang), _days(chart, bottom + 14, EDGE, lang)
    return _picture(chart, bottom + 26, [dashes, *panels, days])


def _panel(chart: Lines, series: Series, top: int, lang: Language) -> Markup:
    start = "100%" if lang.rtl else "0%"
    where = Markup('x="{}" y="{}"').format(start, top + 14)
    parts = [texts(series.label, 0, where)]
    base = top + ABOVE + PLOT + 8
    parts += [Markup('<line x1="0%" x2="100%" y1="{0}" y2="{0}" class="g"/>').format(y) for y in (top + ABOVE, base)]
    ys = [None if p is None else _down(chart, p[0], top + ABOVE, PLOT) for p in series.points]
    parts.append(_joined(chart, ys, EDGE, lang, "s"))
    for at, point in enumerate(series.points):
        if point is None:
            continue
        x = _at(chart, at, EDGE, lang.rtl)
        high, low = (_down(chart, value, top + ABOVE, PLOT) for value in (point[2], point[1]))
        parts.append(Markup('<line x1="{0}%" x2="{0}%" y1="{1}" y2="{2}" class="i"/>').format(x, high, low))
        parts.append(Markup('<circle cx="{}%" cy="{}" r="5" class="d"/>').format(x, ys[at]))
        last = at == len(series.points) - 1  # its number stands before it, the others' after them
        number = Markup('<text x="{}%" y="{}" dx="{}" class="v" text-anchor="{}">{}</text>')
        anchor, dx = "end" if last else "start", 9 if lang.rtl == last else -9
        parts.append(number.format(x, round((ys[at] or 0) + 4, 1), dx, anchor, lang.number(point[0], 1)))
    return Markup("").join(parts)


def slope(chart: Lines, lang: Language) -> Markup:
    """Every member's line on one scale; names stand at the end of the lines, moved apart where they would touch."""
    tall = max(180, LINE * len(chart.series))
    top, end = 30, SLOPE_END
    parts = []
    for series in sorted(chart.series, key=lambda one: one.stressed):
        ys = [None if p is None else _down(chart, p[0], top, tall) for p in series.points]
        parts.append(_joined(chart, ys, end, lang, "o" if series.stressed else "s"))
        kind = "d" if series.stressed else "p"
        dots = [
            Markup('<circle cx="{}%" cy="{}" r="4" class="{}"/>').format(_at(chart, at, end, lang.rtl), y, kind)
            for at, y in enumerate(ys)
            if y is not None
        ]
        parts += dots
    names = _names(chart, top, tall, lang)
    dashes = _breaks(chart, 18, top + tall, end, lang)
    return _picture(chart, top + tall + 20, [dashes, *parts, names, _days(chart, 13, end, lang)])


def _names(chart: Lines, top: int, tall: int, lang: Language) -> Markup:
    """The members that have a score on the last day, each beside its end, none nearer than a line to another."""
    ended = [(point, series) for series in chart.series if (point := series.points[-1]) is not None]
    ended.sort(key=lambda pair: (-pair[0][0], pair[1].label))
    wanted = [_down(chart, point[0], top, tall) for point, _ in ended]
    x = 100 - (SLOPE_END + 3) if lang.rtl else SLOPE_END + 3
    parts = []
    for y, (point, series) in zip(apart(wanted, LINE, top, top + tall), ended, strict=True):
        number = lang.number(point[0], 1)
        where = Markup('x="{}%" y="{}"').format(x, round(y + 4, 1))
        parts.append(_sized(f"{number} {series.label}", where, "v" if series.stressed else "l"))
        from_, to = _at(chart, len(chart.days) - 1, SLOPE_END, lang.rtl), x + (0.7 if lang.rtl else -0.7)
        leader = Markup('<line x1="{}%" x2="{:.2f}%" y1="{}" y2="{}" class="g"/>')
        parts.insert(0, leader.format(from_, to, _down(chart, point[0], top, tall), round(y, 1)))
    return Markup("").join(parts)


def _sized(label: str, where: Markup, kind: str) -> Markup:
    """A name cut to what is left of each kind of figure's width."""
    shown: dict[str, list[str]] = {}
    for size, room in ROOMS.items():
        shown.setdefault(cut(label, room * (97 - SLOPE_END) / 100), []).append(size)
    return Markup("").join(
        Markup('<text class="{}" {}>{}</text>').format(
            " ".join([kind, *sizes]) if len(shown) > 1 else kind, where, made
        )
        for made, sizes in shown.items()
    )


def apart(wanted: Sequence[float], gap: float, top: float, bottom: float) -> list[float]:
    """Places as near as may be to the wanted ones, which rise, none nearer than `gap` to the next, none beyond the ends
    unless there is no room."""
    placed: list[float] = []
    for y in wanted:
        placed.append(max(y, placed[-1] + gap) if placed else max(y, top))
    limit = max(bottom, top + gap * (len(placed) - 1))
    for at in range(len(placed) - 1, -1, -1):
        placed[at] = min(placed[at], limit)
        limit = placed[at] - gap
    return placed


def _picture(chart: Lines, height: int, parts: Sequence[Markup]) -> Markup:
    return Markup('<svg class="hw-svg hw-lines" role="img" width="100%" height="{}" aria-label="{}">{}</svg>').format(
        height, f"{chart.title}. {chart.sentence}", Markup("").join(parts)
    )


def _joined(chart: Lines, ys: Sequence[float | None], end: float, lang: Language, kind: str) -> Markup:
    """Lines between neighbouring days that both have a score and the same method."""
    parts = []
    for at in range(1, len(ys)):
        before, after = ys[at - 1], ys[at]
        if before is None or after is None or chart.days[at].broken:
            continue
        x1, x2 = _at(chart, at - 1, end, lang.rtl), _at(chart, at, end, lang.rtl)
        line = Markup('<line x1="{}%" x2="{}%" y1="{}" y2="{}" class="{}"/>')
        parts.append(line.format(x1, x2, before, after, kind))
    return Markup("").join(parts)


def _breaks(chart: Lines, top: int, bottom: int, end: float, lang: Language) -> Markup:
    """A dashed line between two days that different methods were used on."""
    parts = []
    for at, day in enumerate(chart.days):
        if day.broken and at:
            x = (_at(chart, at - 1, end, lang.rtl) + _at(chart, at, end, lang.rtl)) / 2
            line = Markup('<line x1="{0:.2f}%" x2="{0:.2f}%" y1="{1}" y2="{2}" class="q"/>')
            parts.append(line.format(x, top, bottom))
    return Markup("").join(parts)


def _days(chart: Lines, y: int, end: float, lang: Language) -> Markup:
    """The days' names, as many as stand clear of each other on a phone; the last always."""
    room, parts, edge = ROOMS["n"], [], None
    for at in range(len(chart.days) - 1, -1, -1):
        x, half = _at(chart, at, end, lang.rtl), width(chart.days[at].label, 12) / 2
        low, high = x / 100 * room - half, x / 100 * room + half
        if edge is not None and (high > edge - DATES_APART if not lang.rtl else low < edge + DATES_APART):
            continue
        edge = high if lang.rtl else low
        text = Markup('<text x="{}%" y="{}" class="a" text-anchor="middle" direction="ltr">{}</text>')
        parts.append(text.format(x, y, chart.days[at].label))
    return Markup("").join(parts)


def _at(chart: Lines, at: int, end: float, rtl: bool) -> float:
    """Where a day lies across, by its distance from the first."""
    first, last = chart.days[0].on, chart.days[-1].on
    span = (last - first).days or 1
    right = 100 - EDGE if end == EDGE else end - 2
    x = EDGE + (right - EDGE) * (chart.days[at].on - first).days / span
    return round(100 - x if rtl else x, 2)


def _down(chart: Lines, value: float, top: int, tall: int) -> float:
    share = (value - chart.lowest) / (chart.highest - chart.lowest)
    return round(top + tall * (1 - min(1.0, max(0.0, share))), 1)


# --- the same as numbers ----------------------------------------------------------------------------------


def grid(chart: Lines, lang: Language) -> Grid:
    """Every score with its likely range, day by day."""
    parts = (lang.t("score"), lang.t("range_from"), lang.t("range_to"))
    columns = [Column(chart.header), *(Column(day.label, parts, code=True) for day in chart.days)]
    rows = [[label(one.label), *(_cell(point, lang) for point in one.points)] for one in chart.series]
    return Grid(columns, rows)


def _cell(point: Point | None, lang: Language) -> Cell:
    if point is None:
        return Cell("–", (None, None, None))
    score, ends = numbers(lang, point[0], 1), between(lang, point[1:], 1)
    return Cell(f"{score.text} ({ends.text})", (*score.values, *ends.values))


def plotly(chart: Lines, lang: Language) -> dict[str, Any]:
    """The chart as a Plotly figure (plain dictionaries); lines stop where the method changed."""
    traces = [_trace(chart, series) for series in chart.series]
    return {
        "data": traces,
        "layout": {
            "height": 420,
            "margin": {"l": 40, "r": 20, "t": 10, "b": 40},
            "showlegend": len(traces) <= 9,
            "legend": {"orientation": "h", "y": -0.2},
            "xaxis": {"type": "date", "autorange": "reversed" if lang.rtl else True, "fixedrange": True},
            "yaxis": {
                "range": [chart.lowest, chart.highest],
                "side": "right" if lang.rtl else "left",
                "fixedrange": True,
            },
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
        },
    }


def _trace(chart: Lines, series: Series) -> dict[str, Any]:
    days: list[str] = []
    values: list[float | None] = []
    for day, point in zip(chart.days, series.points, strict=True):
        if day.broken:  # a gap, so that nothing joins what was not measured alike
            days.append(day.on.isoformat())
            values.append(None)
        days.append(day.on.isoformat())
        values.append(None if point is None else point[0])
    colour = MARKER if series.stressed else ACCENT
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": str(escape(series.label)),
        "x": days,
        "y": values,
        "connectgaps": False,
        "line": {"width": 3 if series.stressed else 1.5},
        "marker": {"color": colour, "size": 8},
        "hovertemplate": "%{x|%Y-%m}: %{y:.1f}<extra>%{fullData.name}</extra>",
    }
