"""What an agency's page shows, gathered for its template."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace as Row
from typing import Any

from scoring.instruments.enquiries import asked_by
from scoring.model import Branch, Indicator
from scoring.render import corrections, phrases
from scoring.render.answers import replies, stages
from scoring.render.charts import frame, json_for_html
from scoring.render.editions import of_agency
from scoring.render.explained import explained, leagues_of, trial, verdict
from scoring.render.gallery import scores
from scoring.render.language import Language, other
from scoring.render.many import stands_for
from scoring.render.view import View


def _indicator_row(view: View, lang: Language, agency: str, leaf: Indicator) -> Row:
    o = view.observations.get((agency, leaf.id))
    shown = phrases.raw_value(view, lang, leaf, o.value, o.low, o.high) if o else ""
    sure = view.share_interval(agency, leaf.id)
    return Row(
        id=leaf.id,
        name=lang.pick(leaf.name),
        interval=lang.t("range", low=lang.percent(sure[0]), high=lang.percent(sure[1])) if sure else "",
        state=view.state(agency, leaf.id),
        value=shown,
        node=view.node(agency, leaf.id),
        peer_median=view.peer_median(agency, leaf.id),
        without=view.without(agency, leaf.id),
        second_reading=bool(o and o.second_reading),
        used=o.used if o else (),
    )


def _dimension(view: View, lang: Language, agency: str, branch: Branch) -> Row:
    rows = [_indicator_row(view, lang, agency, leaf) for leaf in view.leaves[branch.id]]
    return Row(
        id=branch.id,
        name=lang.pick(branch.name),
        rows=rows,
        observed=any(r.state != "not_observed" for r in rows),
        missing=[r for r in rows if r.state == "not_observed"],
        sentence=phrases.dimension(view, lang, agency, branch.id),
    )


def _standing(view: View, lang: Language, agency: str, node: str) -> Row:
    return Row(
        id=node,
        name=view.node_name(lang, node),
        node=view.node(agency, node),
        place=view.place(agency, node),
        peer=view.peer_place(agency, node),
        tier=view.tier(agency, node),
    )


def _evidence_groups(view: View, lang: Language, agency: str) -> list[Row]:
    """Evidence under the seed question its code belongs to, scored items first."""
    items = [item for item in view.dataset.agencies[agency].evidence if item.observed <= view.as_of]
    items.sort(key=lambda item: (view.use(item.id) != "scored", item.id))
    groups = []
    for q in view.methodology.questions:
        found = [item for item in items if view.codes[item.code].question == q.id]
        if found:
            groups.append(Row(id=q.id, name=lang.pick(q.name), list=found))
    return groups


def _enquiries(view: View, agency: str) -> list[Row]:
    """The agency's test enquiries, newest first, with the hours until the first answer (None: none came)."""
    asked = asked_by(view.dataset.agencies[agency].enquiries, view.as_of)
    rows = [Row(enquiry=e, hours=e.hours(e.answered) if e.answered else None) for e in asked]
    return sorted(rows, key=lambda row: row.enquiry.asked, reverse=True)


def profile_values(view: View, lang: Language, agency: str, edit: str) -> dict[str, Any]:
    """Everything the template `profile.html` needs."""
    entry = view.dataset.agencies[agency]
    groups = _evidence_groups(view, lang, agency)
    items = [item for group in groups for item in group.list]
    places = [_standing(view, lang, agency, d.id) for d in view.methodology.dimensions]
    chart = scores(view, lang, agency)
    away = other(lang.code)
    second = getattr(entry.profile.name, away) if lang.has(entry.profile.name) else None
    overall = _standing(view, lang, agency, view.methodology.id)
    names = (lang.pick(entry.profile.name), view.term(lang, "countries", entry.profile.country))
    return {
        "profile": entry.profile,
        "description": f"{names[0]} – {names[1]}. {phrases.dimension(view, lang, agency, view.lead)}",
        "other_name": (away, "rtl" if away == "ar" else "ltr", second) if second else None,
        "places": [p for p in places if p.place],
        "overall": overall,
        "items": items,
        "newest": max((item.speaks_of for item in items if item.dated), default=None),
        "reasons": [] if overall.place else phrases.reasons(view, lang, agency),
        "chart": frame(replace(chart, embed=stands_for(view, agency)), lang, "../../") if chart.grid.rows else "",
        "explanations": [explained(view, lang, agency, node) for node in leagues_of(view, agency)],
        "trial": lambda agency, why: json_for_html(trial(view, agency, why.node, [r.indicator for r in why.steps])),
        "verdict": verdict(view, lang, agency),
        "dimensions": [_dimension(view, lang, agency, d) for d in view.methodology.dimensions],
        "evidence_groups": groups,
        "enquiries": _enquiries(view, agency),
        "replies": replies(view, agency),
        "stages": stages(view, agency),
        "history": of_agency(view, lang, agency),
        "corrections": corrections.of_agency(view, lang, agency),
        "window": view.methodology.enquiries.window_hours,
        "edit_url": f"{edit}/{entry.path}/evidence.yml",
        "add": f"agency={entry.path.removeprefix('agencies/')}",
        "enquire": f"agency={entry.path.removeprefix('agencies/')}" + ("&exists=1" if entry.enquiries else ""),
        "profile_url": f"{edit}/{entry.path}/profile.yml",
    }
