"""Pages about what is asked: dimensions, indicators, seed questions."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace as Row
from typing import Any

from markupsafe import Markup

from scoring.model import Branch, Profile
from scoring.render import figures, phrases
from scoring.render.charts import figure
from scoring.render.language import Language
from scoring.render.many import first
from scoring.render.page import Page, fill, options
from scoring.render.view import View


def _questions_of(view: View, answers: Sequence[str]) -> list[Any]:
    return [q for q in view.methodology.questions if q.id in answers]


def indicator(view: View, lang: Language, id: str) -> Page:
    """What an indicator asks and why, and the agencies observed in it, ranked."""
    it = view.indicators[id]
    places = view.indicator_places(id)
    seen, rows = list(places), []
    for a in first(view, seen):
        place = places[a]
        o = view.observations[a, id]
        rows.append(
            Row(
                profile=view.profile(a),
                place=place,
                node=view.node(a, id),
                value=phrases.raw_value(view, lang, it, o.value, o.low, o.high),
                sort=o.value,
                state=o.state,
                speaks_of=o.speaks_of,
                age=o.age_months,
                used=o.used,
                dated=any(item in view.dated for item in o.used),
            )
        )
    above = view.dimension_of[id]
    body = fill(
        "indicator",
        view,
        lang,
        "../../",
        indicator=it,
        dimension=above,
        questions=_questions_of(view, it.answers),
        codes=[c for c in view.methodology.codes if any(f.indicator == id for f in c.feeds)],
        rows=rows,
        of=len(seen),
        sentence=phrases.observed(view, lang, "indicator_sentence", id, seen),
        chart=figure(figures.distribution(view, lang, id, seen), lang, "../../") if rows else "",
        options=options(view, lang, [r.profile for r in rows]),
    )
    trail = ((lang.t("dimensions"), "dimensions/"), (lang.pick(above.name), f"dimensions/{above.id}/"))
    chart = f"distribution/{id}" if view.observed_count(id) else ""
    return Page(
        f"indicators/{id}/",
        lang.pick(it.name),
        lang.pick(it.question),
        body,
        trail,
        chart=chart,
        subject=("indicator", id),
    )


def dimension(view: View, lang: Language, branch: Branch) -> Page:
    """What a dimension asks and why, its indicators, and the agencies observed in it."""
    seen = [a for a in view.dataset.agencies if view.node(a, branch.id).score is not None]
    rows = [
        Row(profile=view.profile(a), node=view.node(a, branch.id), place=view.place(a, branch.id))
        for a in first(view, list(view.ordered(seen, branch.id)))
    ]
    body = fill(
        "dimension",
        view,
        lang,
        "../../",
        dimension=branch,
        questions=_questions_of(view, branch.answers),
        rows=[Row(indicator=i, observed=view.observed_count(i.id)) for i in view.leaves[branch.id]],
        observed=rows,
        of=len(seen),
        sentence=phrases.observed(view, lang, "indicator_sentence", branch.id, seen),
        chart=figure(figures.distribution(view, lang, branch.id, seen), lang, "../../") if seen else "",
        options=options(view, lang, [r.profile for r in rows]),
    )
    trail = ((lang.t("dimensions"), "dimensions/"),)
    chart = f"distribution/{branch.id}" if seen else ""
    return Page(
        f"dimensions/{branch.id}/",
        lang.pick(branch.name),
        lang.pick(branch.why),
        body,
        trail,
        chart=chart,
        subject=("dimension", branch.id),
    )


def dimensions(view: View, lang: Language) -> Markup:
    return fill("dimensions", view, lang, "../", readiness=figure(figures.readiness(view, lang), lang, "../"))


def bearing(view: View, question: str) -> list[tuple[Profile, Any]]:
    """Evidence on a seed question: by its code, or by an indicator it feeds."""
    codes = {
        c.id
        for c in view.methodology.codes
        if c.question == question or any(question in view.indicators[f.indicator].answers for f in c.feeds)
    }
    return [(profile, item) for profile, item in view.items if item.code in codes]


def _asked(view: View, question: str) -> list[Any]:
    return [i for i in view.indicators.values() if question in i.answers]


def questions(view: View, lang: Language) -> Markup:
    """The twelve seed questions, each with how much evidence bears on it."""
    rows = []
    for q in view.methodology.questions:
        items = [(p.id, item) for p, item in bearing(view, q.id)]
        rows.append(Row(question=q, indicators=_asked(view, q.id), sentence=phrases.question(view, lang, items)))
    return fill("questions", view, lang, "../", rows=rows)


def question(view: View, lang: Language, id: str) -> Page:
    """From a question to its indicators and to every finding that bears on it."""
    q = next(q for q in view.methodology.questions if q.id == id)
    known = bearing(view, id)
    of: dict[str, list[tuple[Profile, Any]]] = {}
    for p, item in known:
        of.setdefault(item.code, []).append((p, item))
    groups = [
        Row(code=code, of=len(of[code.id]), list=first(view, of[code.id]))
        for code in view.methodology.codes
        if code.id in of
    ]
    sentence = phrases.question(view, lang, [(p.id, item) for p, item in known])
    body = fill(
        "question",
        view,
        lang,
        "../../",
        question=q,
        indicators=_asked(view, id),
        groups=groups,
        sentence=sentence,
        chart="",
    )
    trail = ((lang.t("questions"), "questions/"),)
    return Page(f"questions/{id}/", lang.pick(q.name), lang.pick(q.text), body, trail, subject=("question", id))
