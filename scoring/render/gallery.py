"""Every chart of the site by its name, and every agency's score card, each with the page it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import permutations

from markupsafe import Markup

from scoring.render import figures, phrases
from scoring.render.charts import picture
from scoring.render.editions import trend
from scoring.render.exhibits import panel_chart
from scoring.render.explore import coverage_picture
from scoring.render.groups import slope
from scoring.render.language import Language
from scoring.render.many import many
from scoring.render.page import fill
from scoring.render.pairs import Pairs
from scoring.render.picture import Column, Grid, Picture, label, numbers
from scoring.render.view import View

AT_HAND = 64  # charts that are kept until the page they stand on is made


@dataclass(frozen=True)
class Hung:
    """A picture, the address below the language's home where it stands, and the agency it is about, if one."""

    picture: Picture
    page: str
    agency: str | None = None


def gallery(view: View, lang: Language) -> Iterator[Hung]:
    """Every chart and score card of a data set, in one language."""
    yield from of_all(view, lang)
    for agency in view.dataset.agencies:
        yield from of_agency(view, lang, agency)


def of_all(view: View, lang: Language) -> Iterator[Hung]:
    """Every chart that is about more than one agency."""
    yield from _of_leagues(view, lang)
    yield from _of_distributions(view, lang)
    yield from _of_exhibits(view, lang)
    yield from _of_groups(view, lang)


def _of_leagues(view: View, lang: Language) -> Iterator[Hung]:
    yield Hung(picture(figures.readiness(view, lang), lang), "rankings/#readiness")
    for node, places in view.places.items():
        if places:
            yield Hung(picture(figures.league(view, lang, node), lang), f"rankings/{view.league_id(node)}/#league")
    for node in view.analysis.sensitivity:
        chart = figures.sensitivity(view, lang, node)
        yield Hung(picture(chart, lang), f"sensitivity/#{chart.id}")


def _of_distributions(view: View, lang: Language) -> Iterator[Hung]:
    seen = list(view.dataset.agencies)
    yield Hung(coverage_picture(view, lang), "explore/#coverage")
    pairs = Pairs(view, lang)
    for pair in [] if many(view) else pairs.possible:
        for x, y in permutations(pair):
            yield Hung(pairs.picture(x, y), f"explore/?x={x}&y={y}#scatter")
    for dimension in view.methodology.dimensions:
        if pairs.exact[dimension.id]:
            chart = figures.distribution(view, lang, dimension.id, seen)
            yield Hung(picture(chart, lang), f"dimensions/{dimension.id}/#distribution")
    for id in view.indicators:
        if view.observed_count(id):
            chart = figures.distribution(view, lang, id, list(view.indicator_places(id)))
            yield Hung(picture(chart, lang), f"indicators/{id}/#distribution")


def _of_exhibits(view: View, lang: Language) -> Iterator[Hung]:
    for exhibit in view.dataset.exhibits:
        for panel in exhibit.panels:
            chart = panel_chart(exhibit, panel, lang)
            yield Hung(picture(chart, lang), f"exhibits/{exhibit.id}/#{chart.id}")


def _of_groups(view: View, lang: Language) -> Iterator[Hung]:
    for group in view.dataset.peer_groups:
        shown = slope(view, lang, group) if view.members(group.id) else None
        if shown:
            yield Hung(shown, f"groups/{group.id}/#slope")


def of_agency(view: View, lang: Language, agency: str) -> Iterator[Hung]:
    """An agency's score card and its charts."""
    page = f"agencies/{agency}/"
    shown = scores(view, lang, agency)
    yield Hung(_card(view, lang, agency, shown), page, agency)
    if many(view):
        return
    if shown.grid.rows:
        yield Hung(shown, f"{page}#dimensions", agency)
    if moved := trend(view, lang, agency):
        yield Hung(moved, f"{page}#over-time", agency)


@lru_cache(maxsize=AT_HAND)
def scores(view: View, lang: Language, agency: str) -> Picture:
    """The chart of an agency's scores, drawn once for its page, its card and its embed."""
    return picture(figures.profile(view, lang, agency), lang)


def _card(view: View, lang: Language, agency: str, scores: Picture) -> Picture:
    """Name, standing and scores of an agency, in little."""
    nodes = [view.methodology.id, *(d.id for d in view.methodology.dimensions)]
    placed = [node for node in nodes if view.place(agency, node)]
    standing = fill("card", view, lang, "", agency=agency, nodes=placed[:1])
    return replace(
        scores,
        name=f"card/{agency}",
        id="card",
        title=lang.pick(view.profile(agency).name),
        sentence=_who(view, lang, agency),
        lead=standing,
        drawn=scores.drawn if scores.grid.rows else Markup(""),
        grid=_card_grid(view, lang, agency, nodes),
        marks=scores.marks if scores.grid.rows else "",
        plot=None,
    )


def _who(view: View, lang: Language, agency: str) -> str:
    """Where an agency is at home, and its score in the leading league."""
    profile, score = view.profile(agency), phrases.dimension(view, lang, agency, view.lead)
    home = view.term(lang, "countries", profile.country), view.term(lang, "sectors", profile.sector)
    return f"{lang.t('comma').join(home)}. {view.node_name(lang, view.lead)}: {score}"


def _card_grid(view: View, lang: Language, agency: str, nodes: list[str]) -> Grid:
    heads = ("dimension", "score", "range_from", "range_to", "position", "positions_of", "observed_weight")
    rows = []
    for node in nodes:
        found, place = view.node(agency, node), view.place(agency, node)
        if not found.coverage:
            continue
        # a score of the whole from what little was observed would be taken for more than it is
        told = found.score if place or node != view.methodology.id else None
        low, high = found.shown if told is not None else (None, None)
        share = numbers(lang, found.coverage * 100, 0, lang.percent(found.coverage))
        ranks = [numbers(lang, value, 0) for value in ((place.rank, place.of) if place else (None, None))]
        scored = [numbers(lang, value, 1) for value in (told, low, high)]
        rows.append([label(view.node_name(lang, node)), *scored, *ranks, share])
    return Grid([Column(lang.t(head)) for head in heads], rows)
