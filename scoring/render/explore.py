"""The page on which every chart of the whole data set stands, to be looked through."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from markupsafe import Markup

from scoring.render import figures, heat, phrases
from scoring.render.charts import figure, frame, json_for_html
from scoring.render.language import Language
from scoring.render.page import fill
from scoring.render.pairs import Pairs
from scoring.render.picture import Picture
from scoring.render.view import View

LITTLE = 0.05  # of a dimension's weight


def coverage(view: View, lang: Language) -> heat.Heat:
    """Observed weight by dimension, of each country, or where there is one of each peer group; largest first."""
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
        sentence=_sentence(view, lang, whole.shares),
        row_header=lang.t("field_country" if by_country else "field_group"),
        count_header=lang.t("agencies"),
        columns=[view.node_name(lang, d.id) for d in view.methodology.dimensions],
        rows=[*rows, whole],
    )


def _shares(view: View, agencies: list[str]) -> list[float]:
    return [fmean(view.node(a, d.id).coverage for a in agencies) for d in view.methodology.dimensions]


def _sentence(view: View, lang: Language, shares: Sequence[float]) -> str:
    """Where most has been observed, and in how many dimensions next to nothing."""
    best = max(range(len(shares)), key=lambda i: shares[i])
    name = view.node_name(lang, view.methodology.dimensions[best].id)
    most = lang.t("heat_most", dimension=name, share=heat.told(shares[best], lang))
    return f"{most} {lang.t('heat_little', n=sum(share < LITTLE for share in shares))}"


def coverage_picture(view: View, lang: Language) -> Picture:
    """The heat map; it is its own table."""
    made = coverage(view, lang)
    drawn, numbers = heat.table(made, lang), heat.grid(made, lang)
    return Picture(
        "coverage", made.id, made.title, made.sentence, drawn, numbers, wide=True, table_as=heat.svg(made, lang)
    )


def _leaders(view: View, lang: Language) -> str:
    whole = view.lead == view.methodology.id
    return phrases.overall(view, lang) if whole else phrases.league(view, lang, view.lead)


def explore(view: View, lang: Language) -> Markup:
    """Every chart of the whole data set."""
    seen = list(view.dataset.agencies)
    pairs = Pairs(view, lang)
    first = pairs.possible[0] if pairs.possible else None
    return fill(
        "explore",
        view,
        lang,
        "../",
        lead=view.lead,
        leaders=f"{_leaders(view, lang)} {phrases.apart(view, lang, view.lead)}",
        league=figure(figures.league(view, lang, view.lead), lang, "../") if view.places[view.lead] else "",
        distributions=[
            figure(figures.distribution(view, lang, node, seen, f"distribution-{node}"), lang, "../")
            for node, scores in pairs.exact.items()
            if scores
        ],
        scatter=pairs.figure(*first) if first else "",
        chosen=first,
        choices=pairs.dimensions,
        light=pairs.light,
        data=json_for_html(pairs.payload()) if first else "",
        coverage=frame(coverage_picture(view, lang), lang, "../") if seen else "",
    )
