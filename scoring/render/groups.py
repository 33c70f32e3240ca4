"""Peer groups: their members side by side, who answers fastest, and how their scores moved."""

from __future__ import annotations

import math
from collections.abc import Iterator
from types import SimpleNamespace as Row

from scoring.model import PeerGroup
from scoring.render import phrases
from scoring.render.charts import frame
from scoring.render.editions import days, point
from scoring.render.language import Language
from scoring.render.lines import Lines, Series, slope_picture
from scoring.render.page import Page, fill
from scoring.render.picture import Picture
from scoring.render.view import View

MOST = 40  # members that a slope chart can still name


def group_pages(view: View, lang: Language) -> Iterator[Page]:
    """A page for every peer group that has a member."""
    for group in view.dataset.peer_groups:
        members = view.members(group.id)
        if members:
            yield _page(view, lang, group, members)


def listed(view: View, lang: Language) -> list[Row]:
    """The groups that have members, by name."""
    found = [Row(id=g.id, name=lang.pick(g.name), size=len(view.members(g.id))) for g in view.dataset.peer_groups]
    return sorted((row for row in found if row.size), key=lambda row: row.name)


def _page(view: View, lang: Language, group: PeerGroup, members: list[str]) -> Page:
    name = lang.pick(group.name)
    seen = [d for d in view.methodology.dimensions if any(view.node(a, d.id).score is not None for a in members)]
    rows = [_row(view, lang, agency, [d.id for d in seen]) for agency in view.ordered(members, view.lead)]
    sentence = fastest(view, lang, members)
    values = {
        "name": name,
        "rows": rows,
        "dimensions": [Row(id=d.id, name=lang.pick(d.name)) for d in seen],
        "lead": view.lead,
        "timed": _timed(view) is not None,
        "sentence": sentence,
        "slope": frame(shown, lang, "../../") if (shown := slope(view, lang, group)) else "",
    }
    body = fill("group", view, lang, "../../", **values)
    trail = ((lang.t("agencies"), "agencies/"),)
    return Page(f"groups/{group.id}/", name, f"{name}. {sentence}", body, trail, subject=("group", group.id))


def _row(view: View, lang: Language, agency: str, dimensions: list[str]) -> Row:
    hours = _hours(view, agency)
    return Row(
        profile=view.profile(agency),
        lead=view.node(agency, view.lead),
        peer=view.peer_place(agency, view.lead),
        cells=[view.node(agency, node) for node in dimensions],
        hours=hours,
        time="" if hours is None else _time(view, lang, hours),
    )


def _timed(view: View) -> str | None:
    return view.methodology.enquiries.first_answer


def _hours(view: View, agency: str) -> float | None:
    """Hours until the first answer, where its enquiries were timed."""
    found = view.observations.get((agency, _timed(view) or ""))
    return None if found is None or math.isnan(found.value) else float(found.value)


def _time(view: View, lang: Language, hours: float) -> str:
    return phrases.raw_value(view, lang, view.indicators[_timed(view) or ""], hours, hours, hours)


def fastest(view: View, lang: Language, members: list[str]) -> str:
    """Who answers fastest in a group, or that nobody can tell."""
    timed = {agency: hours for agency in members if (hours := _hours(view, agency)) is not None}
    if not timed:
        return lang.t("group_untimed")
    first = min(timed, key=lambda agency: (timed[agency], agency))
    name = lang.pick(view.profile(first).name)
    return lang.t("group_fastest", name=name, value=_time(view, lang, timed[first]), n=len(timed))


def slope(view: View, lang: Language, group: PeerGroup) -> Picture | None:
    """The members' scores from edition to edition; nothing where fewer than two editions or members have any."""
    members = view.members(group.id)
    points = {agency: [point(past, agency, view.lead) for _, past in view.kept] for agency in members}
    known = {agency: found for agency, found in points.items() if sum(p is not None for p in found) > 1}
    if len(known) < 2 or len(known) > MOST:
        return None
    chart = Lines(
        id="slope",
        name=f"group/{group.id}",
        title=lang.t("group_slope_title", name=lang.pick(group.name)),
        sentence=lang.t("group_slope_sentence", n=len(known), league=view.node_name(lang, view.lead)),
        days=days(view),
        series=[Series(lang.pick(view.profile(agency).name), found) for agency, found in known.items()],
        header=lang.t("agency"),
        lowest=view.methodology.lowest,
        highest=view.methodology.highest,
    )
    return slope_picture(chart, lang)
