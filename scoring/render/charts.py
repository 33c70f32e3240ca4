"""One chart specification, rendered twice: an SVG at build time, and a Plotly figure as plain data on request.

An SVG uses percentages across and pixels down, so its text keeps its size from a phone to a wide screen. In
right-to-left pages the axis runs from right to left, as the reader does. Marks differ by shape as well as by colour.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup, escape

from scoring.render.columns import BASE, columns
from scoring.render.drawing import WORDS_APART, across, axis, texts, ticks, width
from scoring.render.language import Language
from scoring.render.markup import markup
from scoring.render.picture import Column, Grid, Picture, between, label, numbers, table

ROW, LABEL_CHARS = 40, 40
MANY = 7  # edges of columns above which every second has its number
BOLD = 1.1  # how much wider bold numbers are
ACCENT, MARKER = "#1f7a8c", "#c8553d"


@dataclass(frozen=True)
class Row:
    """A labelled value with the lowest and highest it could be; None where unknown."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    marker: float | None = None  # a value to compare with, such as the peer group's median
    text: str | None = None  # shown instead of the number
    inner: tuple[float, float] | None = None  # a narrower interval, to compare rows by


@dataclass(frozen=True)
class Chart:
    """Rows of values with intervals on one axis from `lowest` to `highest`."""

    id: str
    title: str
    sentence: str
    rows: Sequence[Row]
    name: str = ""  # in the whole site
    lowest: float = 0
    highest: float = 100
    label_header: str = ""
    value_header: str = ""
    marker_header: str | None = None
    inner_header: str | None = None
    digits: int = 1
    counts: bool = False  # bars from zero, nothing to be unsure of
    axis: str = ""  # what the axis counts, with its unit, where `value_header` does not say enough
    range_header: str = ""  # what lies between `low` and `high`, where it is not the likely range
    edges: Sequence[float] | None = None  # counts only: rows are neighbouring intervals of one axis, drawn as columns
    middle: float | None = None  # of what the columns count


def json_for_html(data: Any) -> Markup:
    """JSON that can stand inside a `<script>` element whatever strangers wrote in it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # every character that HTML could act on is escaped above


def short(label: str, limit: int = LABEL_CHARS) -> str:
    """A label cut to fit; the mark after an Arabic cut keeps the dots at its end in text that runs left to right."""
    if len(label) <= limit:
        return label
    cut = label[: limit - 1].rstrip()
    return cut + ("…\u200f" if "\u0600" <= cut[-1] <= "\u06ff" else "…")


def _span(chart: Chart, start: float, end: float, y: int, kind: str, rtl: bool) -> Markup:
    ends = sorted(across(chart.lowest, chart.highest, value, rtl) for value in (start, end))
    return markup('<line x1="{}%" x2="{}%" y1="{}" y2="{}" class="{}"/>', *ends, y, y, kind)


def _row_svg(chart: Chart, row: Row, top: int, lang: Language) -> Markup:
    start, end = ("100%", "0%") if lang.rtl else ("0%", "100%")
    y = top + 27
    shown = row.text if row.text is not None else lang.number(row.value, chart.digits)
    parts = [
        texts(row.label, width(shown) * BOLD + WORDS_APART, markup('x="{}" y="{}"', start, top + 14)),
        markup('<text x="{}" y="{}" class="v" text-anchor="end">{}</text>', end, top + 14, shown),
        markup('<line x1="1%" x2="99%" y1="{}" y2="{}" class="t"/>', y, y),
    ]
    if chart.counts:
        if row.value:
            parts.append(_span(chart, chart.lowest, row.value, y, "b", lang.rtl))
        return Markup("").join(parts)
    if row.low is not None and row.high is not None and row.high > row.low:
        parts.append(_span(chart, row.low, row.high, y, "i", lang.rtl))
    if row.inner is not None:
        parts.append(_span(chart, *row.inner, y, "c", lang.rtl))
    if row.marker is not None:
        x = across(chart.lowest, chart.highest, row.marker, lang.rtl)
        parts.append(markup('<line x1="{}%" x2="{}%" y1="{}" y2="{}" class="m"/>', x, x, y - 8, y + 8))
    if row.value is not None:
        x = across(chart.lowest, chart.highest, row.value, lang.rtl)
        parts.append(markup('<circle cx="{}%" cy="{}" r="5" class="d"/>', x, y))
    return Markup("").join(parts)


def svg(chart: Chart, lang: Language) -> Markup:
    """The chart as an inline SVG, named by its title and described by its sentence."""
    ends = (chart.lowest, chart.highest)
    if chart.edges:
        bottom, drawn = BASE, columns(chart, chart.edges, lang)
        marked = list(chart.edges[:: 2 if len(chart.edges) > MANY else 1])
    else:
        bottom = ROW * len(chart.rows) + 4
        drawn = Markup("").join(_row_svg(chart, row, ROW * i, lang) for i, row in enumerate(chart.rows))
        marked = ticks(*ends, whole=chart.digits == 0)
    scale = axis(marked, ends, bottom, chart.axis or chart.value_header, lang)
    return markup(
        '<svg class="hw-svg" role="img" width="100%" height="{}" aria-label="{}">{}{}</svg>',
        bottom + 40,
        f"{chart.title}. {chart.sentence}",
        scale,
        drawn,
    )


def key(marks: Sequence[tuple[str, str]], optional: Mapping[str, bool] | None = None) -> Markup:
    """What each mark of a chart means: pairs of a mark's letter in the style sheet and its meaning. Of a mark that the
    browser may draw later, `optional` says whether it is drawn now."""
    parts = []
    for mark, meaning in marks:
        flag = Markup("") if mark not in (optional or {}) else Markup(" data-ranges")
        hidden = Markup(" hidden") if not (optional or {}).get(mark, True) else ""
        parts.append(markup('<span{}{}><i class="hw-glyph hw-glyph--{}"></i>{}</span>', flag, hidden, mark, meaning))
    return markup('<span class="hw-key">{}</span>', Markup("").join(parts))


def _key(chart: Chart, lang: Language) -> Markup:
    if chart.counts:
        return Markup("")
    marks = [("d", chart.value_header)]
    if any(r.low is not None and r.high is not None and r.high > r.low for r in chart.rows):
        marks.append(("i", chart.range_header or lang.t("chart_key_range")))
    marks += [("c", chart.inner_header)] if chart.inner_header else []
    marks += (
        [("m", chart.marker_header)] if chart.marker_header and any(r.marker is not None for r in chart.rows) else []
    )
    return key(marks)


def _reach(start: float | None, end: float | None) -> float:
    """Length of an error bar; none where an end is unknown."""
    return 0.0 if start is None or end is None else max(0.0, end - start)


def plotly(chart: Chart, lang: Language) -> dict[str, Any]:
    """The chart as a Plotly figure (plain dictionaries)."""
    if chart.counts:
        return _bars_plotly(chart, lang)
    rows = [r for r in chart.rows if r.value is not None][::-1]
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "markers",
            "name": chart.value_header,
            "x": [r.value for r in rows],
            "y": list(range(len(rows))),
            "text": [str(escape(r.label)) for r in rows],  # Plotly reads a little markup in labels
            "hovertemplate": "%{text}: %{x:.1f}<extra></extra>",
            "marker": {"color": ACCENT, "size": 10},
            "error_x": {
                "type": "data",
                "symmetric": False,
                "array": [_reach(r.value, r.high) for r in rows],
                "arrayminus": [_reach(r.low, r.value) for r in rows],
                "color": ACCENT,
            },
        }
    ]
    if chart.marker_header:
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": chart.marker_header,
                "x": [r.marker for r in rows],
                "y": list(range(len(rows))),
                "hovertemplate": "%{x:.1f}<extra></extra>",
                "marker": {"color": MARKER, "symbol": "line-ns-open", "size": 14},
            }
        )
    margin = 0.02 * (chart.highest - chart.lowest)  # so that marks at the ends are whole
    span = [chart.lowest - margin, chart.highest + margin]
    return {"data": traces, "layout": _layout(chart, rows, span, lang)}


def _layout(chart: Chart, rows: Sequence[Row], span: list[float], lang: Language) -> dict[str, Any]:
    ticks = {
        "tickvals": list(range(len(rows))),
        "ticktext": [str(escape(short(r.label, 28))) for r in rows],
        "side": "right" if lang.rtl else "left",
        "automargin": True,
        "zeroline": False,
        "fixedrange": True,
    }
    return {
        "height": 120 + 34 * len(rows),
        "margin": {"l": 10, "r": 10, "t": 10, "b": 40},
        "xaxis": {"range": span[::-1] if lang.rtl else span, "zeroline": False},
        "yaxis": ticks,
        "showlegend": bool(chart.marker_header),
        "legend": {"orientation": "h", "y": -0.25},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
    }


def _bars_plotly(chart: Chart, lang: Language) -> dict[str, Any]:
    """Bars from zero, the first row on top."""
    rows = [r for r in chart.rows if r.value is not None][::-1]
    trace = {
        "type": "bar",
        "orientation": "h",
        "name": chart.value_header,
        "x": [r.value for r in rows],
        "y": list(range(len(rows))),
        "text": [str(escape(r.label)) for r in rows],
        "textposition": "none",
        "hovertemplate": "%{text}: %{x}<extra></extra>",
        "marker": {"color": ACCENT},
    }
    return {"data": [trace], "layout": _layout(chart, rows, [0, 1.02 * max([r.value or 0 for r in rows] + [1])], lang)}


def grid(chart: Chart, lang: Language) -> Grid:
    """The chart's numbers."""
    digits, intervals = chart.digits, not chart.counts and any(r.low is not None for r in chart.rows)
    ends = (lang.t("range_from"), lang.t("range_to"))
    columns = [Column(chart.label_header), Column(chart.value_header)]
    columns += [Column(end) for end in ends] if intervals else []
    columns += [Column(chart.inner_header, ends)] if chart.inner_header else []
    columns += [Column(chart.marker_header)] if chart.marker_header else []
    rows = []
    for r in chart.rows:
        cells = [label(r.label), numbers(lang, r.value, digits, r.text)]
        cells += [numbers(lang, r.low, digits), numbers(lang, r.high, digits)] if intervals else []
        cells += [between(lang, r.inner, digits)] if chart.inner_header else []
        cells += [numbers(lang, r.marker, digits)] if chart.marker_header else []
        rows.append(cells)
    return Grid(columns, rows)


def picture(chart: Chart, lang: Language) -> Picture:
    """A chart of rows or columns, drawn."""
    drawn, plot = svg(chart, lang), plotly(chart, lang)
    told = grid(chart, lang)
    return Picture(chart.name, chart.id, chart.title, chart.sentence, drawn, told, _key(chart, lang), plot)


def figure(chart: Chart, lang: Language, root: str) -> Markup:
    """A chart of rows or columns in its frame; `root` is the way up to the language's home."""
    return frame(picture(chart, lang), lang, root)


def frame(shown: Picture, lang: Language, root: str) -> Markup:
    """What every chart of the site stands in: title with its address, sentence, what its marks mean, picture, the same
    numbers as a table (unless the picture is one), the interactive figure on request where there is one, and the way to
    its embed; in that order of need."""
    interactive = markup(
        '<div class="hw-plot" hidden dir="ltr"></div>'
        '<button type="button" class="hw-button hw-js" data-chart>{}</button>'
        '<script type="application/json">{}</script>',
        lang.t("chart_interactive"),
        json_for_html(shown.plot),
    )
    as_table = markup(
        '<details><summary>{}</summary><div class="hw-scroll" tabindex="0">{}</div></details>',
        lang.t("chart_as_table"),
        table(shown.grid),
    )
    return markup(
        '<figure class="hw-chart{}" id="{}"><figcaption><strong>{}</strong>'
        '<a class="hw-permalink" href="#{}" aria-label="{}">#</a><br><span class="hw-says">{}</span>'
        "{}</figcaption>{}{}{}{}</figure>",
        " hw-chart--wide" if shown.wide else "",
        shown.id,
        shown.title,
        shown.id,
        lang.t("chart_address", title=shown.title),
        shown.sentence,
        shown.marks,
        shown.drawn,
        "" if shown.tabular else as_table,
        interactive if shown.plot else "",
        _share(shown, lang, root),
    )


def _share(shown: Picture, lang: Language, root: str) -> Markup:
    """The way to a chart's embed, if it has one; a script makes a dialog of it."""
    if shown.embed == "":
        return Markup("")
    embed = shown.path(lang.code) if shown.embed is None else replace(shown, name=shown.embed).path(lang.code)
    link = '<a class="hw-share" data-share href="{}../{}" aria-label="{}">{}</a>'
    return markup(link, root, embed, lang.t("share_chart", title=shown.title), lang.t("share"))
