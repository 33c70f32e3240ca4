"""Past days that are kept in view: who stood where in each edition."""

from __future__ import annotations

from types import SimpleNamespace as Row

from markupsafe import Markup

from scoring.render.language import Language
from scoring.render.page import fill
from scoring.render.view import NodeScore, Place, View


def editions(view: View, lang: Language) -> Markup:
    """The leading league of every edition side by side, in the order of the newest."""
    shown = [Row(edition=edition, view=past) for edition, past in view.editions if past.as_of <= view.as_of]
    if not shown:
        return Markup("<p>{}</p>").format(lang.t("no_editions"))
    lead = shown[-1].view.lead
    agencies = list(dict.fromkeys(a for row in reversed(shown) for a in row.view.ordered(row.view.places[lead], lead)))
    rows = [Row(profile=view.profile(a), cells=[_cell(row.view, a, lead) for row in shown]) for a in agencies]
    return fill("editions", view, lang, "../", editions=shown, rows=rows, lead=lead)


def of_agency(view: View, agency: str) -> list[Row]:
    """An agency's score and position in each edition, in the league that leads."""
    found = [(edition, past) for edition, past in view.editions if past.as_of <= view.as_of]
    return [Row(edition=edition, **vars(_cell(past, agency, view.lead))) for edition, past in found]


def _cell(view: View, agency: str, node: str) -> Row:
    place: Place | None = view.place(agency, node)
    score: NodeScore | None = view.node(agency, node) if agency in view.dataset.agencies else None
    return Row(place=place, node=score if place else None)
