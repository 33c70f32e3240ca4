"""The page on which every chart of the whole data set stands, to be looked through."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, permutations
from statistics import fmean
from types import SimpleNamespace as Row
from typing import Any

from markupsafe import Markup

from scoring.render import figures, heat, scatter
from scoring.render.charts import figure, frame, json_for_html, key
from scoring.render.language import Language
from scoring.render.page import fill
from scoring.render.view import View

LEAST = 3  # agencies in common from which two dimensions are set against one another
LIGHT = 1500  # agencies above which the page carries their scores without ranges
WORDS = ("chart_median", "range", "agency", "scatter_range", "scatter_x", "scatter_y", "scatter_told", "chart_address")


def _scores(view: View, dimension: str) -> dict[str, float]:
    found = ((a, view.node(a, dimension).score) for a in view.dataset.agencies)
    return {agency: score for agency, score in found if score is not None}


def pairs(view: View) -> list[tuple[str, str]]:
    """Pairs of dimensions with enough agencies in common, most of them first, else in the order of the method."""
    scores = {d.id: _scores(view, d.id).keys() for d in view.methodology.dimensions}
    common = {(a, b): len(scores[a] & scores[b]) for a, b in combinations(scores, 2)}
    return [pair for pair, n in sorted(common.items(), key=lambda item: -item[1]) if n >= LEAST]


def _point(view: View, lang: Language, agency: str, x: str, y: str, light: bool) -> scatter.Point:
    """Numbers as they are told, to one digit, so that the picture, the table and the address agree."""
    (mx, rx), (my, ry) = (_told(view, agency, node) for node in (x, y))
    assert mx is not None and my is not None
    href = f"../agencies/{agency}/"
    ranges = (None, None) if light else (rx, ry)
    return scatter.Point(agency, lang.pick(view.profile(agency).name), href, mx, my, *ranges)


def _told(view: View, agency: str, node: str) -> tuple[float | None, tuple[float, float] | None]:
    found = view.node(agency, node)
    if found.score is None:
        return None, None
    low, high = found.shown
    return round(found.score, 1), (round(low, 1), round(high, 1))


def scatter_of(view: View, lang: Language, x: str, y: str) -> scatter.Scatter:
    """Two dimensions against one another: all agencies with a score in both, ranked or not."""
    xs, ys = _scores(view, x), _scores(view, y)
    both = [a for a in view.dataset.agencies if a in xs and a in ys]
    light = len(view.dataset.agencies) > LIGHT
    names = [view.node_name(lang, node) for node in (x, y)]
    return scatter.Scatter(
        id="scatter",
        title=lang.t("scatter_title", x=names[0], y=names[1]),
        sentence=scatter.sentence(scatter.together([xs[a] for a in both], [ys[a] for a in both]), lang),
        points=[_point(view, lang, a, x, y, light) for a in both],
        x_title=names[0],
        y_title=names[1],
        lowest=view.methodology.lowest,
        highest=view.methodology.highest,
    )


def payload(view: View, lang: Language) -> dict[str, Any]:
    """What the browser draws other pairs from: names, addresses, scores and ranges of every agency that is in any
    pair, and what is said of each pair. For many agencies the ranges stay out, so that the page stays light."""
    possible = pairs(view)
    shown = [d.id for d in view.methodology.dimensions if any(d.id in pair for pair in possible)]
    light = len(view.dataset.agencies) > LIGHT
    agencies = []
    for agency, entry in view.dataset.agencies.items():
        told = [_told(view, agency, node) for node in shown]
        if sum(score is not None for score, _ in told) >= 2:
            ranges = [] if light else [[list(ends) if ends else 0 for _, ends in told]]
            agencies.append([agency, lang.pick(entry.profile.name), [score for score, _ in told], *ranges])
    return {
        "scale": [view.methodology.lowest, view.methodology.highest],
        "few": scatter.FEW,
        "dimensions": [[node, view.node_name(lang, node)] for node in shown],
        "agencies": agencies,
        "pairs": {f"{x} {y}": _pair(view, lang, x, y) for pair in possible for x, y in permutations(pair)},
        "words": {word: lang.words[word] for word in WORDS},
    }


def _pair(view: View, lang: Language, x: str, y: str) -> list[str]:
    """Title, sentence and both medians of a pair, in words: only here are plurals and rounding known."""
    chart = scatter_of(view, lang, x, y)
    return [chart.title, chart.sentence, *(lang.number(value, 1) for value in chart.medians)]


def scatter_figure(view: View, lang: Language, x: str, y: str) -> Markup:
    """A pair's picture and table in their frame."""
    chart = scatter_of(view, lang, x, y)
    marks = [("p", lang.t("scatter_key", lowest=chart.lowest, highest=chart.highest)), ("q", lang.t("scatter_medians"))]
    if any(p.x_range for p in chart.points):
        marks.insert(1, ("x", lang.t("chart_key_range")))
    drawn = scatter.svg(chart, lang) + Markup('<p class="hw-told hw-js" role="status" data-told>{}</p>').format(
        lang.t("scatter_keys")
    )
    numbers = scatter.table(chart, lang)
    plot = scatter.plotly(chart, lang)
    return frame(chart.id, chart.title, chart.sentence, drawn, numbers, lang, plot, marks=key(marks))


def coverage(view: View, lang: Language) -> heat.Heat:
    """Observed weight by dimension: of each country, or within a single country of each peer group."""
    profiles = [entry.profile for entry in view.dataset.agencies.values()]
    by_country = len({p.country for p in profiles}) > 1
    names: dict[str, str] = {}
    groups: dict[str, list[str]] = {}
    for p in profiles:
        id = p.country if by_country else view.group_id(p.id)
        names[id] = view.term(lang, "countries", id) if by_country else view.group_name(lang, p.id)
        groups.setdefault(id, []).append(p.id)
    ordered = sorted(groups, key=lambda id: (-len(groups[id]), id))
    rows = [heat.HeatRow(names[id], len(groups[id]), _shares(view, groups[id])) for id in ordered]
    whole = heat.HeatRow(lang.t("heat_all"), len(profiles), _shares(view, list(view.dataset.agencies)), total=True)
    return heat.Heat(
        id="coverage",
        title=lang.t("heat_title_countries" if by_country else "heat_title_groups"),
        sentence=_coverage_sentence(view, lang, whole.shares),
        row_header=lang.t("field_country" if by_country else "field_group"),
        count_header=lang.t("agencies"),
        columns=[view.node_name(lang, d.id) for d in view.methodology.dimensions],
        rows=[*rows, whole],
    )


def _shares(view: View, agencies: list[str]) -> list[float]:
    return [fmean(view.node(a, d.id).coverage for a in agencies) for d in view.methodology.dimensions]


def _coverage_sentence(view: View, lang: Language, shares: Sequence[float]) -> str:
    """Where most has been observed, and in how many dimensions next to nothing."""
    best = max(range(len(shares)), key=lambda i: shares[i])
    name = view.node_name(lang, view.methodology.dimensions[best].id)
    most = lang.t("heat_most", dimension=name, share=heat.told(shares[best], lang))
    return f"{most} {lang.t('heat_little', n=sum(share < 0.05 for share in shares))}"


def coverage_figure(view: View, lang: Language) -> Markup:
    """The heat map in its frame; it is its own table."""
    made = coverage(view, lang)
    return frame(made.id, made.title, made.sentence, heat.table(made, lang), None, lang, wide=True)


def explore(view: View, lang: Language) -> Markup:
    """Every chart of the whole data set."""
    seen = list(view.dataset.agencies)
    possible = pairs(view)
    scored = [d.id for d in view.methodology.dimensions if _scores(view, d.id)]
    choices = [Row(id=node, name=name) for node, name in payload(view, lang)["dimensions"]]
    return fill(
        "explore",
        view,
        lang,
        "../",
        lead=view.lead,
        league=figure(figures.league(view, lang, view.lead), lang) if view.places[view.lead] else "",
        distributions=[
            figure(figures.distribution(view, lang, node, seen, f"distribution-{node}"), lang) for node in scored
        ],
        scatter=scatter_figure(view, lang, *possible[0]) if possible else "",
        chosen=possible[0] if possible else (),
        choices=choices,
        light=len(seen) > LIGHT,
        data=json_for_html(payload(view, lang)) if possible else "",
        coverage=coverage_figure(view, lang) if seen else "",
    )
