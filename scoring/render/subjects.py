"""Pages about what is asked: dimensions, indicators, seed questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import SimpleNamespace as Row
from typing import Any

from markupsafe import Markup

from scoring.model import Branch, Profile
from scoring.render import figures, phrases
from scoring.render.charts import figure
from scoring.render.language import Language
from scoring.render.many import LONG, MOST_LISTED
from scoring.render.page import Page, fill, options
from scoring.render.paging import root, sheets, titled
from scoring.render.view import View


def _questions_of(view: View, answers: Sequence[str]) -> list[Any]:
    return [q for q in view.methodology.questions if q.id in answers]


def indicator(view: View, lang: Language, id: str) -> Iterator[Page]:
    """What an indicator asks and why, and all agencies observed in it, ranked; on further pages, the rest of them."""
    it = view.indicators[id]
    places = view.indicator_places(id)
    rows = []
    for a, place in places.items():
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
    seen = list(places)
    title, above = lang.pick(it.name), view.dimension_of[id]
    trail = ((lang.t("dimensions"), "dimensions/"), (lang.pick(above.name), f"dimensions/{above.id}/"))
    for sheet, some in sheets(rows, lang, LONG):
        first = sheet.number == 1
        body = fill(
            "indicator",
            view,
            lang,
            root(sheet, 2),
            indicator=it,
            dimension=above,
            questions=_questions_of(view, it.answers),
            codes=[c for c in view.methodology.codes if any(f.indicator == id for f in c.feeds)],
            rows=some,
            page=sheet,
            sentence=phrases.observed(view, lang, "indicator_sentence", id, seen),
            chart=figure(figures.distribution(view, lang, id, seen), lang, "../../") if some and first else "",
            options=options(view, lang, [r.profile for r in some]),
        )
        yield Page(
            f"indicators/{id}/{sheet.path}",
            titled(lang, title, sheet),
            lang.pick(it.question),
            body,
            trail if first else (*trail, (title, f"indicators/{id}/")),
            chart=f"distribution/{id}" if view.observed_count(id) else "",
            subject=("indicator", id),
        )


def dimension(view: View, lang: Language, branch: Branch) -> Iterator[Page]:
    """What a dimension asks and why, its indicators, and all agencies observed in it; on further pages, the rest."""
    seen = [a for a in view.dataset.agencies if view.node(a, branch.id).score is not None]
    rows = [
        Row(profile=view.profile(a), node=view.node(a, branch.id), place=view.place(a, branch.id))
        for a in view.ordered(seen, branch.id)
    ]
    title, trail = lang.pick(branch.name), ((lang.t("dimensions"), "dimensions/"),)
    for sheet, some in sheets(rows, lang, LONG):
        first = sheet.number == 1
        body = fill(
            "dimension",
            view,
            lang,
            root(sheet, 2),
            dimension=branch,
            questions=_questions_of(view, branch.answers),
            rows=[Row(indicator=i, observed=view.observed_count(i.id)) for i in view.leaves[branch.id]],
            observed=some,
            page=sheet,
            sentence=phrases.observed(view, lang, "indicator_sentence", branch.id, seen),
            chart=figure(figures.distribution(view, lang, branch.id, seen), lang, "../../") if some and first else "",
            options=options(view, lang, [r.profile for r in some]),
        )
        yield Page(
            f"dimensions/{branch.id}/{sheet.path}",
            titled(lang, title, sheet),
            lang.pick(branch.why),
            body,
            trail if first else (*trail, (title, f"dimensions/{branch.id}/")),
            chart=f"distribution/{branch.id}" if seen else "",
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
    most = MOST_LISTED if len(known) > LONG else len(known)
    groups = [
        Row(code=code, of=len(of[code.id]), list=of[code.id][:most]) for code in view.methodology.codes if code.id in of
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
