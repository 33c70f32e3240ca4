"""The charts of the site, as specifications made from the results."""

from __future__ import annotations

from statistics import median

import pandas as pd

from scoring.render import phrases
from scoring.render.charts import Chart, Row
from scoring.render.language import Language
from scoring.render.view import View

BINS = 10
TOP = 15


def points(view: View, lang: Language) -> str:
    """What an axis of scores counts, with its unit."""
    return lang.t("chart_axis_points", lowest=view.methodology.lowest, highest=view.methodology.highest)


def readiness(view: View, lang: Language) -> Chart:
    """How many agencies each dimension has been observed in, and how many could be ranked."""
    rows = []
    for d in view.methodology.dimensions:
        observed = sum(view.node(a, d.id).score is not None for a in view.dataset.agencies)
        ranked = len(view.places[d.id])
        text = lang.t("readiness_text", ranked=ranked, observed=observed)
        rows.append(Row(lang.pick(d.name), observed, 0, observed, text=text))
    ready = sum(bool(view.places[d.id]) for d in view.methodology.dimensions)
    return Chart(
        id="readiness",
        name="readiness",
        title=lang.t("readiness_title"),
        sentence=lang.t("readiness_sentence", ready=ready, total=len(rows)),
        rows=rows,
        highest=max([r.value or 0 for r in rows] + [1]),
        label_header=lang.t("dimension"),
        value_header=lang.t("readiness_value"),
        digits=0,
        counts=True,
    )


def profile(view: View, lang: Language, agency: str) -> Chart:
    """An agency's score in each observed dimension, beside its peer group's median."""
    rows = []
    for d in view.methodology.dimensions:
        node = view.node(agency, d.id)
        if node.score is not None:
            rows.append(Row(lang.pick(d.name), node.score, *node.shown, view.peer_median(agency, d.id)))
    return Chart(
        id="dimensions",
        name=f"scores/{agency}",
        title=lang.t("profile_chart_title", name=lang.pick(view.profile(agency).name)),
        sentence=_profile_sentence(rows, len(view.methodology.dimensions), lang),
        rows=rows,
        lowest=view.methodology.lowest,
        highest=view.methodology.highest,
        label_header=lang.t("dimension"),
        value_header=lang.t("score"),
        marker_header=lang.t("peer_median"),
        axis=points(view, lang),
    )


def _profile_sentence(rows: list[Row], total: int, lang: Language) -> str:
    """How many dimensions are observed, and in how many of those with peers the score is above their median."""
    said = lang.t("profile_chart_sentence", n=len(rows), total=total)
    above = [row.value > row.marker for row in rows if row.value is not None and row.marker is not None]
    return f"{said} {lang.t('profile_chart_peers', n=sum(above), of=len(above))}" if above else said


def league(view: View, lang: Language, node: str) -> Chart:
    """The first of a league with the likely range and the comparison interval of each score."""
    by, rows = view.methodology.rules.uncertainty, []
    for agency in list(view.places[node])[:TOP]:
        score = view.node(agency, node)
        inner = view.comparison(agency, node)
        rows.append(Row(lang.pick(view.profile(agency).name), score.score, *score.shown, inner=inner))
    return Chart(
        id="league",
        name=f"league/{view.league_id(node)}",
        title=lang.t("league_chart_title", dimension=view.node_name(lang, node), n=len(rows)),
        sentence=lang.t(
            "league_chart_sentence", share=lang.percent(by.interval), confidence=lang.percent(by.confidence)
        ),
        inner_header=lang.t("comparison_interval"),
        rows=rows,
        lowest=view.methodology.lowest,
        highest=view.methodology.highest,
        label_header=lang.t("agency"),
        value_header=lang.t("score"),
        axis=points(view, lang),
    )


def sensitivity(view: View, lang: Language, node: str) -> Chart:
    """The leaders' positions, and between which all alternatives of method would put them."""
    found = view.analysis.sensitivity[node]
    ranks = pd.concat([found.default, *(one.rank for one in found.alternatives)], axis=1)
    lowest, highest = ranks.min(axis=1), ranks.max(axis=1)
    rows = [
        Row(lang.pick(view.profile(a).name), float(found.default[a]), float(lowest[a]), float(highest[a]))
        for a in list(view.places[node])[:TOP]
    ]
    return Chart(
        id=f"sensitivity-{view.league_id(node)}",
        name=f"sensitivity/{view.league_id(node)}",
        title=lang.t("sensitivity_chart_title", name=view.node_name(lang, node), n=len(rows)),
        sentence=lang.t("sensitivity_chart_sentence", n=len(found.alternatives)),
        rows=rows,
        lowest=1,
        highest=max(2, len(found.default)),
        label_header=lang.t("agency"),
        value_header=lang.t("position"),
        range_header=lang.t("chart_key_positions"),
        axis=lang.t("chart_axis_positions", n=len(found.default)),
        digits=0,
    )


def distribution(view: View, lang: Language, node: str, agencies: list[str], id: str = "distribution") -> Chart:
    """How many agencies score in each tenth of the scale."""
    width = view.methodology.highest / BINS
    scores = [s for a in agencies if (s := view.node(a, node).score) is not None]
    counts = [0] * BINS
    for s in scores:
        counts[min(BINS - 1, int(s / width))] += 1
    starts = [max(view.methodology.lowest, i * width) for i in range(BINS)]
    labels = [
        lang.t("bin_last" if i == BINS - 1 else "bin", low=start, high=(i + 1) * width)
        for i, start in enumerate(starts)
    ]
    return Chart(
        id=id,
        name=f"distribution/{view.league_id(node)}",
        title=lang.t("distribution_title", name=view.node_name(lang, node)),
        sentence=phrases.observed(view, lang, "distribution_sentence", node, agencies),
        rows=[Row(label, n, 0, n) for label, n in zip(labels, counts, strict=True)],
        lowest=view.methodology.lowest,
        highest=view.methodology.highest,
        label_header=lang.t("distribution_label"),
        value_header=lang.t("distribution_value"),
        axis=points(view, lang),
        edges=[*starts, view.methodology.highest],
        middle=median(scores) if scores else None,
        digits=0,
        counts=True,
    )
