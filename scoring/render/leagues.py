"""Pages about who stands where: home, rankings, leagues, the list of agencies."""

from __future__ import annotations

from statistics import median
from types import SimpleNamespace as Row

from markupsafe import Markup

from scoring.render import figures, phrases
from scoring.render.charts import figure
from scoring.render.language import Language
from scoring.render.page import Page, fill, options
from scoring.render.view import View

FIRST = 5  # rows of the ranking on the home page


def _league_rows(view: View, node: str, limit: int | None = None) -> list[Row]:
    return [
        Row(
            profile=view.profile(a),
            place=place,
            peer=view.peer_place(a, node),
            node=view.node(a, node),
            tier=view.tier(a, node),
        )
        for a, place in list(view.places[node].items())[:limit]
    ]


def home(view: View, lang: Language) -> Markup:
    """The home page's body."""
    rows = _league_rows(view, view.lead)
    widths = [max(r.place.rank - r.place.low, r.place.high - r.place.rank) for r in rows]
    counts = Row(
        agencies=len(view.dataset.agencies),
        countries=len({a.profile.country for a in view.dataset.agencies.values()}),
        items=len(view.items),
        ranked=len(rows),
        median_width=int(median(widths)) if widths else 0,
    )
    return fill(
        "home",
        view,
        lang,
        "",
        counts=counts,
        rows=rows[:FIRST],
        lead_name=view.node_name(lang, view.lead),
        apart=phrases.apart(view, lang, view.lead),
        overall_sentence=phrases.overall(view, lang),
        readiness=figure(figures.readiness(view, lang), lang),
    )


def rankings(view: View, lang: Language) -> Markup:
    """The leagues, what the overall rank still lacks, and the leading league in full."""
    rows = _league_rows(view, view.lead)
    leagues = [
        Row(id=d.id, name=view.node_name(lang, d.id), ranked=len(view.places[d.id]))
        for d in view.methodology.dimensions
    ]
    return fill(
        "rankings",
        view,
        lang,
        "../",
        lead=view.lead,
        rows=rows,
        leagues=leagues,
        options=options(view, lang, [r.profile for r in rows]),
        sentence=phrases.league(view, lang, view.lead),
        apart=phrases.apart(view, lang, view.lead),
        overall_sentence=phrases.overall(view, lang),
        readiness=figure(figures.readiness(view, lang), lang),
    )


def _unranked(view: View, lang: Language, node: str, overall: bool) -> list[Row]:
    rows = []
    for agency in view.dataset.agencies:
        coverage = view.node(agency, node).coverage
        if agency in view.places[node] or not coverage:
            continue
        if overall and not view.unrankable(agency):
            reason = phrases.observed_enough(view, lang, agency)
        elif overall:
            reason = lang.t(f"reason_{view.unrankable(agency)}")
        else:
            reason = phrases.not_in_league(view, lang, agency, node)
        rows.append(Row(profile=view.profile(agency), coverage=coverage, reason=reason))
    return sorted(rows, key=lambda r: (-r.coverage, r.profile.id))


def league(view: View, lang: Language, node: str) -> Page:
    """One league: who is ranked, how surely, and who is not and why."""
    overall = node == view.methodology.id
    name = view.node_name(lang, node)
    title = name if overall else lang.t("league_title", dimension=name)
    rows = _league_rows(view, node)
    unranked = _unranked(view, lang, node, overall)
    sentence = phrases.overall(view, lang) if overall else phrases.league(view, lang, node)
    body = fill(
        "league",
        view,
        lang,
        "../../",
        id=view.league_id(node),
        node=node,
        name=name,
        title=title,
        rows=rows,
        sentence=sentence,
        apart=phrases.apart(view, lang, node),
        chart=figure(figures.league(view, lang, node), lang) if rows else "",
        unranked=unranked,
        silent=len(view.dataset.agencies) - len(rows) - len(unranked),
        options=options(view, lang, [r.profile for r in rows]),
        unranked_options=options(view, lang, [r.profile for r in unranked]),
    )
    return Page(f"rankings/{view.league_id(node)}/", title, sentence, body, ((lang.t("rankings"), "rankings/"),))


def agencies(view: View, lang: Language) -> Markup:
    """Every agency with its evidence count and coverage."""
    rows = [
        Row(profile=a.profile, items=len(a.evidence), coverage=view.node(id, view.methodology.id).coverage)
        for id, a in view.dataset.agencies.items()
    ]
    rows.sort(key=lambda r: (r.profile.country, lang.pick(r.profile.name)))
    return fill("agencies", view, lang, "../", rows=rows, options=options(view, lang, [r.profile for r in rows]))
