"""Agencies side by side: the page's frame, and each agency's numbers that its script fills in."""

from __future__ import annotations

from types import SimpleNamespace as Row
from typing import Any

from markupsafe import Markup

from scoring.render.charts import json_for_html
from scoring.render.explained import leagues_of
from scoring.render.language import Language
from scoring.render.own import identity
from scoring.render.page import fill
from scoring.render.placed import as_shown
from scoring.render.view import View

MOST = 6  # agencies that still fit beside each other
STATES = ("observed", "documented_absence", "disputed", "not_observed", "not_applicable")


def compare_page(view: View, lang: Language) -> Markup:
    """An empty table of every dimension and indicator, which takes in the agencies that the address names."""
    index = view.methodology.id
    groups = [Row(id=index, name=lang.t("overall"), href="rankings/overall/", leaves=[])]
    groups += [
        Row(
            id=d.id,
            name=lang.pick(d.name),
            href=f"dimensions/{d.id}/",
            leaves=[Row(id=i.id, name=lang.pick(i.name), href=f"indicators/{i.id}/") for i in view.leaves[d.id]],
        )
        for d in view.methodology.dimensions
    ]
    states = {state: lang.t(f"state_{state}") for state in STATES}
    return fill("compare", view, lang, "../", groups=groups, states=json_for_html(states), most=MOST)


def names_document(view: View) -> dict[str, list[Any]]:
    """What agencies are picked by."""
    columns = identity(view, list(view.dataset.agencies))
    return {key: columns[key] for key in ("id", "en", "ar", "country")}


def agency_document(view: View, agency: str) -> dict[str, Any]:
    """One agency's numbers as its page shows them: by node and indicator score, likely range and the peers' median,
    `places` in the leagues that rank it, and the points that each indicator adds there."""
    profile = view.profile(agency)
    nodes = [view.methodology.id, *(d.id for d in view.methodology.dimensions)]
    leagues = leagues_of(view, agency)
    return {
        **({"fictional": True} if view.dataset.fictional else {}),
        "id": agency,
        "en": profile.name.en,
        "ar": profile.name.ar,
        "country": profile.country,
        "group": view.group_id(agency),
        "nodes": {node: _numbers(view, agency, node) for node in (*nodes, *view.indicators)},
        "states": {i: view.state(agency, i) for i in view.indicators},
        "places": {node: _place(view, agency, node) for node in leagues},
        "points": {node: _points(view, agency, node) for node in leagues},
    }


def _numbers(view: View, agency: str, node: str) -> list[float | None]:
    """Score, its range from low to high, the peers' median."""
    score = view.node(agency, node)
    median = view.peer_median(agency, node)
    beside = None if median is None else as_shown(median)
    if score.score is None:
        return [None, None, None, beside]
    return [as_shown(score.score), *map(as_shown, score.shown), beside]


def _place(view: View, agency: str, node: str) -> list[int]:
    place = view.place(agency, node)
    assert place is not None
    return [place.rank, place.low, place.high, place.of]


def _points(view: View, agency: str, node: str) -> dict[str, float]:
    cells = view.analysis.explanations[node].contributions[agency]
    return {id: round(points, 3) for id, points in cells.items() if points}
