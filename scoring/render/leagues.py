"""Pages about who stands where: home, rankings, leagues, the list of agencies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from types import SimpleNamespace as Row
from typing import Any

from markupsafe import Markup

from scoring.render import figures, phrases
from scoring.render.charts import figure, json_for_html
from scoring.render.editions import since
from scoring.render.groups import listed
from scoring.render.language import Language
from scoring.render.many import LONG
from scoring.render.page import Page, fill, options
from scoring.render.paging import SIZE, Sheet, root, sheets, titled
from scoring.render.view import View

FIRST = 5  # rows of the ranking on the home page
BESIDE = "page--"  # before the number of a page of the list of agencies: no agency can be called so
UNRANKED = 100  # agencies on a page of those that are not ranked


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


def _choices(view: View, lang: Language, node: str) -> dict[str, Any]:
    """What the filters of a league's table offer, and the same names for the rows that a script fills."""
    found = options(view, lang, [view.profile(a) for a in view.places[node]])
    return {"options": found, "names": json_for_html({field: dict(pairs) for field, pairs in found.items()})}


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
        readiness=figure(figures.readiness(view, lang), lang, ""),
        since=since(view, lang),
    )


def rankings(view: View, lang: Language) -> Markup:
    """The leagues, what the overall rank still lacks, and the first of the leading league."""
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
        rows=_league_rows(view, view.lead, SIZE),
        whole=len(view.places[view.lead]),
        page=Row(of=1),
        leagues=leagues,
        sentence=phrases.league(view, lang, view.lead),
        apart=phrases.apart(view, lang, view.lead),
        overall_sentence=phrases.overall(view, lang),
        readiness=figure(figures.readiness(view, lang), lang, "../"),
        **_choices(view, lang, view.lead),
    )


def _unranked(view: View, lang: Language, node: str) -> list[Row]:
    overall = node == view.methodology.id
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


def league(view: View, lang: Language, node: str) -> Iterator[Page]:
    """One league: who is ranked, how surely, page by page; then who is not, and why."""
    id, name = view.league_id(node), view.node_name(lang, node)
    overall = node == view.methodology.id
    title = name if overall else lang.t("league_title", dimension=name)
    sentence = phrases.overall(view, lang) if overall else phrases.league(view, lang, node)
    missing = _unranked(view, lang, node)
    above = ((lang.t("rankings"), "rankings/"),)
    choices = _choices(view, lang, node)
    for sheet, rows in sheets(_league_rows(view, node), lang):
        body = fill(
            "league",
            view,
            lang,
            root(sheet, 2),
            id=id,
            node=node,
            name=name,
            title=titled(lang, title, sheet),
            rows=rows,
            page=sheet,
            sentence=sentence,
            apart=phrases.apart(view, lang, node),
            chart=figure(figures.league(view, lang, node), lang, root(sheet, 2)) if rows and sheet.number == 1 else "",
            whole=len(view.places[node]),
            unranked=len(missing),
            silent=len(view.dataset.agencies) - len(view.places[node]) - len(missing),
            **choices,
        )
        trail = above if sheet.number == 1 else (*above, (title, f"rankings/{id}/"))
        yield Page(
            f"rankings/{id}/{sheet.path}",
            titled(lang, title, sheet),
            sentence,
            body,
            trail,
            chart=f"league/{id}" if rows else "",
            subject=("league", node),
        )
    yield from _unranked_pages(view, lang, node, missing, (*above, (title, f"rankings/{id}/")))


def _unranked_pages(
    view: View, lang: Language, node: str, missing: list[Row], trail: tuple[tuple[str, str], ...]
) -> Iterator[Page]:
    if not missing:
        return
    id, title = view.league_id(node), lang.t("not_ranked_title", dimension=view.node_name(lang, node))
    sentence = lang.t("not_ranked_intro", n=len(missing))
    for sheet, rows in sheets(missing, lang, UNRANKED):
        named = titled(lang, title, sheet)
        body = fill("unranked", view, lang, root(sheet, 3), rows=rows, page=sheet, title=named, sentence=sentence)
        above = trail if sheet.number == 1 else (*trail, (title, f"rankings/{id}/unranked/"))
        yield Page(f"rankings/{id}/unranked/{sheet.path}", named, sentence, body, above, subject=("league", node))


def agencies(view: View, lang: Language) -> Markup:
    """Every agency with its evidence count and coverage: as many as a page holds."""
    return _agencies(view, lang, *sheets(_agency_rows(view, lang), lang, LONG, BESIDE)[0])


def agency_pages(view: View, lang: Language) -> Iterator[Page]:
    """The pages of the rest."""
    title = lang.t("agencies")
    for sheet, rows in sheets(_agency_rows(view, lang), lang, LONG, BESIDE)[1:]:
        named = titled(lang, title, sheet)
        body = Markup("<h1>{}</h1>{}").format(named, _agencies(view, lang, sheet, rows))
        yield Page(f"agencies/{sheet.path}", named, named, body, ((title, "agencies/"),))


def _agency_rows(view: View, lang: Language) -> list[Row]:
    rows = [
        Row(profile=a.profile, items=len(a.evidence), coverage=view.node(id, view.methodology.id).coverage)
        for id, a in view.dataset.agencies.items()
    ]
    return sorted(rows, key=lambda r: (r.profile.country, lang.pick(r.profile.name)))


def _agencies(view: View, lang: Language, sheet: Sheet, rows: Sequence[Row]) -> Markup:
    values: dict[str, Any] = {
        "whole": len(view.dataset.agencies),
        "groups": listed(view, lang) if sheet.number == 1 else [],
        "options": options(view, lang, [r.profile for r in rows]),
    }
    return fill("agencies", view, lang, root(sheet, 1), rows=rows, page=sheet, **values)
