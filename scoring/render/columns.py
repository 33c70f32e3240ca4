"""Neighbouring intervals of one axis, drawn as columns: how a score is distributed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from scoring.render.drawing import across
from scoring.render.language import Language

if TYPE_CHECKING:
    from scoring.render.charts import Chart

TALL, ABOVE = 130, 36  # pixels: columns, and the room above them for two lines of text
BASE = ABOVE + TALL
CROWDED = 1000  # counts from here on are wider than a column on a phone


def columns(chart: Chart, edges: Sequence[float], lang: Language) -> Markup:
    """Neighbouring intervals of one axis as columns, each with its number above it."""
    tallest = max([row.value or 0 for row in chart.rows] + [1])
    drawn, numbers = [], []
    for row, low, high in zip(chart.rows, edges, edges[1:], strict=False):
        if not row.value:
            continue
        left, right = sorted(across(chart.lowest, chart.highest, edge, lang.rtl) for edge in (low, high))
        tall = max(1, round(TALL * row.value / tallest))
        top = BASE - tall
        crowded = " w" if tallest >= CROWDED and row.value < tallest else ""  # such numbers would touch on a phone
        bar = Markup('<rect x="{}%" width="{:.2f}%" y="{}" height="{}" class="b"/>')
        drawn.append(bar.format(left, right - left, top, tall))
        number = Markup('<text x="{:.2f}%" y="{}" class="v{}" text-anchor="middle">{}</text>')
        told = lang.number(row.value, chart.digits)
        numbers.append(number.format((left + right) / 2, top - 5, crowded, told))
    middle = [] if chart.middle is None else [_middle(chart, chart.middle, lang)]
    return Markup("").join([*drawn, *middle, *numbers])


def _middle(chart: Chart, value: float, lang: Language) -> Markup:
    """The median as a line through the columns, with its name and number above them."""
    x = across(chart.lowest, chart.highest, value, lang.rtl)
    near_start, near_end = x < 30, x > 70
    sides = ("end", "start") if lang.rtl else ("start", "end")
    anchor = sides[0] if near_start else sides[1] if near_end else "middle"
    return Markup(
        '<line x1="{0}%" x2="{0}%" y1="18" y2="{1}" class="m"/><text x="{0}%" y="13" text-anchor="{2}">{3}</text>'
    ).format(x, BASE, anchor, lang.t("chart_median", value=lang.number(value, 1)))
