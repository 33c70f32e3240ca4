"""One chart specification, rendered twice: an SVG at build time, and a Plotly figure as plain data on request.

An SVG uses percentages across and pixels down, so its text keeps its size from a phone to a wide screen. In
right-to-left pages the axis runs from right to left, as the reader does.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from scoring.render.language import Language

ROW, LABEL_CHARS = 40, 40
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
    lowest: float = 0
    highest: float = 100
    label_header: str = ""
    value_header: str = ""
    marker_header: str | None = None
    inner_header: str | None = None
    digits: int = 1
    counts: bool = False  # bars from zero, nothing to be unsure of


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


def _across(chart: Chart, value: float, rtl: bool) -> float:
    share = 100 * (value - chart.lowest) / (chart.highest - chart.lowest)
    share = min(100.0, max(0.0, share))
    return round(99 - share * 0.98 if rtl else 1 + share * 0.98, 2)


def _row_svg(chart: Chart, row: Row, top: int, lang: Language) -> Markup:
    start, end = ("100%", "0%") if lang.rtl else ("0%", "100%")
    y = top + 27
    shown = row.text if row.text is not None else lang.number(row.value, chart.digits)
    parts = [
        Markup('<text x="{}" y="{}" class="l">{}</text>').format(start, top + 14, short(row.label)),
        Markup('<text x="{}" y="{}" class="v" text-anchor="end">{}</text>').format(end, top + 14, shown),
        Markup('<line x1="1%" x2="99%" y1="{0}" y2="{0}" class="t"/>').format(y),
    ]
    if row.low is not None and row.high is not None:
        ends = (_across(chart, row.low, lang.rtl), _across(chart, row.high, lang.rtl))
        parts.append(Markup('<line x1="{}%" x2="{}%" y1="{y}" y2="{y}" class="i"/>').format(min(ends), max(ends), y=y))
    if row.inner is not None:
        ends = (_across(chart, row.inner[0], lang.rtl), _across(chart, row.inner[1], lang.rtl))
        parts.append(Markup('<line x1="{}%" x2="{}%" y1="{y}" y2="{y}" class="c"/>').format(min(ends), max(ends), y=y))
    if row.marker is not None:
        x = _across(chart, row.marker, lang.rtl)
        parts.append(Markup('<line x1="{0}%" x2="{0}%" y1="{1}" y2="{2}" class="m"/>').format(x, y - 7, y + 7))
    if row.value is not None and not chart.counts:
        parts.append(
            Markup('<circle cx="{}%" cy="{}" r="5" class="d"/>').format(_across(chart, row.value, lang.rtl), y)
        )
    return Markup("").join(parts)


def svg(chart: Chart, lang: Language) -> Markup:
    """The chart as an inline SVG, named by its title and described by its sentence."""
    height = ROW * len(chart.rows) + 6
    rows = Markup("").join(_row_svg(chart, row, ROW * i, lang) for i, row in enumerate(chart.rows))
    return Markup('<svg class="hw-svg" role="img" width="100%" height="{}" aria-label="{}">{}</svg>').format(
        height, f"{chart.title}. {chart.sentence}", rows
    )


def _reach(start: float | None, end: float | None) -> float:
    """Length of an error bar; none where an end is unknown."""
    return 0.0 if start is None or end is None else max(0.0, end - start)


def plotly(chart: Chart, lang: Language) -> dict[str, Any]:
    """The chart as a Plotly figure (plain dictionaries)."""
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
    ticks = {
        "tickvals": list(range(len(rows))),
        "ticktext": [str(escape(short(r.label, 28))) for r in rows],
        "side": "right" if lang.rtl else "left",
        "automargin": True,
        "zeroline": False,
        "fixedrange": True,
    }
    layout = {
        "height": 120 + 34 * len(rows),
        "margin": {"l": 10, "r": 10, "t": 10, "b": 40},
        "xaxis": {"range": span[::-1] if lang.rtl else span, "zeroline": False},
        "yaxis": ticks,
        "showlegend": bool(chart.marker_header),
        "legend": {"orientation": "h", "y": -0.25},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
    }
    return {"data": traces, "layout": layout}


def table(chart: Chart, lang: Language) -> Markup:
    """The chart's numbers as a real table."""
    intervals = not chart.counts and any(r.low is not None for r in chart.rows)
    heads = [chart.label_header, chart.value_header]
    heads += [lang.t("range_from"), lang.t("range_to")] if intervals else []
    heads += [chart.inner_header] if chart.inner_header else []
    heads += [chart.marker_header] if chart.marker_header else []
    body = []
    for r in chart.rows:
        cells = [r.text if r.text is not None else lang.number(r.value, chart.digits)]
        cells += [lang.number(r.low, chart.digits), lang.number(r.high, chart.digits)] if intervals else []
        cells += [_between(r.inner, chart, lang)] if chart.inner_header else []
        cells += [lang.number(r.marker, chart.digits)] if chart.marker_header else []
        row = Markup("").join(Markup("<td>{}</td>").format(c) for c in cells)
        body.append(Markup('<tr><th scope="row">{}</th>{}</tr>').format(r.label, row))
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(h) for h in heads)
    return Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(head, Markup("").join(body))


def _between(ends: tuple[float, float] | None, chart: Chart, lang: Language) -> str:
    if ends is None:
        return "–"
    return lang.t("range", low=lang.number(ends[0], chart.digits), high=lang.number(ends[1], chart.digits))


def figure(chart: Chart, lang: Language) -> Markup:
    """A chart of rows in its frame."""
    drawn = svg(chart, lang)
    return frame(chart.id, chart.title, chart.sentence, drawn, table(chart, lang), lang, plotly(chart, lang))


def frame(
    id: str, title: str, sentence: str, drawn: Markup, numbers: Markup, lang: Language, plot: Any = None
) -> Markup:
    """What every chart of the site stands in: title with its address, sentence, picture, the same numbers as a table,
    and, with `plot` (a Plotly figure as plain data), the interactive figure on request; in that order of need."""
    interactive = Markup(
        '<div class="hw-plot" hidden dir="ltr"></div>'
        '<button type="button" class="hw-button hw-js" data-chart>{}</button>'
        '<script type="application/json">{}</script>'
    ).format(lang.t("chart_interactive"), json_for_html(plot))
    return Markup(
        '<figure class="hw-chart" id="{id}"><figcaption><strong>{title}</strong>'
        '<a class="hw-permalink" href="#{id}" aria-label="{address}">#</a><br>{sentence}</figcaption>{drawn}'
        '<details><summary>{as_table}</summary><div class="hw-scroll">{numbers}</div></details>{interactive}</figure>'
    ).format(
        id=id,
        title=title,
        address=lang.t("chart_address", title=title),
        sentence=sentence,
        drawn=drawn,
        as_table=lang.t("chart_as_table"),
        numbers=numbers,
        interactive=interactive if plot else "",
    )
