"""What behaviour looks like in open data: a page for each exhibit, and the list of them."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from scoring.model import Exhibit, Panel
from scoring.render.charts import Chart, Row, figure
from scoring.render.language import Language
from scoring.render.page import Page, fill
from scoring.render.view import View


def exhibits(view: View, lang: Language) -> Markup:
    """Every exhibit's question and answer."""
    return fill("exhibits", view, lang, "../", exhibits=view.dataset.exhibits)


def exhibit_pages(view: View, lang: Language) -> Iterator[Page]:
    """One page for each exhibit."""
    for exhibit in view.dataset.exhibits:
        charts = [figure(panel_chart(exhibit, panel, lang), lang, "../../") for panel in exhibit.panels]
        body = fill("exhibit", view, lang, "../../", exhibit=exhibit, charts=charts)
        title, question = lang.pick(exhibit.title), lang.pick(exhibit.question)
        yield Page(f"exhibits/{exhibit.id}/", title, question, body, ((lang.t("exhibits"), "exhibits/"),))


def panel_chart(exhibit: Exhibit, panel: Panel, lang: Language) -> Chart:
    """One panel of an exhibit."""
    scale = 100 if panel.unit == "share" else 1
    even = 0.0 if panel.lowest < 0 else None  # a difference: nothing is at zero
    rows = []
    for bar in panel.bars:
        label = lang.pick(bar.name)
        if bar.denominator:
            label = f"{label} ({lang.number(bar.denominator)})"
        text = f"{lang.number(bar.value * scale, 1)}%" if panel.unit == "share" else None
        rows.append(Row(label, bar.value * scale, bar.low * scale, bar.high * scale, marker=even, text=text))
    return Chart(
        id=f"{exhibit.id}-{panel.id}",
        name=f"exhibit/{exhibit.id}/{panel.id}",
        title=lang.pick(panel.title),
        sentence=lang.pick(panel.sentence),
        rows=rows,
        lowest=panel.lowest * scale,
        highest=panel.highest * scale,
        label_header=lang.t("exhibit_group"),
        value_header=lang.t(f"exhibit_{panel.unit}"),
        marker_header=lang.t("exhibit_even") if even is not None else None,
    )
