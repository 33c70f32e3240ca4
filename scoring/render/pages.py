"""Every generated page and fragment, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from markupsafe import Markup

from scoring.render.answers import replies_page
from scoring.render.api import fields
from scoring.render.coding import codebook, precoder
from scoring.render.editions import edition_pages, editions
from scoring.render.exhibits import exhibit_pages, exhibits
from scoring.render.explore import explore
from scoring.render.finding import search_page
from scoring.render.finding_form import finding_form
from scoring.render.first import first
from scoring.render.forms import enquiry_form
from scoring.render.frame import standing
from scoring.render.groups import group_pages
from scoring.render.language import Language
from scoring.render.leagues import agencies, agency_pages, home, league, rankings
from scoring.render.own import own_page
from scoring.render.page import Page, fill, templates
from scoring.render.profile import profile_values
from scoring.render.register import evidence, evidence_country
from scoring.render.side_by_side import compare_page
from scoring.render.soundness import health, sensitivity
from scoring.render.speed import arithmetic, speed
from scoring.render.subjects import dimension, dimensions, indicator, question, questions
from scoring.render.view import View
from scoring.speed import measured


def agency(view: View, lang: Language, id: str, edit: str) -> Page:
    """One agency's profile."""
    values = profile_values(view, lang, id, edit)
    name = lang.pick(view.profile(id).name)
    body = fill("profile", view, lang, "../../", **values)
    group = view.group_id(id)
    within = ((view.group_name(lang, id), f"groups/{group}/"),) if group else ()
    trail = ((lang.t("agencies"), "agencies/"), *within)
    return Page(
        f"agencies/{id}/",
        name,
        values["description"],
        body,
        trail,
        view.profile(id),
        f"card/{id}",
        subject=("agency", id),
    )


def fragments(view: View, lang: Language, edit: str) -> dict[str, Markup]:
    """What the hand-written pages leave a place for, by the name of the place. `edit` is the repository's address for
    editing a data file."""
    method: Any = templates(lang).get_template("method.html").make_module({"view": view, "lang": lang, "root": "../"})
    makers: dict[str, Callable[[View, Language], Markup]] = {
        "home": home,
        "rankings": rankings,
        "agencies": agencies,
        "questions": questions,
        "evidence": evidence,
        "dimensions": dimensions,
        "sensitivity": sensitivity,
        "health": health,
        "replies": replies_page,
        "codebook": codebook,
        "precoder": precoder,
        "editions": editions,
        "exhibits": exhibits,
        "own": own_page,
        "compare": compare_page,
        "explore": explore,
        "search": search_page,
        "fields": fields,
    }
    made = {name: make(view, lang) for name, make in makers.items()}
    made |= {"enquiryform": enquiry_form(view, lang, edit), "first": first(view, lang, edit)}
    made["findingform"] = finding_form(view, lang, edit)
    found = measured()
    made |= {"speed": speed(view, lang, found), "scale": arithmetic(view, lang, found)}
    for name in ("weights", "codes", "strengths", "thresholds"):
        made[name] = Markup(getattr(method, name)())
    scored = sum(view.use(item.id) == "scored" for _, item in view.items)
    figures_text = lang.t(
        "figures",
        agencies=len(view.dataset.agencies),
        countries=len({p.country for p, _ in view.items}),
        items=len(view.items),
        scored=scored,
        date=lang.date(view.as_of),
    )
    made["standing"] = standing(view, lang)
    return made | {"figures": Markup("<p>{}</p>").format(figures_text)}


def pages(view: View, lang: Language, edit: str) -> Iterator[Page]:
    """Every page poured into a shell. `edit` is the repository's address for editing a file."""
    yield from common_pages(view, lang)
    for id in view.dataset.agencies:
        yield agency(view, lang, id, edit)


def common_pages(view: View, lang: Language) -> Iterator[Page]:
    """Every such page that is about more than one agency."""
    for d in view.methodology.dimensions:
        yield dimension(view, lang, d)
        yield from league(view, lang, d.id)
    yield from league(view, lang, view.methodology.id)
    for id in view.indicators:
        yield indicator(view, lang, id)
    for q in view.methodology.questions:
        yield question(view, lang, q.id)
    for country in sorted({p.country for p, _ in view.items}):
        yield from evidence_country(view, lang, country)
    yield from exhibit_pages(view, lang)
    yield from edition_pages(view, lang)
    yield from group_pages(view, lang)
    yield from agency_pages(view, lang)
